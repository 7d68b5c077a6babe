"""The roster as it stood on a past day: a page of it, and all of it as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.records import note
from diagnose.roster.exporting import roster_sheet
from diagnose.roster.past import PastSearch, as_then, listed_on
from diagnose.roster.register import as_day
from diagnose.roster.words import GROUNDS
from diagnose.web.access import actor, me
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.languages import language
from diagnose.web.paging import Paged, page_number, paged
from diagnose.web.roster.listing import choices
from questionnaires.clock import today

PER_PAGE = 25


def past_day(given: Mapping[str, str]) -> date | None:
    """The day asked for, not later than today; None where none is."""
    day = as_day(given.get("on", "").strip())
    return min(day, today()) if day else None


def browse_past(day: date) -> ResponseReturnValue:
    """A page of the roster of that day."""
    district, search = me().district, PastSearch.read(request.args)
    found = paged(records(), listed_on(district, day, search), page_number(request.args), PER_PAGE)
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
    rows = records().execute(listed_on(district, day, PastSearch.read(request.args))).all()
    then = as_then(records(), district, day, rows)
    note(records(), actor(), "roster.export", firms=len(then), phones=False, on=day.isoformat())
    records().commit()
    name = _("Roster %(district)s %(day)s.xlsx", district=district, day=day)
    return send_excel(workbook_of([roster_sheet(then, day, language())]), name)
