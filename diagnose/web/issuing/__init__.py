"""The report as it will print, the internal check, the sending."""

import diagnose.web.issuing.views  # noqa: F401  # registers its pages
from diagnose.web.issuing.blueprint import blueprint

__all__ = ["blueprint"]
