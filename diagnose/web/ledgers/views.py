"""The ledgers: handed out as Excel files, each in the columns that the bureau wants."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, func, select

from diagnose.access import Capability, visible
from diagnose.jobs import start
from diagnose.ledgers.ordering import (
    LARGEST,
    Fault,
    OrderInvalid,
    drop_order,
    keep_order,
    own_order,
    read_order,
    write_order,
)
from diagnose.ledgers.reading import Ledger, ledgers
from diagnose.records import Firm, note
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.excel import send_excel
from diagnose.web.fields import PlainForm
from diagnose.web.imports.steps import language
from diagnose.web.ledgers.blueprint import blueprint
from diagnose.web.ledgers.choosing import Line, lines_of, read_lines, typed_lines
from diagnose.web.ledgers.forms import ColumnsForm, UploadForm
from diagnose.web.ledgers.making import file_name, instance, make, order_of

AT_ONCE = 5_000
"""So many firms of a district are written while one waits; more by a job."""


@blueprint.get("/")
@needs(Capability.LEDGERS)
def index() -> ResponseReturnValue:
    """All ledgers."""
    return render_template(
        "ledgers/index.html",
        ledgers=[(ledger, _state(ledger)) for ledger in ledgers().values()],
        form=PlainForm(),
    )


@blueprint.post("/<ledger>/download")
@needs(Capability.LEDGERS)
def download(ledger: str) -> ResponseReturnValue:
    """A ledger as an Excel file; of a large district by a job."""
    held = _ledger(ledger)
    if not PlainForm().validate_on_submit():
        return redirect(url_for(".index"))
    try:
        order_of(held, me())
    except OrderInvalid:
        flash(_("The bureau’s own columns have faults; nothing was written. Mend them first."))
        return redirect(url_for(".columns", ledger=ledger))
    own = select(func.count(col(Firm.id))).where(visible(me(), Firm))
    if records().exec(own).one() > AT_ONCE:
        job = start(records(), me(), "ledger", {"ledger": ledger, "language": language()})
        return redirect(url_for("jobs.show", job_id=job.id))
    content, rows = make(records(), held, me(), language())
    note(records(), actor(), "ledger.export", f"ledger:{ledger}", rows=rows)
    records().commit()
    return send_excel(content, file_name(held, me(), language()))


@blueprint.route("/<ledger>/columns", methods=["GET", "POST"])
@needs(Capability.LEDGERS)
def columns(ledger: str) -> ResponseReturnValue:
    """Which columns a ledger has, in which order, under which headings."""
    held, form = _ledger(ledger), ColumnsForm()
    if not form.is_submitted():
        try:
            lines = lines_of(held, order_of(held, me()))
        except OrderInvalid as invalid:
            return _page(held, lines_of(held, None), invalid.faults, file=True)
        return _page(held, lines)
    lines = typed_lines(held, request.form)
    if not form.validate():
        return _page(held, lines), 400
    try:
        content = write_order(held, read_lines(lines))
        keep_order(instance(), me().district, held, content)
    except OrderInvalid as invalid:
        return _page(held, lines, invalid.faults), 422
    return _kept(held, _("Saved."))


@blueprint.post("/<ledger>/reset")
@needs(Capability.LEDGERS)
def reset(ledger: str) -> ResponseReturnValue:
    """Go back to the usual columns."""
    held = _ledger(ledger)
    if not PlainForm().validate_on_submit():
        return redirect(url_for(".columns", ledger=ledger))
    drop_order(instance(), me().district, held)
    return _kept(held, _("The usual columns are back."))


@blueprint.get("/<ledger>/columns.yaml")
@needs(Capability.LEDGERS)
def mapping(ledger: str) -> ResponseReturnValue:
    """The columns as a file."""
    held = _ledger(ledger)
    try:
        order = order_of(held, me())
    except OrderInvalid:
        return redirect(url_for(".columns", ledger=ledger))
    answer = make_response(write_order(held, order))
    answer.headers["Content-Type"] = "application/yaml; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename={ledger}.yaml"
    return answer


@blueprint.post("/<ledger>/columns.yaml")
@needs(Capability.LEDGERS)
def upload(ledger: str) -> ResponseReturnValue:
    """Take the columns from a file."""
    held, form = _ledger(ledger), UploadForm()
    if not form.validate_on_submit():
        return _page(held, _as_kept(held), upload=form), 422
    content = form.file.data.read(LARGEST + 1)
    try:
        read_order(held, content)
        keep_order(instance(), me().district, held, content)
    except OrderInvalid as invalid:
        return _page(held, _as_kept(held), invalid.faults, file=True), 422
    return _kept(held, _("Saved."))


def _kept(held: Ledger, said: str) -> ResponseReturnValue:
    note(records(), actor(), "ledger.columns", f"ledger:{held.id}")
    records().commit()
    flash(said, "good")
    return redirect(url_for(".columns", ledger=held.id))


def _page(
    held: Ledger,
    lines: list[Line],
    faults: tuple[Fault, ...] = (),
    *,
    file: bool = False,
    upload: UploadForm | None = None,
) -> str:
    return render_template(
        "ledgers/columns.html",
        ledger=held,
        lines=lines,
        faults=faults,
        file=file,
        form=ColumnsForm(),
        upload=upload or UploadForm(formdata=None),
    )


def _as_kept(held: Ledger) -> list[Line]:
    try:
        return lines_of(held, order_of(held, me()))
    except OrderInvalid:
        return lines_of(held, None)


def _state(held: Ledger) -> str:
    """Whether the bureau has columns of its own, and whether they hold."""
    try:
        return "own" if own_order(instance(), me().district, held) else ""
    except OrderInvalid:
        return "invalid"


def _ledger(name: str) -> Ledger:
    held = ledgers().get(name)
    if held is None:
        abort(404)
    return held
