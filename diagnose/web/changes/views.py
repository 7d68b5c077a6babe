"""The register of changes, a firm's history, and taking a change back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Firm
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.checking import EventRefused
from diagnose.roster.register import Entry, EventSearch, entries, with_effects
from diagnose.roster.stands import BRANCH, SURVIVES
from diagnose.roster.words import CHANGES, GROUNDS, HOW, honours_in
from diagnose.web.access import LARGEST_ID, find, me, needs, refuse_and_note, saw
from diagnose.web.changes.blueprint import blueprint
from diagnose.web.changes.forms import FLAGS, VoidForm
from diagnose.web.changes.kinds import ASKS, MEANT
from diagnose.web.changes.operations import take_back
from diagnose.web.changes.recording_pages import tell_moved
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.paging import Paged, page_number, paged
from models.firms import industry_name
from questionnaires.clock import today

PER_PAGE = 25


@blueprint.context_processor
def offer_words() -> dict[str, object]:
    """Let the pages name changes and what they say."""
    return {"changes": CHANGES, "facts_of": facts_of}


@blueprint.get("/")
@needs(Capability.ROSTER)
def index() -> ResponseReturnValue:
    """The register of changes and exemptions."""
    search, district = EventSearch.read(request.args), me().district
    found = paged(
        records(), entries(district, search, today()), page_number(request.args), PER_PAGE
    )
    rows = with_effects(records(), district, found.rows)
    page = Paged(rows, found.count, found.number, found.size)
    return render_template("changes/index.html", search=search, page=page, today=today())


@blueprint.get("/firm/<int:firm_id>")
@needs(Capability.ROSTER)
def firm(firm_id: int) -> ResponseReturnValue:
    """What happened to a firm, as a line of time."""
    found = find(Firm, firm_id)
    query = entries(me().district, EventSearch(), today()).where(
        col(RosterEvent.firm_id) == firm_id
    )
    rows = with_effects(records(), me().district, records().execute(query).all())
    page = render_template("changes/firm.html", firm=found, entries=rows, kinds=ASKS, meant=MEANT)
    saw("roster", f"firm:{firm_id}", firm_id)
    return page


@blueprint.route("/void/<int:event_id>", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def void(event_id: int) -> ResponseReturnValue:
    """Take a change back, with the reason; the line stays in the register."""
    entry, form = _entry(event_id), VoidForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("changes/void.html", form=form, entry=entry), status
    try:
        moved = take_back(records(), entry.event, form.reason.data.strip())
    except EventRefused as refused:
        records().rollback()
        form.reason.errors = [told(problem) for problem in refused.problems]
        return render_template("changes/void.html", form=form, entry=_entry(event_id)), 409
    records().commit()
    flash(_("Voided. The line stays in the register, marked as void."), "good")
    tell_moved(moved)
    return redirect(url_for(".firm", firm_id=entry.event.firm_id))


def _entry(event_id: int) -> Entry:
    """The line of an event of the officer's own roster."""
    event = records().get(RosterEvent, event_id) if event_id <= LARGEST_ID else None
    if event is None:
        raise NotFound
    find(Firm, event.firm_id)
    if event.district != me().district or event.change == Change.VOIDED:
        refuse_and_note("access.foreign", f"rosterevent:{event_id}")
        raise NotFound
    query = entries(me().district, EventSearch(), today()).where(col(RosterEvent.id) == event_id)
    [entry] = with_effects(records(), me().district, records().execute(query).all())
    return entry


def facts_of(event: RosterEvent) -> list[tuple[str, str]]:
    """What an event says of the firm, as names and values to read."""
    names = {
        "name": _("Name"),
        "uscc": _("Unified social credit code"),
        "industry": _("Industry"),
        "region": _("Street"),
        "park": _("Park"),
        "chain": _("Industry chain"),
        "employees": _("Employees"),
        "revenue": _("Revenue (CNY 10,000)"),
        "honours": _("Honours"),
        "grid": _("Looked after by"),
        "remark": _("Remarks"),
        "how": _("How it enters"),
        "ground": _("Ground of the exemption"),
        "was": _("before"),
        BRANCH: _("Branch counted with its legal unit"),
        SURVIVES: _("Goes on after the split"),
    }
    return [
        (title, _spelt(name, event.facts[name]))
        for name, title in names.items()
        if event.facts.get(name) not in (None, "", 0)
    ]


def _spelt(name: str, value: object) -> str:
    if name in FLAGS:
        return str(_("yes"))
    if name == "industry":
        return f"{value} {told(industry_name(str(value)))}"
    if name == "honours":
        return " · ".join(told(title) for title in honours_in(int(str(value))))
    if name == "ground":
        return told(GROUNDS.get(int(str(value))))
    if name == "how":
        return told(HOW.get(str(value)))
    return f"{value:.15g}" if isinstance(value, float) else str(value)
