"""Who looked at a firm's data, and what the firm agreed to."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.disclosure.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.OWN_LOG)
def show() -> str:
    """The looks of others at the firm's data, and its consents."""
    return render_template("disclosure/show.html")


@blueprint.post("/consent")
@needs(Capability.OWN_LOG)
def consent() -> str:
    """Give or withdraw a consent."""
    return render_template("disclosure/show.html")
