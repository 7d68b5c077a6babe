"""Bulletins and published statistics."""

import diagnose.web.bulletins.statistics
import diagnose.web.bulletins.views  # noqa: F401  # registers its pages
from diagnose.web.bulletins.blueprint import blueprint

__all__ = ["blueprint"]
