"""What is wrong in a firm."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.findings.blueprint import blueprint


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def index(diagnosis_id: int) -> ResponseReturnValue:
    """The findings in their order."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("findings/index.html", diagnosis=found)


@blueprint.route("/<int:diagnosis_id>/new", methods=["GET", "POST"])
@needs(Capability.WORK)
def add(diagnosis_id: int) -> ResponseReturnValue:
    """Write a finding."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("findings/edit.html", diagnosis=found)


@blueprint.route("/<int:diagnosis_id>/<int:finding_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int, finding_id: int) -> ResponseReturnValue:
    """Change a finding."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("findings/edit.html", diagnosis=found)


@blueprint.route("/<int:diagnosis_id>/<int:finding_id>/remove", methods=["GET", "POST"])
@needs(Capability.WORK)
def remove(diagnosis_id: int, finding_id: int) -> ResponseReturnValue:
    """Take a finding back."""
    found = find(Diagnosis, diagnosis_id)
    return render_template("findings/edit.html", diagnosis=found)
