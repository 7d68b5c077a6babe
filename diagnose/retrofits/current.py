"""Where projects stand, as columns for lists: contract in force, money spent, last month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Subquery, func, or_, select
from sqlmodel import Session, col

from diagnose.records import Acceptance, Contract, Month, Verdict
from questionnaires.clock import HERE


def contracts(day: date | None = None) -> Subquery:
    """The contract in force of each project: the one recorded last; on `day` if one is given.

    A change counts from the day on which it was recorded, a first contract from its signature.
    """
    last = select(func.max(col(Contract.id))).group_by(col(Contract.project_id))
    if day is not None:
        known = col(Contract.recorded_at) < datetime.combine(day + timedelta(days=1), time(), HERE)
        last = last.where(col(Contract.signed_on) <= day, or_(col(Contract.change) == "", known))
    names = ("project_id", "number", "supplier", "signed_on", "starts_on", "ends_on", "total")
    columns = (getattr(Contract, name) for name in names)
    return select(*columns).where(col(Contract.id).in_(last)).subquery("in_force")


def signings() -> Subquery:
    """The day on which each project was first contracted."""
    project, day = col(Contract.project_id), func.min(col(Contract.signed_on))
    return select(project, day.label("signed_on")).group_by(project).subquery("signed")


def spendings(day: date | None = None) -> Subquery:
    """What was spent on each project so far, or by the month of `day`; how many months tell it."""
    project, spent = col(Month.project_id), func.sum(col(Month.spent)).label("spent")
    counted = func.count().label("months")
    query = select(project, spent, counted).group_by(project)
    if day is not None:
        query = query.where(col(Month.month) <= day)
    return query.subquery("spending")


def passed() -> Subquery:
    """The acceptance that each project passed."""
    last = (
        select(func.max(col(Acceptance.id)))
        .where(col(Acceptance.verdict) == Verdict.PASSED)
        .group_by(col(Acceptance.project_id))
    )
    names = ("project_id", "finished_on", "approved_amount", "before_id", "after_id")
    columns = (getattr(Acceptance, name) for name in names)
    return select(*columns).where(col(Acceptance.id).in_(last)).subquery("accepted")


def contract_of(session: Session, project_id: int | None) -> Contract | None:
    """The contract in force of one project."""
    return session.scalars(
        select(Contract)
        .where(col(Contract.project_id) == project_id)
        .order_by(col(Contract.id).desc())
    ).first()
