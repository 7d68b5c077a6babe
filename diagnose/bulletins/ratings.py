"""What firms think of their providers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.analysis.providers import FEWEST, LOW
from diagnose.records import Diagnosis, Firm, Provider, Rating


@dataclass(frozen=True, slots=True)
class Liking:
    """A provider's ratings in a district; means are None where fewer than `FEWEST` gave them."""

    provider: Provider
    ratings: int
    satisfaction: float | None
    neutral: float | None


@dataclass(frozen=True, slots=True)
class LowRating:
    """A rating that the bureau should look into."""

    firm: Firm
    provider: Provider | None
    diagnosis_id: int
    satisfaction: int
    neutral: int | None
    text: str
    said_at: datetime


def count_ratings(session: Session, district: str) -> Sequence[Liking]:
    """The ratings of every provider that got one, by name; one statement."""
    rows = session.execute(
        select(  # type: ignore[call-overload]  # more columns than its stubs know
            Provider,
            func.count(col(Rating.id)),
            func.avg(col(Rating.satisfaction)),
            func.count(col(Rating.neutral)),
            func.avg(col(Rating.neutral)),
        )
        .join(Diagnosis, col(Diagnosis.provider_id) == Provider.id)
        .join(Rating, col(Rating.diagnosis_id) == Diagnosis.id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(Firm.district == district)
        .group_by(col(Provider.id))
        .order_by(col(Provider.name))
    )
    return [
        Liking(provider, number, _mean(number, mean), _mean(answered, neutral))
        for provider, number, mean, answered, neutral in rows
    ]


def low_ratings(session: Session, district: str) -> Sequence[LowRating]:
    """Ratings of `LOW` and less in either respect, the latest first; one statement."""
    rows = session.exec(
        select(Rating, Firm, Provider)
        .join(Diagnosis, col(Diagnosis.id) == Rating.diagnosis_id)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .join(Provider, col(Provider.id) == Diagnosis.provider_id, isouter=True)
        .where(
            Firm.district == district,
            (col(Rating.satisfaction) <= LOW) | (col(Rating.neutral) <= LOW),
        )
        .order_by(col(Rating.said_at).desc(), col(Rating.id).desc())
    )
    return [
        LowRating(
            firm,
            provider,
            rating.diagnosis_id,
            rating.satisfaction,
            rating.neutral,
            rating.text,
            rating.said_at,
        )
        for rating, firm, provider in rows
    ]


def _mean(number: int, value: object) -> float | None:
    return None if number < FEWEST or value is None else round(float(str(value)), 1)
