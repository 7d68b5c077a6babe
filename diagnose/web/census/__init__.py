"""The census of retrofit needs, filled in by a firm."""

import diagnose.web.census.need_pages
import diagnose.web.census.views  # noqa: F401  # registers its pages
from diagnose.web.census.blueprint import blueprint

__all__ = ["blueprint"]
