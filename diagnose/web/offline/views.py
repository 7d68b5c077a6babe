"""The pages of the offline form: download it, bring it back, see what differs, take it over."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.access import Capability
from diagnose.records import Assessment, Firm, note
from diagnose.uploads import UploadRefused
from diagnose.web.access import actor, needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.drafts import current, draft, edited_elsewhere
from diagnose.web.assessments.parsing import merge
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.excel import EXCEL
from diagnose.web.fields import status_of
from diagnose.web.languages import language, told
from diagnose.web.offline import pending
from diagnose.web.offline.blueprint import blueprint
from diagnose.web.offline.forms import BringBackForm, TakeOverForm
from diagnose.web.offline.reading import read_upload
from diagnose.web.offline.showing import rows_to_compare
from diagnose.web.reading import questionnaire_of, raw_answers
from questionnaires.offline import FormFirm, FormReading, FormRefused, differences, write_form


@blueprint.get("/<int:assessment_id>.xlsx")
@needs(Capability.FILL)
def download(assessment_id: int) -> ResponseReturnValue:
    """The form with the answers there are."""
    assessment = draft(assessment_id)
    content = write_form(
        questionnaire_of(assessment),
        language(),
        FormFirm(_uscc(assessment), assessment.name),
        raw_answers(records(), assessment_id),
        assessment.edition,
    )
    subject = f"assessment:{assessment_id}"
    note(records(), actor(), "offline.download", subject, firm_id=assessment.firm_id)
    records().commit()
    response = Response(content, mimetype=EXCEL)
    name = f"offline-{_uscc(assessment)}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/<int:assessment_id>", methods=["GET", "POST"])
@needs(Capability.FILL)
def upload(assessment_id: int) -> ResponseReturnValue:
    """Hand out the form, and read it when it comes back."""
    assessment = draft(assessment_id)
    form = BringBackForm()
    if form.validate_on_submit():
        reading = _read(form, assessment)
        if reading is not None:
            pending.keep(assessment_id, reading)
            return redirect(url_for(".compare", assessment_id=assessment_id))
    page = render_template(
        "offline/upload.html",
        form=form,
        assessment=assessment,
        waiting=pending.kept(assessment_id) is not None,
    )
    return page, status_of(form)


@blueprint.get("/<int:assessment_id>/compare")
@needs(Capability.FILL)
def compare(assessment_id: int) -> ResponseReturnValue:
    """What the form would change, nothing of it changed yet."""
    assessment = draft(assessment_id)
    reading = pending.kept(assessment_id)
    if reading is None:
        return _bring_it_again(assessment_id)
    return _compare_page(assessment, reading, TakeOverForm(edition=assessment.edition))


@blueprint.post("/<int:assessment_id>/accept")
@needs(Capability.FILL)
def accept(assessment_id: int) -> ResponseReturnValue:
    """Take over the answers that were chosen, or all that differ."""
    assessment = draft(assessment_id)
    reading = pending.kept(assessment_id)
    if reading is None:
        return _bring_it_again(assessment_id)
    form = TakeOverForm()
    ticked = set(form.question.data or [])
    if not form.validate():
        return _compare_page(assessment, reading, form, ticked)
    questionnaire = questionnaire_of(assessment)
    before = raw_answers(records(), assessment_id)
    everything = request.form.get("then") == "all"
    chosen = {
        found.question.id: found.given
        for found in differences(questionnaire, reading, before)
        if everything or found.question.id in ticked
    }
    if not chosen:
        flash(_("Nothing was chosen, so nothing was changed."), "info")
        return redirect(url_for(".compare", assessment_id=assessment_id))
    changed = merge(questionnaire, before, chosen).changed
    try:
        operations.save_answers(records(), assessment, changed, form.edition.data or 0)
    except ChangedMeanwhile:
        edited_elsewhere(form, current(assessment))
        return _compare_page(assessment, reading, form, ticked, 409)
    pending.forget()
    flash(
        ngettext("One answer was taken over.", "%(num)s answers were taken over.", len(chosen)),
        "good",
    )
    return redirect(url_for("assessments.resume", assessment_id=assessment_id))


def _read(form: BringBackForm, assessment: Assessment) -> FormReading | None:
    """What the uploaded form says; None with what is wrong put beside the field."""
    try:
        return read_upload(form.file.data, questionnaire_of(assessment), _uscc(assessment))
    except (UploadRefused, FormRefused) as refused:
        form.file.errors = [told(refused.message)]
        return None


def _compare_page(
    assessment: Assessment,
    reading: FormReading,
    form: TakeOverForm,
    ticked: set[str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    assert assessment.id is not None
    questionnaire = questionnaire_of(assessment)
    found = differences(questionnaire, reading, raw_answers(records(), assessment.id))
    if ticked is None:
        ticked = {difference.question.id for difference in found if difference.proposed}
    page = render_template(
        "offline/compare.html",
        form=form,
        assessment=assessment,
        rows=rows_to_compare(questionnaire, found, ticked),
        problems=reading.problems,
        questionnaire=questionnaire,
        saves=max(assessment.edition - reading.edition, 0) if reading.edition >= 0 else 0,
    )
    return page, status_of(form, status)


def _bring_it_again(assessment_id: int) -> ResponseReturnValue:
    flash(_("What the form said is not here any more. Please bring it once more."), "info")
    return redirect(url_for(".upload", assessment_id=assessment_id))


def _uscc(assessment: Assessment) -> str:
    return records().get_one(Firm, assessment.firm_id).uscc
