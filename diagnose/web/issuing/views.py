"""The report as it will print, the internal check, the sending."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Diagnosis
from diagnose.web.access import find, needs
from diagnose.web.issuing.blueprint import blueprint


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def preview(diagnosis_id: int) -> ResponseReturnValue:
    """What the report holds so far."""
    return _page(diagnosis_id)


@blueprint.get("/<int:diagnosis_id>/check")
@needs(Capability.CHECK)
def check(diagnosis_id: int) -> ResponseReturnValue:
    """The internal check by a colleague."""
    return _page(diagnosis_id)


@blueprint.get("/<int:diagnosis_id>/defects")
@needs(Capability.WORK)
def defects(diagnosis_id: int) -> ResponseReturnValue:
    """The defects a reviewer listed, to be answered one by one."""
    return _page(diagnosis_id)


def _page(diagnosis_id: int) -> str:
    return render_template("issuing/preview.html", diagnosis=find(Diagnosis, diagnosis_id))
