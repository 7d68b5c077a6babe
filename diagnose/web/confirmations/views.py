"""The firm's side of issued reports: reading, answering item by item, confirming."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.confirmations.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.CONFIRM)
def index() -> str:
    """The reports of the firm's diagnoses."""
    return render_template("confirmations/index.html")


@blueprint.get("/<int:report_id>")
@needs(Capability.CONFIRM)
def read(report_id: int) -> str:  # noqa: ARG001
    """One report, as issued."""
    return render_template("confirmations/index.html")


@blueprint.get("/<int:report_id>/<edition>")
@needs(Capability.CONFIRM)
def file(report_id: int, edition: str) -> str:  # noqa: ARG001
    """One edition of a report as a file."""
    return render_template("confirmations/index.html")


@blueprint.route("/<int:report_id>/items", methods=["GET", "POST"])
@needs(Capability.CONFIRM)
def items(report_id: int) -> str:  # noqa: ARG001
    """What the report says, item by item."""
    return render_template("confirmations/index.html")


@blueprint.route("/<int:report_id>/confirm", methods=["GET", "POST"])
@needs(Capability.CONFIRM)
def confirm(report_id: int) -> str:  # noqa: ARG001
    """The head of the firm signs."""
    return render_template("confirmations/index.html")
