"""The roster as it stood on a past day: a page of it, and all of it as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.records import note
from diagnose.roster.past import Then, as_then, listed_on
from diagnose.roster.register import as_day
from diagnose.roster.words import GROUNDS, honours_in
from diagnose.web.access import actor, me
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from diagnose.web.paging import Paged, page_number, paged
from diagnose.web.roster.listing import choices
from models.firms import industry_name
from questionnaires.clock import today
from reports.workbook.tables import Column, Sheet

PER_PAGE = 25


def past_day(given: Mapping[str, str]) -> date | None:
    """The day asked for, not later than today; None where none is."""
    day = as_day(given.get("on", "").strip())
    return min(day, today()) if day else None


def browse_past(day: date) -> ResponseReturnValue:
    """A page of the roster of that day."""
    district, search = me().district, _search()
    found = paged(
        records(), listed_on(district, day, **search), page_number(request.args), PER_PAGE
    )
    rows = as_then(records(), district, day, found.rows)
    return render_template(
        "roster/past.html",
        day=day,
        today=today(),
        search=search,
        page=Paged(rows, found.count, found.number, found.size),
        choices=choices(records(), district),
        grounds=GROUNDS,
    )


def export_past(day: date) -> ResponseReturnValue:
    """The roster of that day as an Excel file."""
    district = me().district
    rows = records().execute(listed_on(district, day, **_search())).all()
    then = as_then(records(), district, day, rows)
    note(records(), actor(), "roster.export", firms=len(then), phones=False, on=day.isoformat())
    records().commit()
    name = _("Roster %(district)s %(day)s.xlsx", district=district, day=day)
    title = _("Roster on %(day)s", day=day)
    return send_excel(workbook_of([Sheet(title, tuple(_columns(then)))]), name)


def _search() -> dict[str, str]:
    division = request.args.get("division", "")
    return {
        "street": request.args.get("region", ""),
        "division": division if division.isascii() and division.isdigit() else "",
    }


def _columns(rows: Sequence[Then]) -> list[Column]:
    cells: dict[tuple[str, float], list[Any]] = {
        (_("Unified social credit code"), 22): [r.facts["uscc"] for r in rows],
        (_("Name of the firm"), 36): [r.facts["name"] for r in rows],
        (_("Street"), 16): [r.facts["region"] for r in rows],
        (_("Park"), 16): [r.facts["park"] for r in rows],
        (_("Industry code"), 10): [r.facts["industry"] for r in rows],
        (_("Industry"), 24): [told(industry_name(r.facts["industry"])) for r in rows],
        (_("Industry chain"), 14): [r.facts["chain"] for r in rows],
        (_("Employees"), 10): [r.facts["employees"] for r in rows],
        (_("Revenue (CNY 10,000)"), 12): [r.facts["revenue"] for r in rows],
        (_("Size"), 10): [told(size_name(r.spell.size)) for r in rows],
        (_("Honours"), 24): ["；".join(map(told, honours_in(r.spell.honours))) for r in rows],
        (_("Entered"), 12): [r.spell.entered.isoformat() for r in rows],
        (_("Exempt"), 16): [told(GROUNDS.get(r.spell.ground)) for r in rows],
        (_("Production rests"), 8): [_("yes") if r.spell.stopped else _("no") for r in rows],
    }
    return [Column(head, width, values) for (head, width), values in cells.items()]
