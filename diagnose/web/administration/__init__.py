"""Accounts, providers and the audit log, for those who look after them."""

from diagnose.web.administration import log, providers, views  # noqa: F401  # they register
from diagnose.web.administration.blueprint import blueprint

__all__ = ["blueprint"]
