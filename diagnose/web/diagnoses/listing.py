"""The list of diagnoses, page by page, with what its filters offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col

from diagnose.assigning.searching import DiagnosisSearch, overdue, packages
from diagnose.records import Account, Diagnosis, Firm, Provider
from diagnose.roster.searching import offered
from diagnose.web.paging import Paged, paged
from diagnose.workflow import MACHINE

COLUMNS = (Diagnosis, Firm, Provider.name, Account.name)
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A diagnosis, whose, with whom, led by whom."""

    diagnosis: Diagnosis
    firm: Firm
    provider: str | None
    lead: str | None


def browse_diagnoses(
    session: Session, district: str, search: DiagnosisSearch, number: int
) -> Paged:
    """One page of the diagnoses found."""
    found = paged(session, search.ordered(district, *COLUMNS), number, PER_PAGE)
    return Paged([Row(*row) for row in found.rows], found.count, found.number, found.size)


def all_diagnoses(session: Session, district: str, search: DiagnosisSearch) -> list[Row]:
    """Every diagnosis found."""
    return [Row(*row) for row in session.execute(search.ordered(district, *COLUMNS))]


def states_of(
    session: Session, district: str, search: DiagnosisSearch
) -> Mapping[str, tuple[int, int]]:
    """How many diagnoses stand where and how many of them are late, the state sought aside."""
    anywhere = DiagnosisSearch.read(search.arguments(state="", overdue=""))
    late = func.sum(case((overdue(), 1), else_=0))
    query = anywhere.found(district, Diagnosis.state, func.count(), late)
    counted = {
        row[0]: (row[1], row[2]) for row in session.execute(query.group_by(col(Diagnosis.state)))
    }
    return {state: counted[state] for state in MACHINE.states if state in counted}


def choices(session: Session, district: str) -> Mapping[str, list[tuple[Any, str]]]:
    """What each filter offers: value and name."""
    found = offered(session, district)
    return {
        "region": [(name, name) for name in found.regions],
        "provider": list(found.providers),
        "package": [(name, name) for name in packages(session, district)],
    }
