"""The pages on which a sheet is begun, taken up again, or thrown away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.campaigns.sheets import chose_to_stay
from diagnose.records import Assessment, Firm, FirmEntry, Status
from diagnose.web.access import find, me, needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.drafts import current, draft, edited_elsewhere
from diagnose.web.assessments.firm_facts import check_firm, industries
from diagnose.web.assessments.forms import DiscardForm, FirmForm
from diagnose.web.assessments.history import submitted_sheets
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.versions import movable_to
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.reading import questionnaire, questionnaire_of, sheet_of


@blueprint.get("/")
@needs(Capability.FILL)
def mine() -> str:
    """The firm's sheets: the one being filled in, and those handed in."""
    known = _own_firm()
    found = operations.open_draft(records(), known.id or 0)
    return render_template(
        "assessments/mine.html",
        firm=known,
        draft=found,
        overview=overlook(sheet_of(records(), found, known.uscc)) if found else None,
        newer=movable_to(found) if found else None,
        stayed=chose_to_stay(records(), found) if found else False,
        submitted=submitted_sheets(records(), known.id or 0),
        questionnaire=questionnaire(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.FILL)
def begin() -> ResponseReturnValue:
    """Check the firm's facts, then start its sheet; one that is open is gone on with."""
    known = _own_firm()
    found = operations.open_draft(records(), known.id or 0)
    if found is not None:
        flash(_("This sheet was begun before; here it is, with its answers."), "info")
        return redirect(url_for(".resume", assessment_id=found.id))
    form = FirmForm.of(known)
    entry = _checked(form, known) if form.is_submitted() else None
    if entry is None:
        return _firm_page(form, known, None)
    return _first_section(operations.begin(records(), known, entry, questionnaire()))


@blueprint.route("/<int:assessment_id>/firm", methods=["GET", "POST"])
@needs(Capability.FILL)
def firm(assessment_id: int) -> ResponseReturnValue:
    """Show the firm's facts on this sheet and take changes of them."""
    assessment, known = draft(assessment_id), _own_firm()
    form = FirmForm.of(assessment, assessment.edition)
    entry = _checked(form, known) if form.is_submitted() else None
    if entry is None:
        return _firm_page(form, known, assessment)
    try:
        operations.change_facts(records(), assessment, entry, form.edition.data or 0)
    except ChangedMeanwhile:
        edited_elsewhere(form, current(assessment))
        return _firm_page(form, known, assessment, 409)
    return _first_section(assessment)


@blueprint.get("/<int:assessment_id>")
@needs(Capability.FILL)
def resume(assessment_id: int) -> ResponseReturnValue:
    """Go on where the sheet was left."""
    assessment = find(Assessment, assessment_id)
    if assessment.status == Status.SUBMITTED:
        return redirect(url_for(".submitted", assessment_id=assessment_id))
    overview = overlook(sheet_of(records(), assessment, _own_firm().uscc))
    if not overview.missing:
        return redirect(url_for(".review", assessment_id=assessment_id))
    section = overview.first_open.id
    return redirect(url_for(".fill", assessment_id=assessment_id, section_id=section))


@blueprint.route("/<int:assessment_id>/discard", methods=["GET", "POST"])
@needs(Capability.FILL)
def discard(assessment_id: int) -> ResponseReturnValue:
    """Ask, then delete a draft."""
    assessment = draft(assessment_id)
    form = DiscardForm(edition=assessment.edition)
    if not form.validate_on_submit():
        return _discard_page(form, assessment)
    try:
        operations.discard(records(), assessment, form.edition.data or 0)
    except ChangedMeanwhile:
        edited_elsewhere(form, current(assessment))
        return _discard_page(form, assessment, 409)
    flash(_("The draft was deleted."), "good")
    return redirect(url_for(".mine"))


def _own_firm() -> Firm:
    return find(Firm, me().firm_id or 0)


def _first_section(assessment: Assessment) -> ResponseReturnValue:
    first = questionnaire_of(assessment).sections[0]
    return redirect(url_for(".fill", assessment_id=assessment.id, section_id=first.id))


def _checked(form: FirmForm, known: Firm) -> FirmEntry | None:
    """The firm a form gives, or None with what is wrong put beside its fields."""
    if not form.validate():
        return None
    found = check_firm(questionnaire(), form.typed() | {"uscc": known.uscc})
    form.complain({name: told(problem) for name, problem in found.problems.items()})
    return found.entry


def _firm_page(
    form: FirmForm, known: Firm, assessment: Assessment | None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "assessments/firm.html",
        form=form,
        firm=known,
        assessment=assessment,
        industries=industries(),
    )
    return page, status_of(form, status)


def _discard_page(
    form: DiscardForm, assessment: Assessment, status: int = 200
) -> ResponseReturnValue:
    page = render_template("assessments/discard.html", form=form, assessment=assessment)
    return page, status_of(form, status)
