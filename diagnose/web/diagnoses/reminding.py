"""Reminders as an Excel file: who is late, and by whom it is held up. Nothing is sent by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.assigning.searching import DiagnosisSearch
from diagnose.records import Diagnosis, Firm, Provider, note
from diagnose.records.columns import now
from diagnose.roster.masking import masked
from diagnose.roster.standing import Standing
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.diagnoses.blueprint import blueprint
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.roster.listing import state_title
from questionnaires.clock import day_of, today
from questionnaires.normal import whole_number
from reports.workbook.tables import Sheet

IDLE_DAYS, MOST_DAYS = 7, 365
WITH_FIRM = "with_firm"


@blueprint.get("/reminders")
@needs(Capability.ASSIGN)
def reminders() -> ResponseReturnValue:
    """The lists as an Excel file; `days` says how long a draft may lie untouched."""
    asked = whole_number(request.args.get("days", ""))
    days = IDLE_DAYS if asked is None else min(asked, MOST_DAYS)
    content = workbook_of(_sheets(days))
    note(records(), actor(), "diagnosis.reminders", days=days)
    records().commit()
    name = _("Reminders %(district)s %(day)s.xlsx", district=me().district, day=today())
    return send_excel(content, name)


def _sheets(days: int) -> list[Sheet]:
    """A sheet for each thing that is waited for."""
    standing = Standing(me().district, today())
    due = standing.of(Firm, standing.account, standing.submitted_at, standing.drafted_at).where(
        standing.listed, ~standing.excluded
    )
    firms = [tuple(row) for row in records().execute(due.order_by(Firm.region, Firm.name))]
    idle = now() - timedelta(days=days)
    open_ = [row for row in firms if row[2] is None]
    return [
        _firms(_("Account not activated"), [row for row in firms if row[1] != "active"]),
        _firms(_("Self-assessment not begun"), [r for r in open_ if r[1] == "active" and not r[3]]),
        _firms(_("Draft lies untouched"), [r for r in open_ if r[3] and r[3] < idle]),
        *_diagnoses(),
    ]


def _firms(name: str, rows: list[tuple[Any, ...]]) -> Sheet:
    columns: dict[tuple[str, float], list[Any]] = {
        (_("Unified social credit code"), 22): [firm.uscc for firm, *_rest in rows],
        (_("Firm"), 36): [firm.name for firm, *_rest in rows],
        (_("Street or park"), 16): [firm.region for firm, *_rest in rows],
        (_("Contact"), 14): [firm.contact for firm, *_rest in rows],
        (_("Phone"), 16): [masked(firm.phone) for firm, *_rest in rows],
        (_("Draft last saved"), 14): [_day(row[3]) for row in rows],
    }
    return Sheet.of(name, columns)


def _diagnoses() -> list[Sheet]:
    late, waiting = DiagnosisSearch(overdue="yes"), DiagnosisSearch(state=WITH_FIRM)
    overdue = [row for row in _found(late) if row[0].state != WITH_FIRM]
    return [
        _clocks(_("With the firm to confirm"), _found(waiting)),
        _clocks(_("Overdue"), overdue),
    ]


def _found(search: DiagnosisSearch) -> list[tuple[Any, ...]]:
    query = search.ordered(me().district, Diagnosis, Firm, Provider.name)
    return [tuple(row) for row in records().execute(query)]


def _clocks(name: str, rows: list[tuple[Any, ...]]) -> Sheet:
    day = today()
    columns: dict[tuple[str, float], list[Any]] = {
        (_("Number"), 16): [diagnosis.number for diagnosis, _firm, _name in rows],
        (_("Firm"), 36): [firm.name for _diagnosis, firm, _name in rows],
        (_("Street or park"), 16): [firm.region for _diagnosis, firm, _name in rows],
        (_("Contact"), 14): [firm.contact for _diagnosis, firm, _name in rows],
        (_("State"), 14): [state_title(diagnosis.state) for diagnosis, _firm, _name in rows],
        (_("Provider"), 28): [provider for _diagnosis, _firm, provider in rows],
        (_("Since"), 12): [_day(diagnosis.state_since) for diagnosis, _firm, _name in rows],
        (_("Due"), 12): [_day(diagnosis.due_at) for diagnosis, _firm, _name in rows],
        (_("Days overdue"), 10): [
            max((day - day_of(diagnosis.due_at)).days, 0) if diagnosis.due_at else None
            for diagnosis, _firm, _name in rows
        ],
    }
    return Sheet.of(name, columns)


def _day(moment: datetime | None) -> str | None:
    return format_date(moment, "yyyy-MM-dd") if moment else None
