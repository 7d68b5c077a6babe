"""The pages on which a sheet is checked, vouched for and handed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.records import CLOSED, Assessment, Diagnosis, Firm, Status
from diagnose.story import Until
from diagnose.web.access import find, me, needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.drafts import current, edited_elsewhere
from diagnose.web.assessments.forms import SubmitForm
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.wording import share_of
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.judging import judge
from diagnose.web.reading import questionnaire_of, raw_answers, raw_firm
from questionnaires.check import check_answers
from questionnaires.sheets import Sheets


@blueprint.route("/<int:assessment_id>/review", methods=["GET", "POST"])
@needs(Capability.FILL)
def review(assessment_id: int) -> ResponseReturnValue:
    """Show what is missing or contradicts itself, and submit the sheet."""
    assessment = find(Assessment, assessment_id)
    if assessment.status == Status.SUBMITTED:
        flash(_("This sheet has been submitted."), "info")
        return redirect(url_for(".submitted", assessment_id=assessment_id))
    sheets = _sheet(assessment)
    form = SubmitForm(edition=assessment.edition)
    if not form.validate_on_submit():
        return _review_page(form, assessment, sheets)
    found = judge().diagnose(sheets, Until.SCORE)
    pledge = form.pledged_by.data, form.pledged_post.data
    try:
        operations.submit(records(), assessment, form.edition.data or 0, found.batch, pledge)
    except ChangedMeanwhile:
        edited_elsewhere(form, current(assessment))
        return _review_page(form, assessment, _sheet(assessment), 409)
    return redirect(url_for(".submitted", assessment_id=assessment_id))


@blueprint.get("/<int:assessment_id>/submitted")
@needs(Capability.FILL)
def submitted(assessment_id: int) -> ResponseReturnValue:
    """Say that the sheet is in, and what comes next."""
    assessment = find(Assessment, assessment_id)
    if assessment.status != Status.SUBMITTED:
        return redirect(url_for(".resume", assessment_id=assessment_id))
    diagnosis = (
        records()
        .exec(
            select(Diagnosis).where(
                Diagnosis.assessment_id == assessment_id, col(Diagnosis.state).not_in(CLOSED)
            )
        )
        .first()
    )
    return render_template("assessments/submitted.html", assessment=assessment, diagnosis=diagnosis)


def _sheet(assessment: Assessment) -> Sheets:
    assert assessment.id is not None
    firm = raw_firm(find(Firm, me().firm_id or 0).uscc, assessment)
    answers = raw_answers(records(), assessment.id)
    return check_answers(questionnaire_of(assessment), answers, firm).sheets


def _review_page(
    form: SubmitForm, assessment: Assessment, sheets: Sheets, status: int = 200
) -> ResponseReturnValue:
    assert assessment.id is not None
    kept = raw_answers(records(), assessment.id)
    questionnaire = sheets.questionnaire
    at_odds = [
        (questionnaire.index[question.id] + 1, question, section, share)
        for section in questionnaire.sections
        for question in section.questions
        if (share := share_of(question, kept)) and share.contradicts
    ]
    page = render_template(
        "assessments/review.html",
        form=form,
        assessment=assessment,
        overview=overlook(sheets),
        at_odds=at_odds,
        questionnaire=questionnaire,
    )
    return page, status_of(form, status)
