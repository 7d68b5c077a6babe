"""What lags: late projects, months not reported, effects not reported; invoices named twice."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.records import Firm, Project, note
from diagnose.retrofits.accepting import repeated_in_district
from diagnose.retrofits.lateness import EffectDue, Owed, effects_due, late_projects, months_owed
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.pool.blueprint import blueprint
from diagnose.web.retrofits.words import name_of
from questionnaires.clock import today
from reports.workbook.tables import Sheet

SHOWN = 200  # rows of each list on the page; the Excel file holds all


@blueprint.get("/late")
@needs(Capability.POOL)
def late() -> str:
    """Everything that lags, and why."""
    district, day = me().district, today()
    return render_template(
        "pool/late.html",
        late=late_projects(records(), district, day),
        owed=months_owed(records(), district, day),
        effects=_effects(district),
        twice=_twice(district),
        shown=SHOWN,
        today=day,
    )


@blueprint.get("/late/reminders")
@needs(Capability.POOL)
def reminders() -> ResponseReturnValue:
    """Months and effects to remind firms of, as an Excel file."""
    district, day = me().district, today()
    owed, effects = months_owed(records(), district, day), _effects(district)
    content = workbook_of([_months_sheet(owed), _effects_sheet(effects)])
    note(records(), actor(), "project.remind", months=len(owed), effects=len(effects))
    records().commit()
    name = _("Project reminders %(district)s %(day)s.xlsx", district=district, day=day)
    return send_excel(content, name)


def _effects(district: str) -> list[EffectDue]:
    """The looks at effects that are still to come or overdue."""
    return [look for look in effects_due(records(), district) if not look.reported]


def _twice(district: str) -> list[tuple[str, list[tuple[Project, Firm]]]]:
    """Invoices that several projects of the district name."""
    named = repeated_in_district(records(), district)
    ids = {id_ for each in named.values() for id_ in each}
    rows = records().exec(
        select(Project, Firm)
        .join(Firm, col(Firm.id) == Project.firm_id)
        .where(col(Project.id).in_(ids))
    )
    held = {project.id: (project, firm) for project, firm in rows}
    return [(number, [held[id_] for id_ in each]) for number, each in named.items()]


def _months_sheet(owed: list[Owed]) -> Sheet:
    cells: dict[tuple[str, float], list[Any]] = _whose(owed) | {
        (_("Month"), 10): [each.month.strftime("%Y-%m") for each in owed],
        (_("Due on"), 12): [each.due.isoformat() for each in owed],
    }
    return Sheet.of(_("Monthly reports due"), cells)


def _effects_sheet(effects: list[EffectDue]) -> Sheet:
    cells: dict[tuple[str, float], list[Any]] = _whose(effects) | {
        (_("After months"), 10): [each.months for each in effects],
        (_("Due on"), 12): [each.due.isoformat() for each in effects],
    }
    return Sheet.of(_("Effects to report"), cells)


def _whose(rows: list[Any]) -> dict[tuple[str, float], list[Any]]:
    return {
        (_("Firm"), 36): [each.firm.name for each in rows],
        (_("Project"), 32): [name_of(each.project) for each in rows],
        (_("Street or park"), 16): [each.firm.region for each in rows],
        (_("Contact"), 14): [each.firm.contact for each in rows],
    }
