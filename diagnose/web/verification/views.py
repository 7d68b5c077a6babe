"""The firm's answers beside what was found true."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.verification.blueprint import blueprint


@blueprint.route("/<int:diagnosis_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def sheet(diagnosis_id: int) -> ResponseReturnValue:
    """Self and verified side by side."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("verification/sheet.html", diagnosis=found)


@blueprint.post("/<int:diagnosis_id>/sections/<section_id>")
@needs(Capability.WORK)
def verify(diagnosis_id: int, section_id: str) -> ResponseReturnValue:
    """Keep what was found true in one section."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("verification/sheet.html", diagnosis=found)
