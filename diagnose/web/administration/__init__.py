"""Accounts, providers and the audit log, for those who look after them."""

import diagnose.web.administration.views  # noqa: F401  # registers its pages
from diagnose.web.administration.blueprint import blueprint

__all__ = ["blueprint"]
