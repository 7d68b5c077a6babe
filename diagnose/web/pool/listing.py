"""The list of the pool, page by page and as an Excel file, with what its filters offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session

from diagnose.records import Firm, Project
from diagnose.retrofits import step_of
from diagnose.retrofits.searching import NO_TYPE, PoolSearch, types_of
from diagnose.roster.searching import offered
from diagnose.web.languages import told
from diagnose.web.paging import Paged, paged
from diagnose.web.retrofits.words import ORIGINS, name_of, type_name
from models.firms import industry_name
from questionnaires.clock import day_of
from reports.workbook.tables import Column, Sheet

PER_PAGE = 25
COLUMNS: tuple[Any, ...] = (
    Project,
    Firm,
    "in_force.total",
    "in_force.ends_on",
    "spending.spent",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A project, whose, its contract in force, and what was spent."""

    project: Project
    firm: Firm
    total: float | None
    ends_on: date | None
    spent: float | None


def browse_projects(
    session: Session, district: str, search: PoolSearch, late: Collection[int], number: int
) -> Paged:
    """One page of the projects found."""
    found = paged(session, search.ordered(district, late, *COLUMNS), number, PER_PAGE)
    return Paged([Row(*row) for row in found.rows], found.count, found.number, found.size)


def all_projects(
    session: Session, district: str, search: PoolSearch, late: Collection[int]
) -> list[Row]:
    """Every project found."""
    return [Row(*row) for row in session.execute(search.ordered(district, late, *COLUMNS))]


def choices(session: Session, district: str) -> Mapping[str, list[tuple[Any, str]]]:
    """What each filter offers: value and name."""
    found = offered(session, district)
    return {
        "region": [(name, name) for name in found.regions],
        "division": [(code, f"{code} {told(industry_name(code))}") for code in found.divisions],
        "type": [(type_ or NO_TYPE, type_name(type_)) for type_ in types_of(session, district)],
        "origin": [(origin, str(name)) for origin, name in ORIGINS.items()],
        "year": [(year, _("Year %(number)s", number=year)) for year in (1, 2, 3)],
    }


def sheet_of(rows: list[Row], late: Collection[int]) -> Sheet:
    """The list as a sheet of an Excel file."""
    projects = [row.project for row in rows]
    cells: dict[tuple[str, float], list[Any]] = {
        (_("Firm"), 36): [row.firm.name for row in rows],
        (_("Project"), 32): [name_of(project) for project in projects],
        (_("Unified social credit code"), 22): [row.firm.uscc for row in rows],
        (_("Street or park"), 16): [row.firm.region for row in rows],
        (_("Industry"), 24): [told(industry_name(row.firm.industry)) for row in rows],
        (_("Type"), 26): [type_name(project.type) for project in projects],
        (_("Origin"), 16): [str(ORIGINS[project.origin]) for project in projects],
        (_("Stage"), 12): [told(step_of(project).title) for project in projects],
        (_("Stage since"), 12): [
            day_of(p.stage_since).isoformat() if p.stage_since else None for p in projects
        ],
        (_("Late"), 8): [_("yes") if project.id in late else _("no") for project in projects],
        (_("Year"), 8): [project.year for project in projects],
        (_("Estimate, low (CNY 10,000)"), 14): [project.cost_low for project in projects],
        (_("Estimate, middle (CNY 10,000)"), 14): [project.cost_mid for project in projects],
        (_("Estimate, high (CNY 10,000)"), 14): [project.cost_high for project in projects],
        (_("Contract (CNY 10,000)"), 14): [row.total for row in rows],
        (_("Spent so far (CNY 10,000)"), 14): [row.spent for row in rows],
        (_("Done, per cent"), 10): [project.progress for project in projects],
        (_("Contract ends on"), 12): [
            row.ends_on.isoformat() if row.ends_on else None for row in rows
        ],
    }
    columns = (Column(head, width, values) for (head, width), values in cells.items())
    return Sheet(_("Project pool"), tuple(columns))
