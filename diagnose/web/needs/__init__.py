"""Retrofit needs as the bureau sees them: matched, summed, closed."""

import diagnose.web.needs.need_pages
import diagnose.web.needs.views  # noqa: F401  # registers its pages
from diagnose.web.needs.blueprint import blueprint

__all__ = ["blueprint"]
