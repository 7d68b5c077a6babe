"""The project plan of a diagnosis, as the consultants make it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.projects.blueprint import blueprint


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def index(diagnosis_id: int) -> ResponseReturnValue:
    """The plan, year by year."""
    diagnosis = find(Diagnosis, diagnosis_id)
    return render_template("projects/index.html", diagnosis=diagnosis)


@blueprint.route("/<int:diagnosis_id>/new", methods=["GET", "POST"])
@needs(Capability.WORK)
def add(diagnosis_id: int) -> ResponseReturnValue:
    """Add a project."""
    find(Diagnosis, diagnosis_id)
    return redirect(url_for(".index", diagnosis_id=diagnosis_id))


@blueprint.route("/<int:diagnosis_id>/<int:project_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int, project_id: int) -> ResponseReturnValue:  # noqa: ARG001
    """Change a project."""
    find(Diagnosis, diagnosis_id)
    return redirect(url_for(".index", diagnosis_id=diagnosis_id))
