"""The worklist and the moves of each diagnosis."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.worklist.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.WORK)
def show() -> ResponseReturnValue:
    """What has to be done next, by diagnosis."""
    return render_template("worklist/list.html")


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def diagnosis(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis: how it stands and where to go from here."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("worklist/diagnosis.html", diagnosis=found)


@blueprint.post("/<int:diagnosis_id>/moves")
@needs(Capability.WORK)
def move(diagnosis_id: int) -> ResponseReturnValue:
    """Make a move."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("worklist/diagnosis.html", diagnosis=found)


@blueprint.route("/<int:diagnosis_id>/confidentiality", methods=["GET", "POST"])
@needs(Capability.WORK)
def confidentiality(diagnosis_id: int) -> ResponseReturnValue:
    """The promise of confidentiality."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("worklist/confidentiality.html", diagnosis=found)
