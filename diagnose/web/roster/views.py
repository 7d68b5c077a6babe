"""The roster: search, one firm's file, the list as an Excel file, diagnoses opened."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.access import Capability
from diagnose.records import Firm
from diagnose.retrofits import LIFE
from diagnose.roster.searching import Search
from diagnose.roster.words import GROUNDS, LISTINGS, honours_in
from diagnose.web.access import find, me, needs, saw
from diagnose.web.choosing import wants_all
from diagnose.web.database import records
from diagnose.web.fields import PlainForm
from diagnose.web.paging import page_number
from diagnose.web.roster import operations
from diagnose.web.roster.blueprint import blueprint
from diagnose.web.roster.chosen import chosen_firms
from diagnose.web.roster.exporting import send_list
from diagnose.web.roster.firm_file import file_of
from diagnose.web.roster.forms import PhonesForm
from diagnose.web.roster.listing import (
    browse_firms,
    choices,
    state_title,
    states_of,
)
from diagnose.web.roster.past_pages import browse_past, export_past, past_day
from diagnose.web.worklist.history import history
from models.firms import industry_name
from questionnaires.clock import today


@blueprint.app_context_processor
def offer_names() -> dict[str, object]:
    """Let pages name states and trades."""
    return {"state_title": state_title, "industry_name": industry_name, "stages": LIFE.stages}


@blueprint.get("/")
@needs(Capability.ROSTER)
def browse() -> ResponseReturnValue:
    """The firms of the district, searched and in order; with `on`, as they stood on that day."""
    day = past_day(request.args)
    if day is not None:
        return browse_past(day)
    search, district = Search.read(request.args), me().district
    return render_template(
        "roster/browse.html",
        search=search,
        page=browse_firms(records(), district, search, page_number(request.args)),
        states=states_of(records(), district, search),
        choices=choices(records(), district),
        today=today(),
    )


@blueprint.get("/<int:firm_id>")
@needs(Capability.ROSTER)
def firm(firm_id: int) -> ResponseReturnValue:
    """One firm's file."""
    found = find(Firm, firm_id)
    kept = file_of(records(), found)
    page = render_template(
        "roster/firm.html",
        file=kept,
        honours_in=honours_in,
        listings=LISTINGS,
        grounds=GROUNDS,
        history=history(records(), kept.latest) if kept.latest else [],
    )
    saw("firm", f"firm:{firm_id}", firm_id)
    return page


@blueprint.get("/export")
@needs(Capability.ROSTER)
def export() -> ResponseReturnValue:
    """The list as an Excel file, phone numbers masked; with `on`, as it stood on that day."""
    day = past_day(request.args)
    if day is not None:
        return export_past(day)
    return send_list(phones=False, reason="")


@blueprint.route("/phones", methods=["GET", "POST"])
@needs(Capability.ROSTER)
def phones() -> ResponseReturnValue:
    """The same with phone numbers in full, for a reason that is logged."""
    form, search = PhonesForm(), Search.read(request.args)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roster/phones.html", form=form, search=search), status
    return send_list(phones=True, reason=form.reason.data.strip())


@blueprint.post("/open")
@needs(Capability.ASSIGN)
def open_() -> ResponseReturnValue:
    """Open a diagnosis for the chosen firms that have neither an open nor a valid one."""
    if not PlainForm().validate_on_submit():
        return redirect(url_for(".browse"))
    chosen = chosen_firms(records(), me(), request.form)
    opened = operations.open_diagnoses(
        records(), me().district, {chosen_firm.id or 0 for chosen_firm in chosen}
    )
    records().commit()
    if opened:
        said = ngettext("One diagnosis opened.", "%(num)s diagnoses opened.", opened)
        flash(said, "good")
    else:
        flash(_("None of these firms lacked a diagnosis: choose above-scale firms without one."))
    search: dict[str, Any] = {}
    if wants_all(request.form):
        search = dict(Search.read(request.form).arguments())
    return redirect(url_for(".browse", **search))
