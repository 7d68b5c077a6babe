"""How much of the roster is diagnosed, honestly counted."""

import diagnose.web.coverage.indicating
import diagnose.web.coverage.listing
import diagnose.web.coverage.views  # noqa: F401  # each registers its pages
from diagnose.web.coverage.blueprint import blueprint

__all__ = ["blueprint"]
