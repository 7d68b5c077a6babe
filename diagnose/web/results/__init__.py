"""The result of a submitted assessment, on a page and as PDF."""

import diagnose.web.results.views  # noqa: F401  # registers its pages
from diagnose.web.results.blueprint import blueprint

__all__ = ["blueprint"]
