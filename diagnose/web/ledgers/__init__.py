"""Ledgers as Excel files in a bureau's own columns."""

import diagnose.web.ledgers.views  # noqa: F401  # registers its pages
from diagnose.web.ledgers.blueprint import blueprint

__all__ = ["blueprint"]
