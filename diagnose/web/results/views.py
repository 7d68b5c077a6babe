"""The result of one firm: on a page, as the full report, and re-planned for other budgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.records import Assessment, Basis, Firm, Report, Status
from diagnose.reporting import dossier_of
from diagnose.web.access import find, me, needs
from diagnose.web.confirmations.sent_reports import Sent, sent_reports
from diagnose.web.database import records
from diagnose.web.errors import not_submitted
from diagnose.web.judging import level_name, points, standard
from diagnose.web.languages import language, told
from diagnose.web.limits import limiter
from diagnose.web.results import operations
from diagnose.web.results.blueprint import blueprint
from diagnose.web.results.charting import peers_data, radar_data
from diagnose.web.results.planning import MOST_BUDGET, Own, Replan
from diagnose.web.results.planning import replan as plan_anew
from diagnose.web.results.pool import Pool, find_pool
from questionnaires.clock import today
from questionnaires.text import LANGUAGES
from reports.dossier import Dossier
from reports.html import fragment
from reports.html.charts import draw
from reports.html.words import Words
from reports.pdf import render
from reports.phrases import Phrasebook

PLANS = "60 per minute"


@dataclass(frozen=True)
class Outcome:
    """A submitted assessment with the sheets it may be judged by, and the one chosen."""

    assessment: Assessment
    firm: Firm
    sheets: dict[Basis, Own]
    basis: Basis
    sent: Sent | None

    @property
    def own(self) -> Own:
        """The sheet that is judged."""
        return self.sheets[self.basis]

    @property
    def issued(self) -> Report | None:
        """The report that tells the verified answers; a sheet judged by itself has none."""
        return self.sent.report if self.sent and self.basis == Basis.VERIFIED else None

    def dossier(self, pool: Pool) -> Dossier:
        """What is told of it; of verified answers with the visit and the consultants' plan."""
        if self.sent is not None and self.basis == Basis.VERIFIED:
            return dossier_of(records(), self.sent.diagnosis, _report_date(), pool)
        return operations.tell(self.own, pool, self.firm, _report_date())


@blueprint.get("/")
@needs(Capability.RESULT)
def latest() -> ResponseReturnValue:
    """The result of the sheet the firm submitted last."""
    found = operations.last_submitted(records(), me().firm_id or 0)
    if found is None:
        return render_template("results/none.html")
    return redirect(url_for(".show", assessment_id=found.id))


@blueprint.get("/<int:assessment_id>")
@needs(Capability.RESULT)
def show(assessment_id: int) -> str:
    """The result on a page; without scripts also re-planned here."""
    outcome = _outcome(assessment_id)
    pool = find_pool(records(), fictional=outcome.firm.fictional)
    dossier = outcome.dossier(pool)
    return render_template(
        "results/result.html",
        outcome=outcome,
        assessment=outcome.assessment,
        firm=outcome.firm,
        marks=operations.marks(outcome.sheets),
        then=operations.judged_then(records(), outcome.assessment, outcome.basis),
        version=standard().version,
        pool=pool,
        dossier=dossier,
        charts=draw(dossier, Words(language())),
        radar_data=radar_data(dossier.result, language()),
        peers_data=peers_data(dossier.peers, language()),
        plan=plan_anew(outcome.own, _budget()),
        heading=Phrasebook("headings"),
    )


@blueprint.get("/<int:assessment_id>/report")
@needs(Capability.RESULT)
def read(assessment_id: int) -> ResponseReturnValue:
    """The full report as a page; verified answers are told by the report as it was issued."""
    outcome = _outcome(assessment_id)
    if outcome.issued:
        return redirect(url_for("confirmations.read", report_id=outcome.issued.id))
    pool = find_pool(records(), fictional=outcome.firm.fictional)
    report = fragment(outcome.dossier(pool), language())
    return render_template("results/report.html", outcome=outcome, report=report)


@blueprint.get("/<int:assessment_id>/plan")
@needs(Capability.RESULT)
@limiter.limit(PLANS)
def replan(assessment_id: int) -> ResponseReturnValue:
    """The roadmap for another budget, as figures and as the part of the page that shows them."""
    outcome = _outcome(assessment_id)
    plan = plan_anew(outcome.own, _budget())
    return {
        "budget": plan.budget,
        "score_after": plan.score_after,
        "level_after": plan.level_after,
        "cost": plan.cost,
        "left": plan.left,
        "projects": plan.count,
        "said": _said(plan),
        "html": render_template("results/budget_plan.html", plan=plan),
    }


@blueprint.get("/<int:assessment_id>/<any(zh, en):edition>.pdf")
@needs(Capability.RESULT)
def download(assessment_id: int, edition: str) -> ResponseReturnValue:
    """The full report as PDF, in Chinese or English; of verified answers the one issued."""
    outcome = _outcome(assessment_id)
    if outcome.issued and f"{edition}.pdf" in outcome.issued.files:
        return redirect(
            url_for("confirmations.file", report_id=outcome.issued.id, edition=f"{edition}.pdf")
        )
    wanted = next(known for known in LANGUAGES if known == edition)
    pool = find_pool(records(), fictional=outcome.firm.fictional)
    response = Response(render(outcome.dossier(pool), wanted), mimetype="application/pdf")
    name = f"{outcome.firm.uscc}-{edition}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _outcome(assessment_id: int) -> Outcome:
    """A submitted assessment; judged as verified once the report on it has reached the firm."""
    session = records()
    assessment = find(Assessment, assessment_id)
    if assessment.status != Status.SUBMITTED:
        raise not_submitted(assessment_id)
    firm = session.get_one(Firm, assessment.firm_id)
    sent = next(
        (
            held
            for held in sent_reports(session, assessment.firm_id)
            if held.diagnosis.assessment_id == assessment_id
        ),
        None,
    )
    bases = [Basis.SELF]
    if sent is not None and sent.standing and operations.is_verified(session, assessment):
        bases.append(Basis.VERIFIED)
    sheets = {basis: operations.own_sheet(session, assessment, firm, basis) for basis in bases}
    asked = request.args.get("basis", "")
    basis = Basis.SELF if asked == Basis.SELF else bases[-1]
    return Outcome(assessment, firm, sheets, basis, sent)


def _budget() -> float | None:
    """The budget asked for, 万元 a year; None where none was, or what was typed is no amount."""
    try:
        asked = float(request.args.get("budget", "").replace("，", "").replace(",", ""))
    except ValueError:
        return None
    # NaN is in no interval either
    return round(min(asked, MOST_BUDGET), 1) if asked >= 0 else None


def _said(plan: Replan) -> str:
    """The plan in a sentence, for who cannot see it change."""
    said: str = _(
        "With %(budget)s × CNY 10,000 a year: %(count)s projects, %(score)s points, %(level)s.",
        budget=f"{plan.budget:g}",
        count=plan.count,
        score=points(plan.score_after),
        level=told(level_name(plan.level_after)),
    )
    return said


def _report_date() -> date:
    """The day asked for in the address, otherwise today in China."""
    try:
        return date.fromisoformat(request.args.get("date", ""))
    except ValueError:
        return today()
