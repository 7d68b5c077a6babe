"""Tasks of a plan, their lights and follow-up letters."""

import diagnose.web.tasks.views  # noqa: F401  # registers its pages
from diagnose.web.tasks.blueprint import blueprint

__all__ = ["blueprint"]
