"""The pages on which a firm fills in an assessment."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from sqlmodel import select

from diagnose.access import Capability
from diagnose.records import Assessment, Firm, FirmEntry, Status
from diagnose.story import Until
from diagnose.web.access import needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.asking import empty_form, read_form
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.firms import check_firm, industries
from diagnose.web.assessments.forms import FirmForm, SubmitForm, make_section_form
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.section import Page, missed_by_us
from diagnose.web.database import records
from diagnose.web.errors import closed
from diagnose.web.judging import judge
from diagnose.web.languages import told
from diagnose.web.reading import questionnaire, questionnaire_of, raw_answers, sheet_of
from questionnaires.sheets import Sheets


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.FILL)
def begin() -> ResponseReturnValue:
    """Ask for the firm and start its assessment."""
    form = FirmForm()
    entry = _checked(form) if form.is_submitted() else None
    if entry is None:
        return _firm_page(form, None)
    draft = operations.open_draft(records(), entry.uscc)
    if draft is not None:
        flash(
            _(
                "This code already has an unfinished sheet on this machine. Here it is, with its "
                "answers. What you just typed about the firm was not taken over; to change it, "
                "open “The firm” among the sections."
            ),
            "info",
        )
        return redirect(url_for(".resume", assessment_id=draft.id))
    before = operations.last_submitted(records(), entry.uscc)
    if before is not None:
        flash(
            _(
                "This firm submitted a sheet on %(day)s. Its result is kept and stays on the "
                "start page; what you fill in now is a new sheet.",
                day=format_date(before.submitted_at, "yyyy-MM-dd"),
            ),
            "info",
        )
    assessment = operations.begin(records(), entry, questionnaire())
    first = questionnaire_of(assessment).sections[0]
    return redirect(url_for(".fill", assessment_id=assessment.id, section_id=first.id))


@blueprint.route("/<int:assessment_id>/firm", methods=["GET", "POST"])
@needs(Capability.FILL)
def firm(assessment_id: int) -> ResponseReturnValue:
    """Show the firm's facts and take changes of them."""
    assessment, known = _draft(assessment_id)
    form = FirmForm.of(assessment, known.uscc)
    entry = _checked(form, known.uscc) if form.is_submitted() else None
    if entry is None:
        return _firm_page(form, assessment)
    try:
        operations.change_firm(records(), assessment, entry, form.edition.data or 0)
    except operations.EditedElsewhere:
        form.reopen(_current(assessment).edition)
        flash(_("The sheet was saved in another window meanwhile. Check, then save again."), "warn")
        return _firm_page(form, assessment, 409)
    first = questionnaire_of(assessment).sections[0]
    return redirect(url_for(".fill", assessment_id=assessment.id, section_id=first.id))


@blueprint.get("/<int:assessment_id>")
@needs(Capability.FILL)
def resume(assessment_id: int) -> ResponseReturnValue:
    """Go on where the sheet was left."""
    assessment, known = operations.find(records(), assessment_id)
    if assessment.status == Status.SUBMITTED:
        return redirect(url_for("results.show", assessment_id=assessment_id))
    overview = overlook(sheet_of(records(), assessment, known.uscc))
    if not overview.missing:
        return redirect(url_for(".review", assessment_id=assessment_id))
    section = overview.first_open.id
    return redirect(url_for(".fill", assessment_id=assessment_id, section_id=section))


@blueprint.route("/<int:assessment_id>/sections/<section_id>", methods=["GET", "POST"])
@needs(Capability.FILL)
def fill(assessment_id: int, section_id: str) -> ResponseReturnValue:
    """Show one section and keep what is filled in."""
    assessment, known = _draft(assessment_id)
    page = Page.of(assessment, known, section_id)
    kept = raw_answers(records(), assessment_id)
    if request.method == "GET":
        return page.show(empty_form(page.section, kept, assessment.edition), kept)
    form = make_section_form(page.section)()
    given = read_form(form, page.questionnaire, page.section, kept)
    if not form.validate():
        flash(_("This page had expired, so nothing was saved. Press save once more."), "warn")
        return page.show(form, kept, problems=given.problems), 400
    opened_on = form.edition.data or 0
    try:
        operations.save_answers(records(), assessment, given.answers, opened_on)
    except operations.EditedElsewhere:
        form.reopen(_current(assessment).edition)
        now_kept = raw_answers(records(), assessment_id)
        elsewhere = missed_by_us(page.section, given.answers, now_kept)
        return page.show(form, now_kept, problems=given.problems, elsewhere=elsewhere), 409
    if given.problems:
        form.reopen(assessment.edition)
        kept = raw_answers(records(), assessment_id)
        return page.show(form, kept, problems=given.problems), 422
    return redirect(page.onward(request.form.get("then", "next")))


@blueprint.route("/<int:assessment_id>/review", methods=["GET", "POST"])
@needs(Capability.FILL)
def review(assessment_id: int) -> ResponseReturnValue:
    """Show what is missing, and submit the sheet; once submitted, lead to the result."""
    assessment, known = operations.find(records(), assessment_id)
    if assessment.status == Status.SUBMITTED:
        flash(_("This sheet has been submitted. Here is its result."), "info")
        return redirect(url_for("results.show", assessment_id=assessment_id))
    sheets = sheet_of(records(), assessment, known.uscc)
    form = SubmitForm(edition=assessment.edition)
    if not form.validate_on_submit():
        return _review_page(form, assessment, sheets)
    found = judge().diagnose(sheets, Until.SCORE)
    try:
        operations.submit(records(), assessment, form.edition.data or 0, found.batch)
    except operations.EditedElsewhere:
        form.reopen(_current(assessment).edition)
        flash(
            _("The sheet was saved in another window meanwhile. Check, then submit again."), "warn"
        )
        return _review_page(form, assessment, sheets, 409)
    return redirect(url_for("results.show", assessment_id=assessment_id))


def _draft(assessment_id: int) -> tuple[Assessment, Firm]:
    """An assessment that may still be changed, and its firm."""
    assessment, known = operations.find(records(), assessment_id)
    if assessment.status != Status.DRAFT:
        raise closed(assessment_id)
    return assessment, known


def _current(assessment: Assessment) -> Assessment:
    """The assessment as the other window left it."""
    records().refresh(assessment)
    if assessment.status != Status.DRAFT:
        assert assessment.id is not None
        raise closed(assessment.id)
    return assessment


def _checked(form: FirmForm, uscc: str = "") -> FirmEntry | None:
    """The firm a form gives, or None with what is wrong put beside its fields."""
    if not form.validate():
        return None
    found = check_firm(questionnaire(), form.typed() | ({"uscc": uscc} if uscc else {}))
    form.complain({name: told(problem) for name, problem in found.problems.items()})
    if found.entry is None:
        return None
    known = records().exec(select(Firm).where(Firm.uscc == found.entry.uscc)).first()
    if known and known.fictional:
        form.complain({"uscc": _("This code belongs to a firm of the fictional district.")})
        return None
    return found.entry


def _firm_page(
    form: FirmForm, assessment: Assessment | None, status: int = 200
) -> ResponseReturnValue:
    if form.errors:
        status = 400 if "csrf_token" in form.errors else 422
    page = render_template(
        "assessments/firm.html", form=form, assessment=assessment, industries=industries()
    )
    return page, status


def _review_page(
    form: SubmitForm, assessment: Assessment, sheets: Sheets, status: int = 200
) -> ResponseReturnValue:
    if form.errors:
        status = 400 if "csrf_token" in form.errors else 422
    page = render_template(
        "assessments/review.html",
        form=form,
        assessment=assessment,
        overview=overlook(sheets),
        questionnaire=sheets.questionnaire,
    )
    return page, status
