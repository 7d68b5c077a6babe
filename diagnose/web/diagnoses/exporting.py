"""The list of diagnoses as an Excel file, as it was searched and in its order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.assigning.searching import DiagnosisSearch
from diagnose.records import CLOSED, Diagnosis, note
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.diagnoses.blueprint import blueprint
from diagnose.web.diagnoses.listing import Row, all_diagnoses
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.languages import told
from diagnose.web.roster.listing import state_title
from models.firms import industry_name
from questionnaires.clock import day_of, today
from reports.workbook.tables import Sheet


@blueprint.get("/export")
@needs(Capability.ASSIGN)
def export() -> ResponseReturnValue:
    """The diagnoses found, all of them."""
    rows = all_diagnoses(records(), me().district, DiagnosisSearch.read(request.args))
    content = workbook_of([_sheet(rows)])
    note(records(), actor(), "diagnosis.export", diagnoses=len(rows))
    records().commit()
    name = _("Diagnoses %(district)s %(day)s.xlsx", district=me().district, day=today())
    return send_excel(content, name)


def _sheet(rows: list[Row]) -> Sheet:
    cells: dict[tuple[str, float], list[Any]] = {
        (_("Number"), 16): [row.diagnosis.number for row in rows],
        (_("Firm"), 36): [row.firm.name for row in rows],
        (_("Unified social credit code"), 22): [row.firm.uscc for row in rows],
        (_("Street or park"), 16): [row.firm.region for row in rows],
        (_("Industry"), 24): [told(industry_name(row.firm.industry)) for row in rows],
        (_("State"), 14): [state_title(row.diagnosis.state) for row in rows],
        (_("Since"), 12): [_day(row.diagnosis.state_since) for row in rows],
        (_("Due"), 12): [_day(_due(row.diagnosis)) for row in rows],
        (_("Days overdue"), 10): [_days_over(row.diagnosis) for row in rows],
        (_("Provider"), 28): [row.provider for row in rows],
        (_("Lead consultant"), 14): [row.lead for row in rows],
        (_("Service package"), 16): [row.diagnosis.package for row in rows],
        (_("Rounds of review"), 10): [row.diagnosis.rounds for row in rows],
        (_("Accepted on"), 12): [_iso(row.diagnosis.accepted_on) for row in rows],
        (_("Valid until"), 12): [_iso(row.diagnosis.valid_until) for row in rows],
    }
    return Sheet.of(_("Diagnoses"), cells)


def _due(diagnosis: Diagnosis) -> datetime | None:
    return None if diagnosis.state in CLOSED else diagnosis.due_at


def _days_over(diagnosis: Diagnosis) -> int | None:
    due = _due(diagnosis)
    return max((today() - day_of(due)).days, 0) if due else None


def _day(moment: datetime | None) -> str | None:
    return _iso(day_of(moment)) if moment else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
