"""The bureau's pages on diagnoses."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.diagnoses.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.ASSIGN)
def browse() -> ResponseReturnValue:
    """All diagnoses of the district."""
    return render_template("diagnoses/browse.html")


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.ASSIGN)
def show(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/assign")
@needs(Capability.ASSIGN)
def assign(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/reviewer")
@needs(Capability.ACCEPT)
def reviewer(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/accept")
@needs(Capability.ACCEPT)
def accept(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/return")
@needs(Capability.ACCEPT)
def return_(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/exempt")
@needs(Capability.ACCEPT)
def exempt(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.get("/<int:diagnosis_id>/report")
@needs(Capability.SHORT_REPORT)
def short(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis."""
    return render_template("diagnoses/show.html", diagnosis=find(Diagnosis, diagnosis_id))


@blueprint.post("/assign")
@needs(Capability.ASSIGN)
def assign_many() -> ResponseReturnValue:
    """All diagnoses of the district."""
    return render_template("diagnoses/browse.html")


@blueprint.get("/rule")
@needs(Capability.ASSIGN)
def rule() -> ResponseReturnValue:
    """All diagnoses of the district."""
    return render_template("diagnoses/browse.html")


@blueprint.get("/reminders")
@needs(Capability.ASSIGN)
def reminders() -> ResponseReturnValue:
    """All diagnoses of the district."""
    return render_template("diagnoses/browse.html")
