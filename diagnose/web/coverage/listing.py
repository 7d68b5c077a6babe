"""The firms behind a figure of coverage, a page at a time or as an Excel file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.coverage import BY, Figures, figures_of
from diagnose.coverage.arrays import Ints, places
from diagnose.coverage.counting import tag_names
from diagnose.coverage.indicators import visited
from diagnose.records import Firm, RosterEvent, note
from diagnose.records.roster import Change
from diagnose.roster.words import GROUNDS, HONOURS, LISTINGS
from diagnose.web.access import actor, me, needs
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.coverage.choosing import Chosen, choose
from diagnose.web.coverage.naming import providers
from diagnose.web.coverage.words import figure_title, heads, part_name
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from diagnose.web.paging import Paged, page_number
from diagnose.web.roster.listing import state_title
from models.firms import SIZES, industry_name
from questionnaires.normal import whole_number
from reports.workbook.tables import Column, Sheet

PAGE = 50
AT_ONCE = 5_000
LARGEST = 2**31
_TROUBLESOME = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet cannot hold


@dataclass(frozen=True, slots=True)
class Row:
    """A firm of a list as it stood on the day; `ours` says that its own page may be opened."""

    id: int
    uscc: str
    name: str
    ours: bool
    street: str
    industry: str
    size: str
    listing: str
    entered: date | None
    state: str
    ground: str
    since: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in the language of the request, each looked up once for a list."""

    streets: Mapping[int, str]
    industry: Callable[[int], str]
    size: Callable[[int], str]
    listing: Callable[[int], str]
    ground: Callable[[int], str]
    state: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list: a figure, and the part of the district it is narrowed to."""

    figure: str
    by: str
    key: int
    chosen: Chosen

    def arguments(self) -> dict[str, str | int]:
        """The address of this list."""
        more: dict[str, str | int] = {"figure": self.figure}
        if self.by:
            more |= {"by": self.by, "key": self.key}
        return self.chosen.arguments(**more)


@blueprint.get("/firms")
@needs(Capability.COVERAGE)
def firms() -> ResponseReturnValue:
    """The firms that a figure counts."""
    asked = _asked()
    found, ids, title = _found(asked)
    number = min(page_number(request.args), max(1, -(-ids.size // PAGE)))
    rows = _rows(records(), found, ids[(number - 1) * PAGE : number * PAGE])
    return render_template(
        "coverage/firms.html",
        asked=asked,
        title=title,
        part=_part(asked),
        list=Paged(rows, int(ids.size), number, PAGE),
        exempt=asked.figure == "excluded" or asked.figure.startswith("ground:"),
    )


@blueprint.get("/firms.xlsx")
@needs(Capability.COVERAGE)
def export() -> ResponseReturnValue:
    """The same firms as an Excel file."""
    asked = _asked()
    found, ids, title = _found(asked)
    rows = _rows(records(), found, ids)
    note(
        records(), actor(), "coverage.export", "coverage",
        figure=asked.figure, on=asked.chosen.day.isoformat(), firms=len(rows),
    )  # fmt: skip
    records().commit()
    content = workbook_of([_sheet(title, rows)])
    name = _("Coverage %(title)s %(day)s.xlsx", title=title, day=asked.chosen.day)
    return send_excel(content, name.replace("/", "-"))


def _found(asked: Asked) -> tuple[Figures, Ints, str]:
    """The figures of the day, the firms of the list, and what it is called."""
    chosen, title = asked.chosen, figure_title(asked.figure)
    found = figures_of(records(), me().district, chosen.day, chosen.campaign)
    if asked.figure == "visited" and not asked.by:
        been = visited(records(), found.panel, chosen.day) & found.at.due
        ids: Ints | None = found.panel.firms[been]
    else:
        ids = found.firms(asked.figure, asked.by, asked.key)
    if ids is None or title is None:
        raise NotFound
    return found, ids, title


def _asked() -> Asked:
    figure, by = request.args.get("figure", "due"), request.args.get("by", "")
    key = request.args.get("key", "0")
    digits = key.removeprefix("-")
    known = whole_number(digits, LARGEST - 1) is not None
    if (by and by not in BY) or not known:
        raise NotFound
    return Asked(figure, by, int(key), choose(records(), me().district, request.args))


def _part(asked: Asked) -> str:
    """The name of the part that a list is narrowed to."""
    known = {"size": range(-1, len(SIZES)), "honour": HONOURS, "industry": range(100)}
    if asked.by in known and asked.key not in known[asked.by]:
        raise NotFound
    if not asked.by:
        return ""
    names = providers(records()) if asked.by == "provider" else tag_names(records(), me().district)
    return f"{heads()[asked.by]}: {part_name(asked.by, asked.key, names)}"


def _rows(session: Session, found: Figures, ids: Ints) -> list[Row]:
    """The firms of a list as they stood on its day, in its order."""
    names, reasons = _names(session), _reasons(session, found, ids)
    held: dict[int, Row] = {}
    for start in range(0, ids.size, AT_ONCE):
        some = ids[start : start + AT_ONCE].tolist()
        query = select(Firm.id, Firm.uscc, Firm.name, Firm.district).where(col(Firm.id).in_(some))
        at = dict(zip(some, places(np.array(some), found.panel.firms).tolist(), strict=True))
        for number, uscc, name, district in session.execute(query):
            firm = (number, uscc, name, district == found.panel.district)
            held[number] = _row(found, at[number], firm, names, reasons)
    return [held[number] for number in ids.tolist() if number in held]


def _names(session: Session) -> Names:
    return Names(
        streets=tag_names(session, me().district),
        industry=cache(lambda code: told(industry_name(f"{code:02d}" if code else ""))),
        size=cache(lambda size: told(size_name(size))),
        listing=cache(lambda listing: told(LISTINGS[listing])),
        ground=cache(lambda ground: told(GROUNDS[ground])),
        state=cache(state_title),
    )


def _row(
    found: Figures,
    place: int,
    firm: tuple[int, str, str, bool],
    names: Names,
    reasons: Mapping[int, str],
) -> Row:
    spells, at, last = found.panel.spells, found.at, int(found.at.last[place])
    known, exempt = last >= 0, bool(at.exempt[place])
    return Row(
        *firm,
        street=names.streets.get(int(spells.street[last]), ""),
        industry=names.industry(int(spells.division[last])),
        size=names.size(int(spells.size[last])),
        listing=names.listing(int(spells.listing[last])),
        entered=date.fromordinal(int(spells.entered[last])) if known else None,
        state=names.state(at.states[int(at.state[place])]),
        ground=names.ground(int(spells.ground[last])) if exempt else "",
        since=date.fromordinal(int(spells.ground_since[last])) if exempt else None,
        reason=reasons.get(firm[0], "") if exempt else "",
    )


def _reasons(session: Session, found: Figures, ids: Ints) -> Mapping[int, str]:
    """What the roster says why firms are exempt: the last exemption up to the day."""
    exempt = ids[found.at.exempt[places(ids, found.panel.firms)]]
    reasons: dict[int, str] = {}
    for start in range(0, max(exempt.size, 1), AT_ONCE):
        query = (
            select(RosterEvent.firm_id, RosterEvent.reason)
            .where(
                col(RosterEvent.firm_id).in_(exempt[start : start + AT_ONCE].tolist()),
                RosterEvent.district == found.panel.district,
                RosterEvent.change == Change.EXEMPTED,
                col(RosterEvent.effective_on) <= date.fromordinal(found.at.day),
            )
            .order_by(col(RosterEvent.effective_on), col(RosterEvent.id))
        )
        reasons.update(tuple(row) for row in session.execute(query))
    return reasons


def _sheet(title: str, rows: Sequence[Row]) -> Sheet:
    columns: dict[tuple[str, float], list[str | float | None]] = {
        (_("Unified social credit code"), 22): [row.uscc for row in rows],
        (_("Firm"), 36): [row.name for row in rows],
        (_("Street"), 16): [row.street for row in rows],
        (_("Industry"), 26): [row.industry for row in rows],
        (_("Size"), 10): [row.size for row in rows],
        (_("On the roster"), 18): [row.listing for row in rows],
        (_("Entered on"), 12): [_iso(row.entered) for row in rows],
        (_("State of the diagnosis"), 18): [row.state for row in rows],
        (_("Ground of exemption"), 18): [row.ground for row in rows],
        (_("Exempt since"), 12): [_iso(row.since) for row in rows],
        (_("Reason"), 40): [row.reason for row in rows],
    }
    named = _TROUBLESOME.sub(" ", title)[:31]
    return Sheet(named, tuple(Column(*head, cells) for head, cells in columns.items()))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
