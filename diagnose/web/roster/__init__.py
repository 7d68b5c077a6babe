"""The bureau's roster: firms, codes to hand out."""

import diagnose.web.roster.views  # noqa: F401  # registers its pages
from diagnose.web.roster.blueprint import blueprint

__all__ = ["blueprint"]
