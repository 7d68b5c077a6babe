"""The project plan of a firm: decisions and progress."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.plans.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.DECIDE)
def show() -> str:
    """The plan."""
    return render_template("plans/show.html")


@blueprint.route("/<int:project_id>/decision", methods=["GET", "POST"])
@needs(Capability.DECIDE)
def decide(project_id: int) -> str:  # noqa: ARG001
    """Adopt, postpone or reject."""
    return render_template("plans/show.html")


@blueprint.route("/<int:project_id>/progress", methods=["GET", "POST"])
@needs(Capability.DECIDE)
def progress(project_id: int) -> str:  # noqa: ARG001
    """How far a project is."""
    return render_template("plans/show.html")
