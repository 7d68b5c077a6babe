"""The report as it will print, the internal check, the sending, the mending."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import select

from diagnose.access import Capability
from diagnose.quality import Quality, quality_from
from diagnose.records import Diagnosis, Firm, Report, note
from diagnose.reporting.assessing import Like, like_reports, quality_of, written
from diagnose.reporting.gathering import Gathered, NothingToTell, gather
from diagnose.reporting.issuing import MEDIA
from diagnose.reporting.telling import report_number, tell
from diagnose.web.access import actor, me, needs, saw
from diagnose.web.assessments.fields import legibly
from diagnose.web.database import records
from diagnose.web.issuing import operations
from diagnose.web.issuing.blueprint import blueprint
from diagnose.web.issuing.completeness import completeness
from diagnose.web.issuing.forms import MoveForm, ReturnForm
from diagnose.web.languages import language, told
from diagnose.web.worklist.diagnosis_page import work_on
from diagnose.workflow import MoveRefused
from questionnaires.clock import today
from questionnaires.text import LANGUAGES, Language
from reports.dossier import Dossier
from reports.html import fragment
from reports.pdf import render
from reports.word import render_word

ISSUABLE = ("drafting", "internal_check")
MENDED_IN = ("returned", "drafting")


@dataclass(frozen=True)
class Draft:
    """The report of a diagnosis as it stands."""

    diagnosis: Diagnosis
    firm: Firm
    held: Gathered
    dossier: Dossier

    def quality(self) -> Quality:
        """Its quality score so far."""
        return quality_of(records(), self.held, self.dossier, today())

    def like(self) -> list[Like]:
        """The reports of the house that read alike, the closest five."""
        return like_reports(records(), self.diagnosis, written(self.held))[:5]


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def preview(diagnosis_id: int) -> ResponseReturnValue:
    """The report as it will print, with what it still lacks."""
    draft = _draft(diagnosis_id)
    if draft is None:
        diagnosis, firm = work_on(diagnosis_id)
        return render_template("issuing/nothing.html", diagnosis=diagnosis, firm=firm)
    page = render_template(
        "issuing/preview.html",
        diagnosis=draft.diagnosis,
        firm=draft.firm,
        pieces=completeness(records(), draft.held),
        quality=draft.quality(),
        reports=[*reversed(draft.held.reports)],
        like=draft.like(),
        issuable=draft.diagnosis.state in ISSUABLE,
        form=MoveForm(formdata=None, edition=draft.diagnosis.edition),
    )
    saw("report", f"diagnosis:{diagnosis_id}", draft.diagnosis.firm_id)
    return page


@blueprint.get("/<int:diagnosis_id>/draft")
@needs(Capability.WORK)
def read(diagnosis_id: int) -> str:
    """The draft as a page."""
    draft = _draft(diagnosis_id) or abort(404)
    article = fragment(draft.dossier, language())
    saw("report", f"diagnosis:{diagnosis_id}", draft.diagnosis.firm_id)
    return render_template(
        "issuing/read.html", diagnosis=draft.diagnosis, firm=draft.firm, article=article
    )


@blueprint.get("/<int:diagnosis_id>/draft/<any(zh, en):edition>.pdf")
@needs(Capability.WORK)
def draft_pdf(diagnosis_id: int, edition: str) -> Response:
    """The draft as it will print."""
    draft = _draft(diagnosis_id) or abort(404)
    content = render(draft.dossier, _language(edition))
    saw("report", f"diagnosis:{diagnosis_id}", draft.diagnosis.firm_id, file=f"{edition}.pdf")
    name = f"{report_number(draft.diagnosis)}-draft-{edition}.pdf"
    return _file(content, "pdf", name, "inline")


@blueprint.get("/<int:diagnosis_id>/draft/<any(zh, en):edition>.docx")
@needs(Capability.WORK)
def word(diagnosis_id: int, edition: str) -> Response:
    """The draft as an editable Word document."""
    draft = _draft(diagnosis_id) or abort(404)
    content = render_word(draft.dossier, _language(edition))
    saw("report", f"diagnosis:{diagnosis_id}", draft.diagnosis.firm_id, file=f"{edition}.docx")
    return _file(content, "docx", f"{report_number(draft.diagnosis)}-draft-{edition}.docx")


@blueprint.get("/<int:diagnosis_id>/versions/<int:version>/<edition>")
@needs(Capability.WORK)
def file(diagnosis_id: int, version: int, edition: str) -> Response:
    """One edition of an issued version."""
    diagnosis, _firm = work_on(diagnosis_id)
    report = records().exec(
        select(Report).where(Report.diagnosis_id == diagnosis.id, Report.version == version)
    )
    found = report.first() or abort(404)
    held = found.files.get(edition) or abort(404)
    content = current_app.extensions["store"].get(held["key"])
    details = {"file": edition, "version": version}
    note(
        records(), actor(), "report.download", f"report:{found.id}",
        firm_id=diagnosis.firm_id, **details,
    )  # fmt: skip
    records().commit()
    kind = edition.rpartition(".")[2]
    return _file(content, kind, f"{found.number}-{version}-{edition}")


@blueprint.post("/<int:diagnosis_id>/versions")
@needs(Capability.WORK)
def issue(diagnosis_id: int) -> ResponseReturnValue:
    """Freeze the report as it stands as the next version."""
    diagnosis, _firm = work_on(diagnosis_id)
    form = MoveForm()
    if diagnosis.state not in ISSUABLE:
        abort(409)
    if not form.validate() or form.opened_on != diagnosis.edition:
        flash(_("This page had expired, so nothing was issued. Look again, then issue."), "warn")
        return redirect(url_for(".preview", diagnosis_id=diagnosis_id))
    try:
        report = operations.issue_now(records(), diagnosis)
    except NothingToTell:
        abort(409)
    flash(_("Version %(version)s is issued and will not change.", version=report.version), "good")
    return redirect(url_for(".preview", diagnosis_id=diagnosis_id))


@blueprint.get("/<int:diagnosis_id>/check")
@needs(Capability.CHECK)
def check(diagnosis_id: int) -> ResponseReturnValue:
    """The internal check by a colleague of the lead."""
    return _check_page(diagnosis_id, ReturnForm(formdata=None))


@blueprint.post("/<int:diagnosis_id>/send")
@needs(Capability.CHECK)
def send(diagnosis_id: int) -> ResponseReturnValue:
    """Freeze the report where it is not, and send it to the firm."""
    diagnosis, _firm = work_on(diagnosis_id)
    form = MoveForm()
    if not form.validate():
        return _check_page(diagnosis_id, ReturnForm(formdata=None), status=400)
    try:
        report = operations.send(records(), diagnosis, form.opened_on)
    except MoveRefused as refused:
        records().rollback()
        return _check_page(diagnosis_id, ReturnForm(formdata=None), refused, 409)
    flash(_("Version %(version)s is with the firm.", version=report.version), "good")
    return redirect(url_for("worklist.diagnosis", diagnosis_id=diagnosis_id))


@blueprint.post("/<int:diagnosis_id>/return")
@needs(Capability.CHECK)
def send_back(diagnosis_id: int) -> ResponseReturnValue:
    """Back to the author, with the reason."""
    diagnosis, _firm = work_on(diagnosis_id)
    form = ReturnForm()
    if not form.validate():
        return _check_page(diagnosis_id, form, status=422)
    try:
        operations.send_back(records(), diagnosis, form.opened_on, legibly(form.reason.data or ""))
    except MoveRefused as refused:
        records().rollback()
        return _check_page(diagnosis_id, form, refused, 409)
    flash(_("The report is back with its author."), "info")
    return redirect(url_for("worklist.diagnosis", diagnosis_id=diagnosis_id))


@blueprint.route("/<int:diagnosis_id>/defects", methods=["GET", "POST"])
@needs(Capability.WORK)
def defects(diagnosis_id: int) -> ResponseReturnValue:
    """The defects a reviewer listed, answered one by one."""
    diagnosis, firm = work_on(diagnosis_id)
    found = operations.returned_review(records(), diagnosis)
    review, listed = found or (None, [])
    form, status = FlaskForm(), 200
    if form.is_submitted() and diagnosis.state not in MENDED_IN:
        abort(409)
    typed = {d.number: legibly(request.form.get(f"answer-{d.number}", d.answer)) for d in listed}
    long = [number for number, text in typed.items() if len(text) > operations.LONGEST]
    if form.is_submitted():
        if form.validate() and not long:
            operations.answer_defects(records(), diagnosis, listed, typed)
            flash(_("The answers are kept."), "good")
            return redirect(url_for(".defects", diagnosis_id=diagnosis_id))
        status = 422
    page = render_template(
        "issuing/defects.html",
        diagnosis=diagnosis,
        firm=firm,
        review=review,
        defects=listed,
        typed=typed,
        long=long,
        open_here=diagnosis.state in MENDED_IN,
        form=form,
    )
    saw("review", f"diagnosis:{diagnosis_id}", diagnosis.firm_id)
    return page, status


def _check_page(
    diagnosis_id: int, form: ReturnForm, refused: MoveRefused | None = None, status: int = 200
) -> ResponseReturnValue:
    draft = _draft(diagnosis_id) or abort(409)
    diagnosis = draft.diagnosis
    report = operations.latest(records(), diagnosis)
    frozen = report is not None and report.issued_at >= diagnosis.state_since
    quality = quality_from(report.quality) if report and frozen else draft.quality()
    form.edition.data = diagnosis.edition
    page = render_template(
        "issuing/check.html",
        diagnosis=diagnosis,
        firm=draft.firm,
        quality=quality,
        frozen=report if frozen else None,
        like=draft.like(),
        form=form,
        problems=[told(problem) for problem in refused.problems] if refused else [],
        own=me().id == diagnosis.lead_id,
    )
    saw("report", f"diagnosis:{diagnosis_id}", diagnosis.firm_id)
    return page, status


def _draft(diagnosis_id: int) -> Draft | None:
    """The report as it stands; None while there is nothing to tell."""
    diagnosis, firm = work_on(diagnosis_id)
    try:
        held = gather(records(), diagnosis)
    except NothingToTell:
        return None
    pool = operations.pool_of(records(), diagnosis)
    return Draft(diagnosis, firm, held, tell(held, today(), pool))


def _language(edition: str) -> Language:
    return next(known for known in LANGUAGES if known == edition)


def _file(content: bytes, kind: str, name: str, how: str = "attachment") -> Response:
    response = Response(content, content_type=MEDIA[kind])
    response.headers.set("Content-Disposition", how, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
