"""The list of firms, page by page and as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import func
from sqlmodel import Session, col

from diagnose.reading import standard
from diagnose.records import Firm
from diagnose.roster.masking import masked
from diagnose.roster.searching import Search, offered
from diagnose.roster.standing import NEVER, Standing
from diagnose.roster.words import HONOURS, honours_in
from diagnose.web.excel import workbook_of
from diagnose.web.judging import level_name, size_name
from diagnose.web.languages import told
from diagnose.web.paging import Paged, paged
from diagnose.workflow import MACHINE
from models.firms import SIZES, UNKNOWN_SIZE, industry_name
from questionnaires.clock import today
from questionnaires.text import Text
from reports.workbook.tables import Column, Sheet

PER_PAGE = 25
UNOPENED = Text("未建诊断", "No diagnosis opened")


@dataclass(frozen=True, slots=True)
class Row:
    """A firm with how it stands."""

    firm: Firm
    diagnosis_id: int | None
    number: str | None
    state: str
    due_at: datetime | None
    provider: str | None
    level: int | None
    covered: bool
    account: str
    submitted_at: datetime | None
    size: int


def browse_firms(session: Session, district: str, search: Search, number: int) -> Paged:
    """One page of the firms found."""
    standing = Standing(district, today())
    found = paged(session, search.ordered(standing, *_columns(standing)), number, PER_PAGE)
    return Paged([Row(*row) for row in found.rows], found.count, found.number, found.size)


def all_firms(session: Session, district: str, search: Search) -> list[Row]:
    """Every firm found."""
    standing = Standing(district, today())
    return [Row(*row) for row in session.execute(search.ordered(standing, *_columns(standing)))]


def states_of(session: Session, district: str, search: Search) -> Mapping[str, int]:
    """How many firms found stand where, the state looked for aside; in the order of the way."""
    standing = Standing(district, today())
    anywhere = Search.read(search.arguments(state=""))
    query = anywhere.found(standing, standing.state, func.count()).group_by(standing.state)
    counted = {row[0]: row[1] for row in session.execute(query)}
    return {state: counted[state] for state in (NEVER, *MACHINE.states) if state in counted}


def choices(session: Session, district: str) -> Mapping[str, list[tuple[Any, str]]]:
    """What each filter offers: value and name."""
    found = offered(session, district)
    sizes = [(-1, UNKNOWN_SIZE), *enumerate(SIZES)]
    return {
        "region": [(name, name) for name in found.regions],
        "park": [(name, name) for name in found.parks],
        "chain": [(name, name) for name in found.chains],
        "honour": [(int(honour), told(name)) for honour, name in HONOURS.items()],
        "division": [(code, f"{code} {told(industry_name(code))}") for code in found.divisions],
        "provider": list(found.providers),
        "size": [(number, told(name)) for number, name in sizes],
        "level": [(number, told(name)) for number, name in enumerate(standard().level_names)],
    }


def state_title(state: str) -> str:
    """What a state is called, that of firms without a diagnosis included."""
    return told(UNOPENED if state == NEVER else MACHINE.states[state].title)


def workbook(rows: list[Row], *, phones: bool) -> bytes:
    """The list as an Excel file; phone numbers are masked unless `phones`."""
    return workbook_of([Sheet(_("Roster"), tuple(_excel_columns(rows, phones)))])


def _columns(standing: Standing) -> tuple[Any, ...]:
    return (
        Firm,
        col(standing.diagnosis.id),
        col(standing.diagnosis.number),
        standing.state,
        col(standing.diagnosis.due_at),
        col(standing.provider.name),
        standing.level,
        standing.covered,
        standing.account,
        standing.submitted_at,
        standing.size,
    )


def _excel_columns(rows: list[Row], phones: bool) -> list[Column]:
    accounts = {NEVER: _("None"), "waiting": _("Not activated"), "active": _("Activated")}
    cells: dict[tuple[str, float], list[Any]] = {
        (_("Unified social credit code"), 22): [r.firm.uscc for r in rows],
        (_("Name of the firm"), 36): [r.firm.name for r in rows],
        (_("Street or park"), 16): [r.firm.region for r in rows],
        (_("Industry code"), 10): [r.firm.industry for r in rows],
        (_("Industry"), 24): [told(industry_name(r.firm.industry)) for r in rows],
        (_("Above scale"), 8): [_("yes") if r.firm.on_roster else _("no") for r in rows],
        (_("Employees"), 10): [r.firm.employees for r in rows],
        (_("Revenue (CNY 10,000)"), 12): [r.firm.revenue for r in rows],
        (_("Size"), 10): [told(size_name(r.size)) for r in rows],
        (_("Park"), 16): [r.firm.park for r in rows],
        (_("Industry chain"), 16): [r.firm.chain for r in rows],
        (_("Honours"), 26): [" · ".join(map(told, honours_in(r.firm.honours))) for r in rows],
        (_("Contact"), 14): [r.firm.contact for r in rows],
        (_("Phone"), 16): [r.firm.phone if phones else masked(r.firm.phone) for r in rows],
        (_("Account"), 12): [accounts[r.account] for r in rows],
        (_("Self-assessment submitted"), 14): [_day(r.submitted_at) for r in rows],
        (_("Diagnosis"), 16): [r.number for r in rows],
        (_("State"), 14): [state_title(r.state) for r in rows],
        (_("Provider"), 26): [r.provider for r in rows],
        (_("Due"), 12): [_day(r.due_at) for r in rows],
        (_("Covered"), 8): [_("yes") if r.covered else _("no") for r in rows],
        (_("Verified level"), 14): [
            told(level_name(r.level)) if r.level is not None else None for r in rows
        ],
    }
    return [Column(head, width, values) for (head, width), values in cells.items()]


def _day(moment: datetime | None) -> str | None:
    return format_date(moment, "yyyy-MM-dd") if moment else None
