"""The visit: its agenda, its record, its signed paper."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.visits.blueprint import blueprint


@blueprint.route("/<int:diagnosis_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int) -> ResponseReturnValue:
    """Plan the visit and keep its record."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("visits/edit.html", diagnosis=found)


@blueprint.get("/<int:diagnosis_id>/record")
@needs(Capability.WORK)
def record(diagnosis_id: int) -> ResponseReturnValue:
    """The record as printable PDF."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("visits/edit.html", diagnosis=found)


@blueprint.route("/<int:diagnosis_id>/scan", methods=["GET", "POST"])
@needs(Capability.WORK)
def scan(diagnosis_id: int) -> ResponseReturnValue:
    """Take the signed paper."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("visits/edit.html", diagnosis=found)
