"""A firm's home: where things stand and what is next."""

import diagnose.web.firms.views  # noqa: F401  # registers its pages
from diagnose.web.firms.blueprint import blueprint

__all__ = ["blueprint"]
