"""The firm's objections, each with its answer."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import Session, col, select

from diagnose.access import Capability
from diagnose.planning.wording import worded
from diagnose.reading import judge, questionnaire
from diagnose.records import Diagnosis, Finding, Project, Remark, Report
from diagnose.web.access import me, needs, saw
from diagnose.web.assessments.fields import legibly
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.worklist.blueprint import blueprint
from diagnose.web.worklist.diagnosis_page import work_on
from diagnose.web.worklist.operations import answer_remarks
from diagnose.workflow import lacking, moves_open

LONGEST = 3000
OPEN_IN = "objected"


@blueprint.route("/<int:diagnosis_id>/objections", methods=["GET", "POST"])
@needs(Capability.WORK)
def objections(diagnosis_id: int) -> ResponseReturnValue:
    """Show the objections to the version issued last, and take the answers."""
    found, firm = work_on(diagnosis_id)
    remarks = _objections(records(), found)
    form = FlaskForm()
    if form.is_submitted() and found.state != OPEN_IN:
        abort(409)
    typed = {r.id or 0: legibly(request.form.get(f"answer-{r.id}", r.answer)) for r in remarks}
    long = [number for number, text in typed.items() if len(text) > LONGEST]
    if form.is_submitted() and form.validate() and not long:
        answer_remarks(records(), found, remarks, typed)
        flash(_("The answers are kept."), "good")
        return redirect(url_for(".objections", diagnosis_id=diagnosis_id))
    page = render_template(
        "worklist/objections.html",
        diagnosis=found,
        firm=firm,
        form=form,
        remarks=remarks,
        typed=typed,
        long=long,
        open_here=found.state == OPEN_IN,
        titles={remark.id: _title(records(), found, remark.item) for remark in remarks},
        moves=[
            (move, lacking(records(), found, move.id, me()))
            for move in moves_open(me(), found)
            if move.id in {"answer", "revise"}
        ],
    )
    saw("objections", f"diagnosis:{diagnosis_id}", found.firm_id)
    return page, 422 if form.is_submitted() else 200


def _objections(session: Session, diagnosis: Diagnosis) -> list[Remark]:
    latest = (
        select(Report.id)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
        .limit(1)
        .scalar_subquery()
    )
    return list(
        session.exec(
            select(Remark)
            .where(col(Remark.report_id) == latest, col(Remark.agreed).is_(False))
            .order_by(col(Remark.id))
        )
    )


def _title(session: Session, diagnosis: Diagnosis, item: str) -> str:
    """What an objection is about, in words."""
    kind, _colon, key = item.partition(":")
    words = _("An item that is no longer in the report")
    if kind == "answer" and key in questionnaire().index:
        words = _("Verified answer: %(label)s", label=told(questionnaire()[key].label))
    elif kind == "finding" and key.isdigit():
        finding = session.get(Finding, int(key))
        if finding is not None and finding.diagnosis_id == diagnosis.id:
            words = _("Finding: %(fact)s", fact=finding.fact)
    elif kind == "project" and key.isdigit():
        project = session.get(Project, int(key))
        if project is not None and project.diagnosis_id == diagnosis.id:
            words = _("Project: %(name)s", name=told(worded(project, judge().catalogue).name))
    return str(words)
