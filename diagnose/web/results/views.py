"""The result of one firm: on a page, and as the full report."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.records import Assessment, Firm, Status
from diagnose.web.access import find, me, needs
from diagnose.web.database import records
from diagnose.web.errors import not_submitted
from diagnose.web.languages import language
from diagnose.web.results.blueprint import blueprint
from diagnose.web.results.charts import draw
from diagnose.web.results.operations import last_submitted, tell
from questionnaires.text import LANGUAGES
from reports.dossier import Dossier
from reports.pdf import render
from reports.phrases import Phrasebook

HERE = ZoneInfo("Asia/Shanghai")


@blueprint.get("/")
@needs(Capability.RESULT)
def latest() -> ResponseReturnValue:
    """The result of the sheet the firm submitted last."""
    found = last_submitted(records(), me().firm_id or 0)
    if found is None:
        return render_template("results/none.html")
    return redirect(url_for(".show", assessment_id=found.id))


@blueprint.get("/<int:assessment_id>")
@needs(Capability.RESULT)
def show(assessment_id: int) -> str:
    """The result on a page."""
    assessment, firm = _submitted(assessment_id)
    dossier = _tell(assessment, firm)
    return render_template(
        "results/result.html",
        assessment=assessment,
        firm=firm,
        dossier=dossier,
        charts=draw(dossier, language()),
        heading=Phrasebook("headings"),
    )


@blueprint.get("/<int:assessment_id>/report")
@needs(Capability.RESULT)
def read(assessment_id: int) -> str:
    """The full report as a page."""
    return show(assessment_id)


@blueprint.get("/<int:assessment_id>/plan")
@needs(Capability.RESULT)
def replan(assessment_id: int) -> ResponseReturnValue:
    """The roadmap for another budget."""
    _submitted(assessment_id)
    return {}


@blueprint.get("/<int:assessment_id>/<any(zh, en):edition>.pdf")
@needs(Capability.RESULT)
def download(assessment_id: int, edition: str) -> Response:
    """The full report as PDF, in Chinese or English."""
    assessment, firm = _submitted(assessment_id)
    wanted = next(known for known in LANGUAGES if known == edition)
    pdf = render(_tell(assessment, firm), wanted)
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{firm.uscc}-{edition}.pdf")
    return response


def _submitted(assessment_id: int) -> tuple[Assessment, Firm]:
    assessment = find(Assessment, assessment_id)
    firm = records().get_one(Firm, assessment.firm_id)
    if assessment.status != Status.SUBMITTED:
        raise not_submitted(assessment_id)
    return assessment, firm


def _tell(assessment: Assessment, firm: Firm) -> Dossier:
    return tell(records(), assessment, firm, _report_date())


def _report_date() -> date:
    """The day asked for in the address, otherwise today in China."""
    try:
        return date.fromisoformat(request.args.get("date", ""))
    except ValueError:
        return datetime.now(HERE).date()
