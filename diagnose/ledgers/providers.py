"""Providers (3.11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from diagnose.analysis.providers import FEWEST
from diagnose.coverage.counting import tenths
from diagnose.ledgers.frames import (
    ACCEPTED,
    Frame,
    framed,
    gathered,
    mean,
    seen_by,
)
from diagnose.records import (
    Account,
    Diagnosis,
    Firm,
    Interest,
    Kind,
    Project,
    Provider,
    Report,
)
from diagnose.records.publication import Rating
from diagnose.records.retrofit import Contract
from diagnose.workflow.promptness import kept_clocks


def providers(session: Session, account: Account, day: date) -> Frame:
    """Every consultant of the providers at work in the district, with their provider's figures."""
    here = select(Diagnosis.provider_id).join(Firm, col(Firm.id) == Diagnosis.firm_id)
    rows = session.execute(
        select(Provider, Account)
        .outerjoin(
            Account, (col(Account.provider_id) == Provider.id) & (Account.kind == Kind.CONSULTANT)
        )
        .where(col(Provider.id).in_(here.where(seen_by(account))))
        .order_by(col(Provider.name), col(Account.name), col(Account.id))
    ).all()
    done, led = _diagnosed(session, account)
    times, quality = kept_clocks(session, seen_by(account), day), _quality(session, account)
    liked, converted = _liked(session, account), _converted(session, account)
    interests = _counted(session, account, Interest.provider_id, Interest)
    cells = {
        "code": lambda r: r[0].code,
        "provider": lambda r: r[0].name,
        "specialities": lambda r: r[0].specialities,
        "valid_until": lambda r: r[0].valid_until,
        "diagnosed": lambda r: sum(each[1] for each in done.get(r[0].id, ())),
        "on_time": lambda r: tenths(*times.get(r[0].id, (0, 0))),
        "returned": lambda r: _share(done.get(r[0].id, ()), lambda each: each[2] > 0),
        "quality": lambda r: mean(quality.get(r[0].id, ())),
        "satisfaction": lambda r: mean(liked.get(r[0].id, ()), FEWEST),
        "converted": lambda r: _share(converted.get(r[0].id, ()), lambda each: each),
        "interests": lambda r: interests.get(r[0].id, 0),
        "consultant": lambda r: r[1] and r[1].name,
        "certificate": lambda r: r[1] and r[1].certificate,
        "in_hand": lambda r: r[1] and led.get(r[1].id, 0),
        "barred": lambda r: interests.get(r[0].id, 0),
    }
    return framed(rows, cells)


def _diagnosed(
    session: Session, account: Account
) -> tuple[Mapping[int, list[tuple[int, bool, int]]], Mapping[int, int]]:
    """By provider: each diagnosis, whether it is accepted, times returned; by lead: those open."""
    columns: list[Any] = [Diagnosis.id, Diagnosis.provider_id, Diagnosis.lead_id]
    columns += [Diagnosis.state, Diagnosis.rounds]
    rows = session.execute(
        select(*columns)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.provider_id).is_not(None))
    ).all()
    led: dict[int, int] = {}
    for row in rows:
        if row.state not in (*ACCEPTED, "exempt") and row.lead_id:
            led[row.lead_id] = led.get(row.lead_id, 0) + 1
    done = gathered((r.provider_id, r.id, r.state in ACCEPTED, r.rounds) for r in rows)
    return done, led


def _quality(session: Session, account: Account) -> Mapping[int, list[float]]:
    rows = session.execute(
        select(Diagnosis.provider_id, Report.quality)
        .join(Diagnosis, col(Diagnosis.id) == Report.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account))
    )
    return gathered((who, each["score"]) for who, each in rows if each.get("score") is not None)


def _liked(session: Session, account: Account) -> Mapping[int, list[int]]:
    return gathered(
        session.execute(
            select(Diagnosis.provider_id, Rating.satisfaction)
            .join(Rating, col(Rating.diagnosis_id) == Diagnosis.id)
            .join(Firm, col(Firm.id) == Diagnosis.firm_id)
            .where(seen_by(account))
        )
    )


def _converted(session: Session, account: Account) -> Mapping[int, list[bool]]:
    """By provider: of each accepted diagnosis, whether one of its projects was contracted."""
    contracted = (
        select(Project.diagnosis_id).join(Contract, col(Contract.project_id) == Project.id)
    ).distinct()
    rows = session.execute(
        select(Diagnosis.provider_id, col(Diagnosis.id).in_(contracted))
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(seen_by(account), col(Diagnosis.state).in_(ACCEPTED))
    )
    return gathered((who, bool(signed)) for who, signed in rows)


def _counted(session: Session, account: Account, key: Any, table: Any) -> Mapping[int, int]:
    rows = session.execute(
        select(key, func.count())
        .join(Firm, col(Firm.id) == table.firm_id)
        .where(seen_by(account))
        .group_by(key)
    )
    return dict(map(tuple, rows))


def _share(parts: Any, wanted: Any) -> float | None:
    """Per cent, cut to one decimal; None where there is nothing to count."""
    held = list(parts)
    return tenths(sum(bool(wanted(each)) for each in held), len(held)) if held else None
