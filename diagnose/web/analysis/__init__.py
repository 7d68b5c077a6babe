"""Levels, groups, weak scenes, providers and streets, side by side."""

import diagnose.web.analysis.views  # noqa: F401  # registers its pages
from diagnose.web.analysis.blueprint import blueprint

__all__ = ["blueprint"]
