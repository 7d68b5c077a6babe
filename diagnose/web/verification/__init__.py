"""Self and verified answers side by side."""

import diagnose.web.verification.views  # noqa: F401  # registers its pages
from diagnose.web.verification.blueprint import blueprint

__all__ = ["blueprint"]
