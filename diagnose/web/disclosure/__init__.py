"""Who looked at a firm's data, and what the firm agreed to."""

import diagnose.web.disclosure.views  # noqa: F401  # registers its pages
from diagnose.web.disclosure.blueprint import blueprint

__all__ = ["blueprint"]
