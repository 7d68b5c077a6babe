"""A consultant's worklist, and each diagnosis on it with its moves."""

import diagnose.web.worklist.objections
import diagnose.web.worklist.promise
import diagnose.web.worklist.views  # noqa: F401  # registers its pages
from diagnose.web.worklist.blueprint import blueprint

__all__ = ["blueprint"]
