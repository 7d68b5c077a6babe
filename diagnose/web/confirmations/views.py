"""The firm's side of issued reports: reading, answering item by item, confirming."""

from __future__ import annotations

import hashlib

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import InternalServerError, NotFound

from diagnose.access import Capability
from diagnose.records import Diagnosis, Firm, Report, note
from diagnose.storage import Store
from diagnose.uploads import UploadRefused
from diagnose.web.access import LARGEST_ID, actor, find, me, needs
from diagnose.web.confirmations import operations
from diagnose.web.confirmations.blueprint import blueprint
from diagnose.web.confirmations.forms import ConfirmForm, MoveForm, RemarkForm
from diagnose.web.confirmations.items import Item, list_items
from diagnose.web.confirmations.sent_reports import Sent, sent_reports
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.languages import language, told
from diagnose.workflow import MACHINE, MoveRefused
from questionnaires.clock import today
from reports.html import article_of

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@blueprint.get("/")
@needs(Capability.CONFIRM)
def index() -> str:
    """The reports of the firm's diagnoses."""
    sent = sent_reports(records(), me().firm_id or 0)
    return render_template("confirmations/index.html", sent=sent, machine=MACHINE)


@blueprint.get("/<int:report_id>")
@needs(Capability.CONFIRM)
def read(report_id: int) -> str:
    """One report, as issued, in the language of the page where there is such an edition."""
    sent = find_sent(report_id)
    edition = f"{language()}.html"
    if edition not in sent.report.files:
        edition = next((name for name in sorted(sent.report.files) if name.endswith(".html")), "")
    article = article_of(_stored(sent.report, edition).decode()) if edition else ""
    return render_template(
        "confirmations/read.html",
        sent=sent,
        firm=records().get_one(Firm, sent.diagnosis.firm_id),
        article=article,
        other=edition.partition(".")[0] != language(),
        machine=MACHINE,
    )


@blueprint.get("/<int:report_id>/files/<edition>")
@needs(Capability.CONFIRM)
def file(report_id: int, edition: str) -> Response:
    """One edition of a report as a file."""
    sent = find_sent(report_id)
    kind = edition.rpartition(".")[2]
    if kind not in TYPES:
        raise NotFound
    content = _stored(sent.report, edition)
    firm_id = sent.diagnosis.firm_id
    note(
        records(), actor(), "report.download", f"report:{report_id}", firm_id=firm_id, file=edition
    )
    records().commit()
    response = Response(content, mimetype=TYPES[kind])
    name = f"{sent.report.number}-{sent.report.version}-{edition}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/<int:report_id>/items", methods=["GET", "POST"])
@needs(Capability.CONFIRM)
def items(report_id: int) -> ResponseReturnValue:
    """What the report says, item by item, each with the firm's answer."""
    sent = find_sent(report_id)
    found = list_items(records(), sent)
    form = RemarkForm()
    if not form.is_submitted():
        return _items_page(sent, found)
    item = next((each for each in found if each.key == form.item.data), None)
    if item is None or not sent.open:
        raise NotFound
    if not form.validate():
        return _items_page(sent, found, form), status_of(form)
    text = form.text.data
    try:
        agreed = form.agreed.data == "yes"
        operations.say(records(), sent, item, form.seen.data or "", agreed=agreed, text=text)
    except ChangedMeanwhile:
        form.text.errors = [
            _("Somebody else of your firm answered this item meanwhile; see above. Yours is kept.")
        ]
        form.seen.data = item.seen
        return _items_page(sent, found, form), 409
    flash(_("Your answer is kept."), "good")
    anchor = f"item-{item.key.replace(':', '-')}"
    return redirect(url_for(".items", report_id=report_id, _anchor=anchor))


@blueprint.post("/<int:report_id>/objections")
@needs(Capability.CONFIRM)
def send_objections(report_id: int) -> ResponseReturnValue:
    """Send the objections to the provider."""
    sent = find_sent(report_id)
    form = MoveForm()
    if not form.validate():
        return _items_page(sent, list_items(records(), sent)), 400
    try:
        operations.object_to(records(), sent, form.edition.data)
    except MoveRefused as refused:
        records().rollback()
        problems = [told(problem) for problem in refused.problems]
        return _items_page(sent, list_items(records(), sent), problems=problems), 409
    flash(_("Your objections are with the provider, who answers each of them."), "good")
    return redirect(url_for(".items", report_id=report_id))


@blueprint.route("/<int:report_id>/confirm", methods=["GET", "POST"])
@needs(Capability.CONFIRM)
def confirm(report_id: int) -> ResponseReturnValue:
    """The head of the firm signs."""
    sent = find_sent(report_id)
    form = ConfirmForm()
    if not form.is_submitted():
        form.edition.data, form.day.data = sent.diagnosis.edition, today()
        return _confirm_page(sent, form)
    if not form.validate():
        return _confirm_page(sent, form), status_of(form)
    signature = (form.name.data, form.post.data, form.day.data)
    scan = form.scan.data if form.scan.data and form.scan.data.filename else None
    try:
        operations.confirm(records(), sent, form.edition.data, signature, scan)
    except UploadRefused as refused:
        records().rollback()
        form.scan.errors = [told(refused.message)]
        return _confirm_page(sent, form), 422
    except MoveRefused as refused:
        records().rollback()
        return _confirm_page(sent, form, [told(problem) for problem in refused.problems]), 409
    flash(_("The report is confirmed and goes to review."), "good")
    return redirect(url_for(".index"))


def find_sent(report_id: int) -> Sent:
    """A report that reached the firm; any other is 404, and logged where it is another's."""
    for sent in sent_reports(records(), me().firm_id or 0):
        if sent.report.id == report_id:
            return sent
    report = records().get(Report, report_id) if report_id <= LARGEST_ID else None
    if report is not None:
        find(Diagnosis, report.diagnosis_id)
    raise NotFound


def _stored(report: Report, edition: str) -> bytes:
    """A frozen edition, refused where it is no longer what was issued."""
    held = report.files.get(edition)
    if held is None:
        raise NotFound
    store: Store = current_app.extensions["store"]
    content = store.get(held["key"])
    if hashlib.sha256(content).hexdigest() != held["sha256"]:
        current_app.logger.error("report %s: %s is not what was issued", report.id, edition)
        raise InternalServerError
    return content


def _items_page(
    sent: Sent, found: list[Item], form: RemarkForm | None = None, problems: list[str] | None = None
) -> str:
    blank = RemarkForm(formdata=None)
    return render_template(
        "confirmations/items.html",
        sent=sent,
        items=found,
        form=form,
        blank=blank,
        move=MoveForm(formdata=None, edition=sent.diagnosis.edition),
        problems=problems or [],
        machine=MACHINE,
    )


def _confirm_page(sent: Sent, form: ConfirmForm, problems: list[str] | None = None) -> str:
    return render_template(
        "confirmations/confirm.html",
        sent=sent,
        form=form,
        items=list_items(records(), sent),
        problems=problems or [],
        machine=MACHINE,
    )
