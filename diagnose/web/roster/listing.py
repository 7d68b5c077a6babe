"""The list of firms, page by page and as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col

from diagnose.reading import standard
from diagnose.records import Firm
from diagnose.roster.searching import Search, offered
from diagnose.roster.standing import NEVER, Standing
from diagnose.roster.words import HONOURS
from diagnose.web.languages import told
from diagnose.web.paging import Paged, paged
from diagnose.workflow import MACHINE
from models.firms import SIZES, UNKNOWN_SIZE, industry_name
from questionnaires.clock import today
from questionnaires.text import Text

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
    return told(state_named(state))


def state_named(state: str) -> Text:
    """The same in either language."""
    return UNOPENED if state == NEVER else MACHINE.states[state].title


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
