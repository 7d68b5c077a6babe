"""The audit log: who did or saw what; and whether the log is whole."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from diagnose.access import Capability
from diagnose.records import note
from diagnose.records.chain import check_chain
from diagnose.web.access import actor, me, needs
from diagnose.web.administration.actions import GROUPS, action_name
from diagnose.web.administration.blueprint import blueprint
from diagnose.web.administration.entries import entries_found
from diagnose.web.database import records

FILTERS = ("action", "who", "firm", "since", "until")


@blueprint.get("/log")
@needs(Capability.LOG)
def log() -> ResponseReturnValue:
    """The log, latest first; an officer sees what concerns the own district, and themselves."""
    return render_template(
        "administration/log.html",
        list=entries_found(records(), me(), request.args),
        groups=GROUPS,
        action_name=action_name,
        wanted={name: request.args.get(name, "") for name in FILTERS},
    )


@blueprint.post("/log/check")
@needs(Capability.LOG)
def check_log() -> ResponseReturnValue:
    """Follow the seals of the whole log, and say from which row on it does not hold."""
    with Session(current_app.extensions["database"]) as session:
        chain = check_chain(session)
    note(records(), actor(), "log.check", rows=chain.rows, whole=chain.whole)
    records().commit()
    return render_template("administration/chain.html", chain=chain)
