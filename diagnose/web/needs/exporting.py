"""Needs and their sums as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from diagnose.needs.fields import census_form
from diagnose.needs.matching import project_name, scene_titles
from diagnose.needs.states import NEED_TITLES
from diagnose.needs.sums import Row, Sums
from diagnose.web.excel import workbook_of
from diagnose.web.languages import told
from models.firms import industry_name
from reports.workbook.tables import Cell, Column, Sheet

HIDDEN = "*"


def needs_book(rows: Sequence[tuple[Any, ...]], sums: Sums) -> bytes:
    """The needs one by one where there are any, then every table of sums, then how to read them."""
    tables = [_list(rows)] if rows else []
    tables += [_sums(sums, name) for name in TITLES]
    return workbook_of([*tables, _pains(sums), _worries(sums), _reading(sums)])


def named(name: str, key: str) -> str:
    """What a row of a table of sums is called."""
    if name == "division":
        return told(industry_name(key))
    if not key:
        return str(_("not said"))
    return told(project_name(key)) if name == "type" else told(scene_titles()[key])


def pain_name(pain: str) -> str:
    """What a pain is called."""
    options = next(f.options for f in census_form().fields if f.id == "pains")
    return told(options[pain]) if pain in options else pain


def worry_name(worry: str) -> str:
    """What a worry is called."""
    options = next(f.options for f in census_form().fields if f.id == "concerns")
    return told(options[worry]) if worry in options else worry


TITLES = ("division", "type", "scene")


def _list(rows: Sequence[tuple[Any, ...]]) -> Sheet:
    lists = census_form().lists
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Firm"), 32): [firm.name for _need, firm, _stage in rows],
        (_("Need"), 36): [need.name for need, _firm, _stage in rows],
        (_("Unified social credit code"), 22): [firm.uscc for _need, firm, _stage in rows],
        (_("Street or park"), 16): [firm.region for _need, firm, _stage in rows],
        (_("Industry"), 24): [told(industry_name(firm.industry)) for _need, firm, _stage in rows],
        (_("State"), 12): [told(NEED_TITLES[need.stage]) for need, _firm, _stage in rows],
        (_("Kind"), 12): [
            _("planned project") if need.planned else _("Need") for need, _firm, _stage in rows
        ],
        (_("Project type"), 28): [_type(need.type) for need, _firm, _stage in rows],
        (_("Matched to"), 28): [_type(need.matched_type) for need, _firm, _stage in rows],
        (_("Scene"), 16): [
            told(scene_titles()[need.scene]) if need.scene else None for need, _firm, _stage in rows
        ],
        (_("How urgent"), 14): [
            told(lists["urgency"][str(need.urgency)]) for need, _firm, _stage in rows
        ],
        (_("Wanted by"), 12): [_day(need.wanted_on) for need, _firm, _stage in rows],
        (_("Money (CNY 10,000)"), 12): [need.budget for need, _firm, _stage in rows],
        (_("Artificial intelligence"), 10): [
            _("yes") if need.ai else _("no") for need, _firm, _stage in rows
        ],
        (_("May be visited"), 10): [
            _("yes") if need.open_to_visits else _("no") for need, _firm, _stage in rows
        ],
        (_("Content"), 48): [need.content for need, _firm, _stage in rows],
        (_("What became of it"), 36): [need.outcome for need, _firm, _stage in rows],
    }
    return Sheet.of(_("Needs"), cells)


def _type(project_type: str) -> str | None:
    return told(project_name(project_type)) if project_type else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _sums(sums: Sums, name: str) -> Sheet:
    rows: Sequence[Row] = sums.by[name]
    names = [*(named(name, row.key) for row in rows[:-1]), _("All firms, each once")]
    heads = {"division": _("Industry"), "type": _("Project type"), "scene": _("Scene")}
    sheets = {
        "division": _("By industry"),
        "type": _("By project type"),
        "scene": _("By scene"),
    }
    cells: dict[tuple[str, float], list[Cell]] = {
        (heads[name], 34): list(names),
        (_("Firms"), 10): [_shown(row.firms) for row in rows],
        (_("Needs"), 10): [_shown(row.needs) for row in rows],
        (_("Money wanted (CNY 10,000)"), 16): [_shown(row.money) for row in rows],
        (_("Firms that said how much"), 14): [_shown(row.paying) for row in rows],
    }
    return Sheet.of(sheets[name], cells)


def _pains(sums: Sums) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Pain"), 40): [pain_name(row[0]) for row in sums.pains],
        (_("Firms"), 10): [_shown(row[1]) for row in sums.pains],
        (_("Mean severity (1 to 5)"), 14): [_unsaid(row[2], sums) for row in sums.pains],
        (_("Loss a year (CNY 10,000, estimates of the firms)"), 20): [
            _unsaid(row[3], sums) for row in sums.pains
        ],
    }
    return Sheet.of(_("Pains"), cells)


def _worries(sums: Sums) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Worry"), 34): [worry_name(row[0]) for row in sums.worries],
        (_("Firms"), 10): [_shown(row[1]) for row in sums.worries],
    }
    return Sheet.of(_("Worries"), cells)


def _reading(sums: Sums) -> Sheet:
    lines = [
        (_("As of"), sums.day.isoformat()),
        (_("Above-scale firms on the roster"), sums.listed),
        (_("Firms whose census sheet is submitted"), sums.sheets),
        (_("Made for"), _("publication") if sums.published else _("use inside the bureau only")),
        (
            HIDDEN,
            _(
                "withheld: fewer than 10 firms; sums of money: fewer than 20 firms, or one or two "
                "firms dominate; or needed so that a withheld figure cannot be worked out"
            ),
        ),
    ]
    return Sheet(
        _("How to read this"),
        (
            Column(_("Item"), 40, [line[0] for line in lines]),
            Column(_("Value"), 60, [line[1] for line in lines]),
        ),
    )


def _shown(value: float | None) -> Cell:
    return HIDDEN if value is None else value


def _unsaid(value: float | None, sums: Sums) -> Cell:
    if value is None:
        return HIDDEN if sums.published else None
    return round(value, 2)
