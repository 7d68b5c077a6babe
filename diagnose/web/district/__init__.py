"""The fictional district: its firms to browse."""

import diagnose.web.district.views  # noqa: F401  # registers its pages
from diagnose.web.district.blueprint import blueprint

__all__ = ["blueprint"]
