"""One need of the sheet: added, changed, taken off."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Firm, Need, NeedStage
from diagnose.web.access import LARGEST_ID, find, needs
from diagnose.web.census import operations
from diagnose.web.census.blueprint import blueprint
from diagnose.web.census.forms import NeedForm, need_form
from diagnose.web.census.sheet import Sheet, own_sheet
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import PlainForm, status_of

MEANWHILE = 409
HELP = {"advice", "training", "selection", "finance", "recruiting"}


@blueprint.route("/needs/new", methods=["GET", "POST"])
@needs(Capability.CENSUS)
def add() -> ResponseReturnValue:
    """A new need, or a planned project; it begins with what the self-assessment wished for."""
    sheet, planned = own_sheet(records()), bool(request.args.get("planned"))
    if not sheet.open:
        return redirect(url_for(".show"))
    form = NeedForm(planned=planned)
    if not form.is_submitted():
        begun = _suggested(sheet, planned=planned) | {"edition": sheet.edition}
        return _page(sheet, NeedForm(formdata=None, data=begun, planned=planned))
    if not form.validate():
        return _page(sheet, form), status_of(form)
    try:
        operations.add_need(records(), sheet.whose, form.values(), form.edition.data or 0)
    except ChangedMeanwhile:
        sheet = own_sheet(records())
        form.reopen(sheet.edition)
        return _page(sheet, form, meanwhile=True), MEANWHILE
    flash(_("The need is on the sheet."), "good")
    return redirect(url_for(".show"))


@blueprint.route("/needs/<int:need_id>", methods=["GET", "POST"])
@needs(Capability.CENSUS)
def need(need_id: int) -> ResponseReturnValue:
    """Change a need while nobody has worked on it."""
    found = _need(need_id)
    sheet = own_sheet(records())
    if not _may_change(sheet, found):
        return redirect(url_for(".show"))
    form = NeedForm(planned=found.planned)
    if not form.is_submitted():
        return _page(sheet, need_form(found), found)
    if not form.validate():
        return _page(sheet, form, found), status_of(form)
    try:
        operations.change_need(records(), found, form.values(), form.edition.data or 0)
    except ChangedMeanwhile:
        sheet, found = own_sheet(records()), _need(need_id)
        form.reopen(found.edition)
        return _page(sheet, form, found, meanwhile=True), MEANWHILE
    flash(_("Saved."), "good")
    return redirect(url_for(".show"))


@blueprint.route("/needs/<int:need_id>/remove", methods=["GET", "POST"])
@needs(Capability.CENSUS)
def remove(need_id: int) -> ResponseReturnValue:
    """Take a need off the sheet, once confirmed."""
    found = _need(need_id)
    form = PlainForm()
    if not _may_change(own_sheet(records()), found):
        return redirect(url_for(".show"))
    if not form.validate_on_submit():
        return render_template("census/remove.html", need=found, form=form)
    try:
        operations.remove_need(records(), found)
    except ChangedMeanwhile:
        flash(_("The sheet was handed in meanwhile; nothing was taken off."), "warn")
    else:
        flash(_("It is off the sheet."), "good")
    return redirect(url_for(".show"))


def _need(need_id: int) -> Need:
    """The need if it is one's own, otherwise 404, and logged."""
    held = records().get(Need, need_id) if need_id <= LARGEST_ID else None
    if held is None:
        raise NotFound
    find(Firm, held.firm_id)
    return held


def _may_change(sheet: Sheet, held: Need) -> bool:
    on_it = sheet.census is not None and held.census_id == sheet.census.id
    return sheet.open and on_it and held.stage == NeedStage.OPEN


def _suggested(sheet: Sheet, *, planned: bool) -> dict[str, object]:
    """What the self-assessment said that a first need may begin with."""
    hints = sheet.known.hints
    if planned or sheet.needs:
        return {}
    services = [id_ for id_ in hints.get("services", ()) if id_ in HELP]
    wish = str(hints.get("wish", ""))
    return {
        "name": wish[:200],
        "services": services,
        "open_to_visits": bool(hints.get("demo_site")),
    }


def _page(
    sheet: Sheet, form: NeedForm, held: Need | None = None, *, meanwhile: bool = False
) -> str:
    return render_template(
        "census/need.html", sheet=sheet, form=form, need=held, meanwhile=meanwhile
    )
