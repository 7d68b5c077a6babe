"""Accounts, providers and the audit log, for those who look after them."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.administration.blueprint import blueprint


@blueprint.get("/accounts")
@needs(Capability.MANAGE)
def accounts() -> ResponseReturnValue:
    """All accounts."""
    return redirect(url_for("accounts.profile"))


@blueprint.get("/providers")
@needs(Capability.MANAGE)
def providers() -> ResponseReturnValue:
    """All providers."""
    return redirect(url_for("accounts.profile"))


@blueprint.get("/log")
@needs(Capability.LOG)
def log() -> ResponseReturnValue:
    """The audit log."""
    return redirect(url_for("accounts.profile"))
