"""The visit: its plan, its record, its signed paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from diagnose.access import Capability
from diagnose.records import Account, Attachment, Diagnosis, Firm, Visit
from diagnose.uploads import UploadRefused
from diagnose.web.access import me, needs, saw
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.languages import language, told
from diagnose.web.visits.blueprint import blueprint
from diagnose.web.visits.forms import BLANK, LISTS, TEXTS, VisitForm, visit_form
from diagnose.web.visits.operations import keep_scan, keep_visit
from diagnose.web.visits.papers import record_of
from diagnose.web.worklist.diagnosis_page import latest_visit, work_on
from diagnose.web.worklist.forms import PaperForm
from diagnose.web.worklist.operations import make_move
from diagnose.workflow import MoveRefused, Wanted
from reports.papers import render_record

OPEN_IN = ("accepted", "scheduled", "on_site")
SCANNED_IN = ("on_site", "visited", "drafting")


@blueprint.route("/<int:diagnosis_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int) -> ResponseReturnValue:
    """Plan the visit and keep its record."""
    found, firm = work_on(diagnosis_id)
    visit = latest_visit(records(), found)
    if request.method == "POST":
        return _keep(found, firm, visit)
    form = visit_form(visit, _ourselves(found), BLANK if found.state in OPEN_IN else 0)
    page = _page(found, firm, visit, form)
    saw("visit", f"diagnosis:{diagnosis_id}", found.firm_id)
    return page


@blueprint.get("/<int:diagnosis_id>/record.pdf")
@needs(Capability.WORK)
def record(diagnosis_id: int) -> ResponseReturnValue:
    """The record as printable PDF; `blank` asks for the form to fill in by hand."""
    found, firm = work_on(diagnosis_id)
    blank = bool(request.args.get("blank"))
    visit = None if blank else latest_visit(records(), found)
    paper = render_record(record_of(records(), found, firm, visit), language())
    saw("visit", f"diagnosis:{diagnosis_id}", found.firm_id)
    kind = "blank" if blank else "record"
    name = f"{found.number}-{kind}-{language()}.pdf"
    return send_file(BytesIO(paper), "application/pdf", download_name=name)


@blueprint.route("/<int:diagnosis_id>/scan", methods=["GET", "POST"])
@needs(Capability.WORK)
def scan(diagnosis_id: int) -> ResponseReturnValue:
    """Take the signed and sealed record."""
    found, firm = work_on(diagnosis_id)
    visit = latest_visit(records(), found)
    if request.method == "GET" or visit is None:
        return redirect(url_for(".edit", diagnosis_id=diagnosis_id))
    if found.state not in SCANNED_IN:
        abort(409)
    paper = PaperForm()
    if paper.validate_on_submit():
        try:
            keep_scan(records(), found, visit, paper.paper.data or FileStorage())
        except UploadRefused as refused:
            records().rollback()
            paper.paper.errors = [told(refused.message)]
        else:
            flash(_("The signed record is kept."), "good")
            return redirect(url_for("worklist.diagnosis", diagnosis_id=diagnosis_id))
    return _page(found, firm, visit, visit_form(visit, (), BLANK), paper=paper), 422


def _keep(found: Diagnosis, firm: Firm, visit: Visit | None) -> ResponseReturnValue:
    if found.state not in OPEN_IN:
        abort(409)
    form, then = VisitForm(), request.form.get("then", "")
    if then.startswith("more.") and then[5:] in LISTS:
        form.add_lines(then[5:])
        return _page(found, firm, visit, form, grown=then[5:])
    if not form.validate():
        return _page(found, firm, visit, form), 422
    try:
        visit = keep_visit(records(), found, form.columns(), form.edition.data or 0)
    except ChangedMeanwhile:
        kept = latest_visit(records(), found)
        form.reopen(kept.edition if kept else 0)
        return _page(found, firm, kept, form, elsewhere=_differing(kept, form)), 409
    return _after(found, then)


def _after(found: Diagnosis, then: str) -> ResponseReturnValue:
    """Say what was kept, and agree the visit where that was asked for."""
    if then == "agree":
        try:
            make_move(records(), found, Wanted("schedule"))
        except MoveRefused as refused:
            records().rollback()
            flash(" ".join(told(problem) for problem in refused.problems), "bad")
        else:
            flash(_("The visit is agreed."), "good")
            return redirect(url_for("worklist.diagnosis", diagnosis_id=found.id))
    flash(_("Saved."), "good")
    return redirect(url_for(".edit", diagnosis_id=found.id))


def _page(found: Diagnosis, firm: Firm, visit: Visit | None, form: VisitForm, **more: Any) -> str:
    scan_id = visit.scan_id if visit else None
    return render_template(
        "visits/edit.html",
        diagnosis=found,
        firm=firm,
        visit=visit,
        form=form,
        scanned=records().get(Attachment, scan_id) if scan_id else None,
        open_here=found.state in OPEN_IN,
        scan_here=found.state in SCANNED_IN and visit is not None,
        **{"paper": PaperForm(formdata=None), "elsewhere": None, "grown": ""} | more,
    )


def _ourselves(found: Diagnosis) -> list[dict[str, str]]:
    """Those of our house who are known to come: the lead, and whoever plans."""
    lead = records().get(Account, found.lead_id) if found.lead_id else None
    known = {account.id: account for account in (lead, me()) if account is not None}
    return [
        {"side": "provider", "name": account.name, "post": account.certificate}
        for account in known.values()
    ]


def _differing(kept: Visit | None, form: VisitForm) -> list[tuple[str, str]]:
    """What a colleague kept where it differs from what was typed: labels and words."""
    if kept is None:
        return []
    columns = form.columns()
    labels = {name: str(form[name].label.text) for name in (*TEXTS, "planned_on")}
    labels |= {name: str(head) for name, head in HEADS.items()}
    return [
        (label, _said(getattr(kept, name)))
        for name, label in labels.items()
        if getattr(kept, name) != columns[name]
    ]


def _said(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(map(str, line.values())) for line in value)
    return str(value)


HEADS = {
    "people": _l("Those present"),
    "interviews": _l("Interviews"),
    "workshops": _l("Workshops and lines"),
    "documents": _l("Documents"),
}
