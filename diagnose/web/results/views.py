"""The result of one firm."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from diagnose.records import Assessment, Firm, Status
from diagnose.web.assessments.operations import find
from diagnose.web.database import records
from diagnose.web.results.blueprint import blueprint


@blueprint.get("/<int:assessment_id>")
def show(assessment_id: int) -> ResponseReturnValue:
    """The result on a page."""
    assessment, firm = _submitted(assessment_id)
    return render_template("results/result.html", assessment=assessment, firm=firm)


def _submitted(assessment_id: int) -> tuple[Assessment, Firm]:
    assessment, firm = find(records(), assessment_id)
    if assessment.status != Status.SUBMITTED:
        raise NotFound
    return assessment, firm
