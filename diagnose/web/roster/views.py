"""The pages of the roster."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Firm
from diagnose.web.access import find, needs
from diagnose.web.roster.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.ROSTER)
def browse() -> ResponseReturnValue:
    """The firms of the district."""
    return render_template("roster/browse.html")


@blueprint.get("/<int:firm_id>")
@needs(Capability.ROSTER)
def firm(firm_id: int) -> ResponseReturnValue:
    """One firm's file."""
    return render_template("roster/firm.html", firm=find(Firm, firm_id))


@blueprint.post("/invite")
@needs(Capability.INVITE)
def invite() -> ResponseReturnValue:
    """Ask which codes to hand out."""
    return render_template("roster/browse.html")


@blueprint.post("/letters")
@needs(Capability.INVITE)
def letters() -> ResponseReturnValue:
    """Letters with codes, to print."""
    return render_template("roster/browse.html")


@blueprint.post("/codes")
@needs(Capability.INVITE)
def codes() -> ResponseReturnValue:
    """Codes as an Excel list."""
    return render_template("roster/browse.html")
