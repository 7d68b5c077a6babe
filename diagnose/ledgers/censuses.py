"""The census of needs (3.2), of sheets that the firm opened to the bureau."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from diagnose.ledgers.frames import (
    Frame,
    framed,
    gathered,
    of_firm,
    part,
    scene_name,
    seen_by,
    type_name,
)
from diagnose.needs.fields import Field, census_form
from diagnose.needs.searching import may_be_read
from diagnose.needs.states import NEED_TITLES, STATE_TITLES, state_of
from diagnose.records import Account, Census, CensusStage, Firm, Need, NeedStage
from questionnaires.text import Text

SUBMITTED = (CensusStage.SUBMITTED, CensusStage.CHECKED)
NUMBERS = (
    "equipment_total",
    "equipment_digital",
    "equipment_networked",
    "key_processes",
    "key_processes_nc",
    "it_staff",
    "spend_three_years",
    "cloud",
)
PLAIN = (
    "wanted_on",
    "budget",
    "ai",
    "open_to_visits",
    "planned",
    "content",
    "starts_on",
    "ends_on",
    "software",
    "equipment",
    "this_year",
    "filing",
)


def census(session: Session, account: Account, _day: date) -> Frame:
    """Every need of the submitted sheets; a sheet without needs has one row."""
    rows = session.execute(
        select(Census, Firm.uscc, Firm.name, Need)
        .join(Firm, col(Firm.id) == Census.firm_id)
        .outerjoin(Need, col(Need.census_id) == Census.id)
        .where(seen_by(account), col(Census.stage).in_(SUBMITTED), may_be_read())
        .order_by(col(Census.id), col(Need.id))
    ).all()
    stages = gathered((row[0].id, row[3].stage) for row in rows if row[3])
    cells = of_firm() | {
        "state": lambda r: STATE_TITLES[state_of(r[0], stages.get(r[0].id, ()))],
        "systems": lambda r: _named("systems", r[0].facts),
        "pains": lambda r: _pains(r[0].facts),
        "concerns": lambda r: _named("concerns", r[0].facts),
        "pledged_by": lambda r: r[0].pledged_by,
        "shares": lambda r: _listed("shares", r[0].shares),
        "submitted": lambda r: r[0].submitted_at,
        "need": lambda r: r[3] and r[3].name,
        "type": lambda r: r[3] and type_name(r[3].matched_type or r[3].type),
        "scene": lambda r: r[3] and scene_name(r[3].scene),
        "urgency": lambda r: r[3] and _listed("urgency", [str(r[3].urgency)]),
        "funding": lambda r: r[3] and _listed("funding", [r[3].funding]),
        "services": lambda r: r[3] and _listed("services", r[3].services.split(",")),
        "stage": lambda r: r[3] and NEED_TITLES[NeedStage(r[3].stage)],
    }
    cells |= {name: partial(_number, name) for name in NUMBERS}
    cells |= {name: part(3, name) for name in PLAIN}
    return framed(rows, cells)


def _number(name: str, row: Any) -> Any:
    return row[0].facts.get(name)


def _listed(name: str, chosen: Any) -> tuple[Text, ...]:
    known = census_form().lists[name]
    return tuple(known[each] for each in chosen if each in known)


def _named(name: str, facts: Mapping[str, Any]) -> tuple[Text, ...]:
    options = _field(name).options
    said = facts.get(name) or ()
    return tuple(options[each] for each in said if each in options)


def _pains(facts: Mapping[str, Any]) -> tuple[Text, ...]:
    options, said = _field("pains").options, facts.get("pains")
    if not isinstance(said, Mapping):
        return ()
    return tuple(_pain(options[name], of) for name, of in said.items() if name in options)


def _pain(title: Text, of: Any) -> Text:
    severity, loss = (of.get("severity"), of.get("loss")) if isinstance(of, Mapping) else ("", None)
    zh = f"{severity}" + (f"，{loss:g}" if isinstance(loss, int | float) else "")
    return Text(f"{title.zh}（{zh}）", f"{title.en} ({zh.replace('，', ', ')})")


def _field(name: str) -> Field:
    return next(field for field in census_form().fields if field.id == name)
