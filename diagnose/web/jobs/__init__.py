"""Long work beside the pages: how far it is, and its result."""

import diagnose.web.jobs.views  # noqa: F401  # registers its pages
from diagnose.web.jobs.blueprint import blueprint

__all__ = ["blueprint"]
