"""The pages on which files are handed in, listed, handed out and taken back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Assessment, Attachment, Diagnosis, Kind, Purpose
from diagnose.web.access import find, me, needs, saw
from diagnose.web.attachments import operations
from diagnose.web.attachments.blueprint import blueprint
from diagnose.web.attachments.forms import PURPOSES, RemoveForm, SampleForm, UploadForm
from diagnose.web.attachments.listing import (
    files_of_sheet,
    files_to_sample,
    is_sensitive,
    may_remove,
)
from diagnose.web.attachments.serving import send
from diagnose.web.database import records
from diagnose.web.languages import own_page, told
from diagnose.web.reading import questionnaire_of


@blueprint.get("/<int:attachment_id>")
@needs(Capability.OWN_ACCOUNT)
def download(attachment_id: int) -> ResponseReturnValue:
    """The file, for those who see it with its sheet or diagnosis."""
    row = find(Attachment, attachment_id)
    if me().kind == Kind.REVIEWER and is_sensitive(records(), row):
        raise NotFound
    answer = send(row)
    saw("file", f"attachment:{row.id}", row.firm_id)
    return answer


@blueprint.route("/<int:attachment_id>/remove", methods=["GET", "POST"])
@needs(Capability.OWN_ACCOUNT)
def remove(attachment_id: int) -> ResponseReturnValue:
    """Ask, then take a file back; only the side that handed it in, and before the report."""
    row = find(Attachment, attachment_id)
    if row.removed_at is not None or not may_remove(records(), row, me()):
        raise NotFound
    form = RemoveForm(back=request.args.get("back", ""))
    if not form.validate_on_submit():
        return render_template(
            "attachments/remove.html", form=form, row=row, back=own_page(form.back.data or "/")
        )
    operations.remove(records(), row)
    flash(_("The file was removed."), "good")
    return redirect(own_page(form.back.data or "/"))


@blueprint.get("/sheets/<int:assessment_id>")
@needs(Capability.FILL)
def sheet(assessment_id: int) -> ResponseReturnValue:
    """What proves the answers of a sheet, question by question."""
    assessment = find(Assessment, assessment_id)
    return render_template(
        "attachments/sheet.html",
        assessment=assessment,
        questionnaire=questionnaire_of(assessment),
        files=files_of_sheet(records(), assessment_id),
    )


@blueprint.route("/sheets/<int:assessment_id>/<question>", methods=["GET", "POST"])
@needs(Capability.FILL)
def evidence(assessment_id: int, question: str) -> ResponseReturnValue:
    """The files that prove one answer, and room for another."""
    assessment = find(Assessment, assessment_id)
    questionnaire = questionnaire_of(assessment)
    if question not in questionnaire.index:
        raise NotFound
    form = UploadForm()
    if form.validate_on_submit() and _take(form, assessment, question):
        flash(_("The file was kept."), "good")
        return redirect(url_for(".evidence", assessment_id=assessment_id, question=question))
    asked = questionnaire[question]
    page = render_template(
        "attachments/evidence.html",
        form=form,
        assessment=assessment,
        asked=asked,
        number=questionnaire.index[question] + 1,
        section=next(part for part in questionnaire.sections if asked in part.questions),
        files=files_of_sheet(records(), assessment_id).get(question, []),
        may_remove=lambda row: may_remove(records(), row, me()),
    )
    return page, 422 if form.errors else 200


def _take(form: UploadForm, assessment: Assessment, question: str) -> bool:
    """Keep the file; put beside the field why not."""
    session = records()
    try:
        operations.take(
            session,
            form.file.data,
            firm_id=assessment.firm_id,
            purpose=Purpose.EVIDENCE,
            assessment_id=assessment.id,
            question=question,
        )
    except operations.UploadRefused as refused:
        form.file.errors = [told(refused.message)]
        return False
    session.commit()
    return True


@blueprint.get("/sampling/<int:diagnosis_id>")
@needs(Capability.ACCEPT)
def sampling(diagnosis_id: int) -> ResponseReturnValue:
    """What an officer may open for a sample: which questions have files, without their names."""
    return _sampling_page(find(Diagnosis, diagnosis_id), SampleForm())


@blueprint.post("/sampling/<int:diagnosis_id>/<int:attachment_id>")
@needs(Capability.ACCEPT)
def sample(diagnosis_id: int, attachment_id: int) -> ResponseReturnValue:
    """Hand one file of a diagnosis to an officer, who says why; the firm sees that."""
    diagnosis = find(Diagnosis, diagnosis_id)
    held = {found.row.id: found.row for found in files_to_sample(records(), diagnosis)}
    row = held.get(attachment_id)
    if row is None:
        raise NotFound
    form = SampleForm()
    if not form.validate_on_submit():
        return _sampling_page(diagnosis, form), 422
    answer = send(row)
    saw("file", f"attachment:{row.id}", row.firm_id, why=form.why.data)
    return answer


def _sampling_page(diagnosis: Diagnosis, form: SampleForm) -> str:
    return render_template(
        "attachments/sampling.html",
        diagnosis=diagnosis,
        form=form,
        files=files_to_sample(records(), diagnosis),
        purposes=PURPOSES,
    )
