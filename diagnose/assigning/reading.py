"""What the database knows of providers' room, interests and people."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.assigning.placing import Room
from diagnose.records import CLOSED, Account, Diagnosis, Firm, Interest, Kind, Provider
from questionnaires.clock import today


def rooms(session: Session) -> list[Room]:
    """Every provider with what it holds, by its code."""
    held = (
        select(Diagnosis.provider_id, func.count().label("held"))
        .where(col(Diagnosis.state).not_in(CLOSED), col(Diagnosis.provider_id).is_not(None))
        .group_by(col(Diagnosis.provider_id))
        .subquery()
    )
    found = session.exec(
        select(Provider, func.coalesce(held.c.held, 0))
        .outerjoin(held, held.c.provider_id == Provider.id)
        .order_by(Provider.code)
    ).all()
    day = today()
    return [
        Room(
            provider.id or 0,
            provider.name,
            provider.load,
            count,
            provider.valid_until is None or provider.valid_until >= day,
        )
        for provider, count in found
    ]


def interests(session: Session, district: str) -> frozenset[tuple[int, int]]:
    """Every interest of a provider in a firm of the district: (provider, firm)."""
    found = session.exec(
        select(Interest.provider_id, Interest.firm_id)
        .join(Firm, col(Firm.id) == Interest.firm_id)
        .where(Firm.district == district)
    )
    return frozenset(found.all())


def leads(session: Session) -> list[Account]:
    """Every consultant who can lead a diagnosis."""
    return list(
        session.exec(
            select(Account)
            .where(Account.kind == Kind.CONSULTANT, col(Account.active).is_(True))
            .order_by(Account.name)
        )
    )
