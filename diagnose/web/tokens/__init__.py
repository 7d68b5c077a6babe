"""Tokens for other systems, and what those can do with them."""

import diagnose.web.tokens.views  # noqa: F401  # registers its pages
from diagnose.web.tokens.blueprint import blueprint

__all__ = ["blueprint"]
