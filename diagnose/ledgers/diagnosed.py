"""Diagnoses (3.3) and visits (3.4), as far as the bureau sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, select

from diagnose.ledgers.frames import (
    FIRM,
    Cells,
    Frame,
    framed,
    of_firm,
    seen_by,
)
from diagnose.records import (
    Account,
    Campaign,
    Diagnosis,
    Firm,
    Provider,
    Report,
    Stay,
    Visit,
)
from diagnose.records.publication import Rating
from diagnose.records.roster import Change, RosterEvent
from diagnose.workflow import MACHINE
from questionnaires.clock import HERE, day_of

DAYS = {
    "assigned": ("assigned",),
    "accepted": ("accepted",),
    "scheduled": ("scheduled",),
    "first_visit": ("on_site",),
    "visited": ("visited",),
    "drafted": ("internal_check",),
    "confirmed": ("in_review",),
    "reviewed": ("returned", "done"),
    "done": ("done",),
}
"""The columns of days: since when a diagnosis was first in one of these states."""
WHEN = "{:%H:%M}"
_PEOPLE: tuple[Any, ...] = (
    col(Provider.name).label("provider"),
    col(Account.name).label("lead"),
    col(Campaign.name).label("campaign"),
)


def diagnoses(session: Session, account: Account, day: date) -> Frame:
    """Every diagnosis with the day of each step."""
    rows = session.execute(
        _diagnosed(*_PEOPLE)
        .outerjoin(Provider, col(Provider.id) == Diagnosis.provider_id)
        .outerjoin(Account, col(Account.id) == Diagnosis.lead_id)
        .outerjoin(Campaign, col(Campaign.id) == Diagnosis.campaign_id)
        .where(seen_by(account))
        .order_by(col(Diagnosis.id))
    ).all()
    since, members = _since(session, account), _members(session, account)
    quality, ratings = _quality(session, account), _ratings(session, account)
    why = _exempt(session, account)
    cells: dict[str, Cells] = of_firm() | {
        "number": lambda r: r[0].number,
        "package": lambda r: " ".join(filter(None, (r.campaign, r[0].package))),
        "provider": lambda r: r.provider,
        "lead": lambda r: r.lead,
        "members": lambda r: "、".join(members.get(r[0].id, ())),
        "state": lambda r: MACHINE.states[r[0].state].title,
        "overdue": lambda r: _overdue(r[0], day),
        "rounds": lambda r: r[0].rounds,
        "quality": lambda r: quality.get(r[0].id),
        "satisfaction": lambda r: ratings.get(r[0].id),
        "why": lambda r: why.get(r[0].firm_id) if r[0].state == "exempt" else None,
        "year": lambda r: r[0].accepted_on and r[0].accepted_on.year,
    }
    cells |= {name: partial(_first, since, states) for name, states in DAYS.items()}
    return framed(rows, cells)


def visits(session: Session, account: Account, _day: date) -> Frame:
    """Every visit: when, where, who; what was said and found stays with firm and provider."""
    columns: list[Any] = [Visit, *FIRM, Diagnosis.number, col(Account.name).label("lead")]
    rows = session.execute(
        select(*columns)
        .join(Diagnosis, col(Diagnosis.id) == Visit.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .outerjoin(Account, col(Account.id) == Diagnosis.lead_id)
        .where(seen_by(account))
        .order_by(col(Visit.id))
    ).all()
    cells = of_firm() | {
        "record": lambda r: f"{r.number}-{r[0].id}",
        "day": lambda r: day_of(r[0].started_at) if r[0].started_at else r[0].planned_on,
        "begins": lambda r: _clock(r[0].started_at),
        "ends": lambda r: _clock(r[0].ended_at),
        "place": lambda r: r[0].place,
        "firm_people": lambda r: "、".join(_posts(r[0].people)),
        "consultants": lambda r: "、".join(_consultants(r[0].people)),
        "interviews": lambda r: len(r[0].interviews),
        "workshops": lambda r: len(r[0].workshops),
        "documents": lambda r: len(r[0].documents),
        "photos": lambda r: r[0].photos_allowed,
        "signed": lambda r: r[0].scan_id is not None,
        "lead": lambda r: r.lead,
    }
    return framed(rows, cells)


def _diagnosed(*columns: Any) -> Select[Any]:
    wanted: list[Any] = [Diagnosis, Firm.uscc, Firm.name, *columns]
    found: Select[Any] = select(*wanted).join(Firm, col(Firm.id) == Diagnosis.firm_id)
    return found


def _of(session: Session, account: Account, table: Any, *columns: Any) -> Any:
    """Columns of a table that belongs to diagnoses, for the firms that are seen."""
    return session.execute(
        select(*columns)
        .join(Diagnosis, col(Diagnosis.id) == table.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
    )


def _since(session: Session, account: Account) -> Mapping[int, Mapping[str, date]]:
    found: dict[int, dict[str, date]] = {}
    for diagnosis, state, since in _of(
        session, account, Stay, Stay.diagnosis_id, Stay.state, Stay.since
    ):
        days = found.setdefault(diagnosis, {})
        days[state] = min(days.get(state, since), since)
    return found


def _first(since: Mapping[int, Mapping[str, date]], states: Iterable[str], row: Any) -> date | None:
    days = since.get(row[0].id, {})
    return min((days[state] for state in states if state in days), default=None)


def _members(session: Session, account: Account) -> Mapping[int, list[str]]:
    found: dict[int, dict[str, None]] = {}
    for diagnosis, people in _of(session, account, Visit, Visit.diagnosis_id, Visit.people):
        names = (each["name"] for each in people if each.get("side") == "provider")
        found.setdefault(diagnosis, {}).update(dict.fromkeys(names))
    return {diagnosis: list(names) for diagnosis, names in found.items()}


def _quality(session: Session, account: Account) -> Mapping[int, float | None]:
    """The quality score of the latest report of each diagnosis."""
    rows = _of(session, account, Report, Report.diagnosis_id, Report.version, Report.quality)
    latest = sorted(rows, key=lambda row: int(row[1]))
    return {diagnosis: quality.get("score") for diagnosis, _version, quality in latest}


def _ratings(session: Session, account: Account) -> Mapping[int, int]:
    return dict(map(tuple, _of(session, account, Rating, Rating.diagnosis_id, Rating.satisfaction)))


def _exempt(session: Session, account: Account) -> Mapping[int, str]:
    rows = session.execute(
        select(RosterEvent.firm_id, RosterEvent.reason)
        .where(RosterEvent.district == account.district, RosterEvent.change == Change.EXEMPTED)
        .order_by(col(RosterEvent.id))
    )
    return dict(map(tuple, rows))


def _overdue(diagnosis: Diagnosis, day: date) -> int | None:
    """Days past the due day of an open diagnosis; None where it is in time."""
    if diagnosis.due_at is None or diagnosis.state in ("done", "expired", "exempt"):
        return None
    late = (day - day_of(diagnosis.due_at)).days
    return late if late > 0 else None


def _clock(moment: Any) -> str | None:
    return WHEN.format(moment.astimezone(HERE)) if moment else None


def _posts(people: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for each in people:
        if each.get("side") == "firm":
            yield " ".join(filter(None, (each.get("department"), each.get("post"))))


def _consultants(people: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for each in people:
        if each.get("side") == "provider":
            yield " ".join(filter(None, (each.get("name"), each.get("post"))))
