"""Chain leaders and suppliers: what they agreed to share."""

import diagnose.web.chains.own
import diagnose.web.chains.views  # noqa: F401  # registers its pages
from diagnose.web.chains.blueprint import blueprint

__all__ = ["blueprint"]
