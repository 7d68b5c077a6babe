"""The project plan as the consultant makes it."""

import diagnose.web.projects.views  # noqa: F401  # registers its pages
from diagnose.web.projects.blueprint import blueprint

__all__ = ["blueprint"]
