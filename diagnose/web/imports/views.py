"""Imports that were taken over: the list, one of them, its undoing."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from sqlmodel import Session, col, select

from diagnose.access import Capability
from diagnose.jobs import start
from diagnose.records import Account, Firm
from diagnose.records.roster import Change, RosterEvent, RosterImport
from diagnose.roster.intake.undoing import UndoRefused, refuse_if_built_on
from diagnose.roster.words import CHANGES
from diagnose.web.access import LARGEST_ID, me, needs, refuse_and_note
from diagnose.web.database import records
from diagnose.web.imports.blueprint import blueprint
from diagnose.web.imports.forms import UndoForm
from diagnose.web.imports.steps import language
from diagnose.web.imports.works import UNDO
from diagnose.web.paging import Paged, page_number, paged

PER_PAGE = 25
LISTED = (
    "id",
    "name",
    "done_at",
    "effective_on",
    "added",
    "changed",
    "left",
    "same",
    "refused",
    "undone_at",
)


@blueprint.get("/")
@needs(Capability.ROSTER_CHANGE)
def index() -> ResponseReturnValue:
    """The imports of the district, the latest first."""
    columns: list[Any] = [getattr(RosterImport, name) for name in LISTED]
    columns.append(col(Account.name).label("by"))
    query = (
        select(*columns)
        .outerjoin(Account, col(Account.id) == RosterImport.account_id)
        .where(RosterImport.district == me().district)
        .order_by(col(RosterImport.id).desc())
    )
    page = paged(records(), query, page_number(asked.args), PER_PAGE)
    return render_template("imports/index.html", page=page)


@blueprint.get("/<int:import_id>")
@needs(Capability.ROSTER_CHANGE)
def show(import_id: int) -> ResponseReturnValue:
    """One import: what was read as what, and what it recorded."""
    return _page(_own(import_id), UndoForm())


@blueprint.post("/<int:import_id>/undo")
@needs(Capability.ROSTER_CHANGE)
def undo(import_id: int) -> ResponseReturnValue:
    """Take an import back, unless later changes build on it."""
    row, form = _own(import_id), UndoForm()
    if row.undone_at is not None:
        return redirect(url_for(".show", import_id=import_id))
    if not form.validate_on_submit():
        return _page(row, form), 422
    try:
        refuse_if_built_on(records(), row)
    except UndoRefused as refused:
        return _page(row, form, refused), 409
    arguments = {"import_id": import_id, "language": language()}
    job = start(records(), me(), UNDO, arguments)
    return redirect(url_for(".progress", job_id=job.id))


def _page(row: RosterImport, form: UndoForm, refused: UndoRefused | None = None) -> str:
    by = records().get(Account, row.account_id) if row.account_id else None
    return render_template(
        "imports/show.html",
        row=row,
        by=by,
        form=form,
        refused=refused,
        page=_events(records(), row, page_number(asked.args)),
        changes=CHANGES,
    )


def _events(session: Session, row: RosterImport, number: int) -> Paged:
    columns: list[Any] = [RosterEvent.change, RosterEvent.effective_on]
    columns += [Firm.id, Firm.name, Firm.uscc]
    query = (
        select(*columns)
        .join(Firm, col(Firm.id) == RosterEvent.firm_id)
        .where(RosterEvent.import_id == row.id, RosterEvent.change != Change.VOIDED)
        .order_by(col(RosterEvent.id))
    )
    return paged(session, query, number, PER_PAGE)


def _own(import_id: int) -> RosterImport:
    """An import of the officer's own district; another's is not there, and the try is logged."""
    row = records().get(RosterImport, import_id) if import_id <= LARGEST_ID else None
    if row is None:
        abort(404)
    if row.district != me().district:
        refuse_and_note("access.foreign", f"rosterimport:{import_id}")
        abort(404)
    return row
