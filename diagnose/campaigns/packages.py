"""Packages of a campaign: which diagnoses a provider got under one name, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, case, func
from sqlmodel import Session, col, select

from diagnose.assigning.searching import overdue
from diagnose.records import CLOSED, Campaign, Diagnosis, Interest, Provider


@dataclass(slots=True)
class Package:
    """A package with one provider: its firms by state, how many are late or in conflict.

    `provider_id` None: not assigned yet. `states` counts firms.
    """

    name: str
    provider_id: int | None
    provider: str
    load: int
    states: dict[str, int] = field(default_factory=dict)
    late: int = 0
    conflicts: int = 0

    @property
    def firms(self) -> int:
        """How many firms it holds."""
        return sum(self.states.values())

    @property
    def done(self) -> int:
        """How many of them are through."""
        return sum(number for state, number in self.states.items() if state in CLOSED)


def packages_of(session: Session, campaign: Campaign) -> list[Package]:
    """The campaign's packages by name and provider, what has no package last."""
    held: list[Any] = [Diagnosis.package, Diagnosis.provider_id, Diagnosis.state]
    held += [Provider.name, Provider.load]
    late = func.sum(case((overdue(), 1), else_=0))
    clash = and_(
        col(Interest.provider_id) == Diagnosis.provider_id,
        col(Interest.firm_id) == Diagnosis.firm_id,
    )
    counted: list[Any] = [*held, func.count(), late, func.count(col(Interest.id))]
    rows = session.execute(
        select(*counted)
        .select_from(Diagnosis)
        .outerjoin(Provider, col(Provider.id) == Diagnosis.provider_id)
        .outerjoin(Interest, clash)
        .where(col(Diagnosis.campaign_id) == campaign.id)
        .group_by(*held)
    )
    found: dict[tuple[str, int | None], Package] = {}
    for name, provider_id, state, provider, load, count, behind, clashes in rows:
        package = found.setdefault(
            (name, provider_id), Package(name, provider_id, provider or "", load or 0)
        )
        package.states[state] = count
        package.late += behind
        package.conflicts += clashes
    return sorted(found.values(), key=lambda each: (not each.name, each.name, each.provider))


def held_by(session: Session) -> Mapping[int, int]:
    """How many open diagnoses each provider holds, of all campaigns and districts."""
    rows = session.execute(
        select(Diagnosis.provider_id, func.count())
        .where(col(Diagnosis.provider_id).is_not(None), col(Diagnosis.state).not_in(CLOSED))
        .group_by(col(Diagnosis.provider_id))
    )
    return {row[0]: row[1] for row in rows}
