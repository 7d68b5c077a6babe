"""A consultant's worklist, and the moves of each diagnosis."""

import diagnose.web.worklist.views  # noqa: F401  # registers its pages
from diagnose.web.worklist.blueprint import blueprint

__all__ = ["blueprint"]
