"""Roster files brought in: looked at, taken over, undone."""

import diagnose.web.imports.steps
import diagnose.web.imports.views  # noqa: F401  # each registers its pages
from diagnose.web.imports.blueprint import blueprint

__all__ = ["blueprint"]
