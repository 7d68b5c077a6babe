"""The start page: what this is, and where to go on."""

import diagnose.web.start.views  # noqa: F401  # registers its pages
from diagnose.web.start.blueprint import blueprint

__all__ = ["blueprint"]
