"""The bureau's roster: firms, codes to hand out."""

import diagnose.web.roster.code_pages
import diagnose.web.roster.editing
import diagnose.web.roster.views  # noqa: F401  # each registers its pages
from diagnose.web.roster.blueprint import blueprint

__all__ = ["blueprint"]
