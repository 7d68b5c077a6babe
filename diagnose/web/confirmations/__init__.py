"""A firm reads its report and confirms or objects, item by item."""

import diagnose.web.confirmations.rating
import diagnose.web.confirmations.views  # noqa: F401  # registers its pages
from diagnose.web.confirmations.blueprint import blueprint

__all__ = ["blueprint"]
