"""The roster as it stood on a past day: a page of it, and all of it as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session, func, select

from diagnose.jobs import Context, start, work
from diagnose.records import Actor, note
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
from questionnaires.text import Language, Text

PER_PAGE = 25
AT_ONCE = 5_000
"""So many firms are written while one waits; more by a job."""
WORK = "past_roster"
NAME = Text("{district}企业名录 {day}.xlsx", "Roster {district} {day}.xlsx")


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
    """The roster of that day as an Excel file; of a large district by a job."""
    search, speech = PastSearch.read(request.args), language()
    found = listed_on(me().district, day, search).order_by(None).subquery()
    if records().execute(select(func.count()).select_from(found)).scalar_one() > AT_ONCE:
        said = {"on": day.isoformat(), "search": asdict(search), "language": speech}
        return redirect(url_for("jobs.show", job_id=start(records(), me(), WORK, said).id))
    name, content = _written(records(), actor(), me().district, day, search, speech)
    return send_excel(content, name)


@work(WORK, Text("导出名录", "Write the roster to a file"))
def write_past(context: Context) -> tuple[str, bytes]:
    """The roster of a day, for the job of a large district."""
    said, who = context.arguments, context.account
    day, search = date.fromisoformat(said["on"]), PastSearch(**said["search"])
    return _written(context.session, Actor(who.id), who.district, day, search, said["language"])


def _written(  # all that the file depends on
    session: Session, who: Actor, district: str, day: date, search: PastSearch, speech: Language
) -> tuple[str, bytes]:
    """The file's name and content."""
    rows = session.execute(listed_on(district, day, search)).all()
    then = as_then(session, district, day, rows)
    content = workbook_of([roster_sheet(then, day, speech)])
    note(session, who, "roster.export", firms=len(then), phones=False, on=day.isoformat())
    session.commit()
    return NAME.format(district=district, day=day).to(speech), content
