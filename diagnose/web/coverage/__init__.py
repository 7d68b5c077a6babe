"""How much of the roster is diagnosed, honestly counted."""

import diagnose.web.coverage.views  # noqa: F401  # registers its pages
from diagnose.web.coverage.blueprint import blueprint

__all__ = ["blueprint"]
