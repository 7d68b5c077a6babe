"""How good the answers are by provider: self against verified, and how its work went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diagnose.reading import STANDARD, standard
from diagnose.records import (
    Basis,
    Decision,
    Diagnosis,
    Firm,
    Judgement,
    Provider,
    Rating,
    Report,
    Review,
)
from diagnose.workflow.promptness import kept_clocks
from models.agreement import absolute_icc, weighted_kappa

LEAST = 10  # diagnoses for a coefficient of agreement
FEWEST = 5  # ratings; a mean of fewer would tell what single firms said
LOW = 2  # a score that the bureau should look into
ALL = 0


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many `part` of `whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Work:
    """One provider; `provider` 0 is all together.

    Of `pairs` sheets with a self and a verified judgement: the mean of verified − self in points,
    how many differ by a level or more, the agreement of levels (weighted kappa) and of points
    (ICC(A,1)), None where there are too few. `returned`: reports that a review sent back, of those
    decided. `first_time`: accepted without being sent back. `on_time`: of the steps that fell due
    in the year up to the day, those done within their clock. `quality`: the mean score of the
    reports, of so many. `satisfaction` likewise; `low` ratings gave `LOW` or less for it or for
    neutrality.
    """

    provider: int
    name: str
    diagnoses: int
    done: int
    pairs: int
    shift: float | None
    apart: Ratio
    kappa: float | None
    icc: float | None
    returned: Ratio
    first_time: Ratio
    on_time: Ratio
    quality: tuple[float | None, int]
    satisfaction: tuple[float | None, int]
    low: Ratio


def provider_work(session: Session, district: str, day: date) -> list[Work]:
    """Every provider that has diagnoses in the district, all together last; six statements."""
    names = dict(session.execute(select(Provider.id, Provider.name)).all())
    diagnoses = session.execute(
        _of(district, Diagnosis.id, Diagnosis.provider_id, Diagnosis.state, Diagnosis.rounds)
    ).all()
    whose = {row[0]: row[1] for row in diagnoses}
    held = _by(whose, ((id_, state, rounds) for id_, _whose, state, rounds in diagnoses))
    pairs = _by(whose, _pairs(session, district))
    reviews = _by(whose, _reviews(session, district))
    steps = _steps(session, district, day)
    scores = _by(whose, _scores(session, district))
    rated = _by(
        whose,
        session.execute(
            _of(district, Diagnosis.id, Rating.satisfaction, Rating.neutral, join=Rating)
        ),
    )
    found = []
    for provider in [*sorted(set(whose.values())), ALL]:
        done = [rounds for state, rounds in held[provider] if state in {"done", "expired"}]
        found.append(
            Work(
                provider=provider,
                name=names.get(provider, ""),
                diagnoses=len(held[provider]),
                done=len(done),
                **_agreement(pairs[provider]),
                returned=_share(row[0] == Decision.RETURNED for row in reviews[provider]),
                first_time=_share(rounds == 0 for rounds in done),
                on_time=steps.get(provider, Ratio(0, 0)),
                quality=_mean([row[0] for row in scores[provider]]),
                satisfaction=_mean([row[0] for row in rated[provider]], FEWEST),
                low=_share(min(filter(None, row)) <= LOW for row in rated[provider]),
            )
        )
    return found


def _of(district: str, *columns: Any, join: Any = None) -> Any:
    """Columns of the district's diagnoses that are with a provider."""
    found: Any = select(*columns).select_from(Diagnosis)
    if join is not None:
        found = found.join(join, join.diagnosis_id == col(Diagnosis.id))
    return found.join(Firm, col(Firm.id) == Diagnosis.firm_id).where(
        Firm.district == district, col(Diagnosis.provider_id).is_not(None)
    )


def _by(whose: Mapping[int, int], rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    """Rows by provider, the first column being the diagnosis; all of them under `ALL`."""
    found: dict[int, list[Any]] = defaultdict(list)
    for diagnosis, *rest in rows:
        found[whose[diagnosis]].append(rest)
        found[ALL].append(rest)
    return found


def _pairs(session: Session, district: str) -> Sequence[Any]:
    own, verified = aliased(Judgement), aliased(Judgement)

    def judged(table: Any, basis: Basis) -> Any:
        on_sheet = table.assessment_id == col(Diagnosis.assessment_id)
        return and_(on_sheet, table.standard == STANDARD, table.basis == basis.value)

    columns = (Diagnosis.id, own.score, verified.score, own.level, verified.level)
    query = _of(district, *columns)
    return list(
        session.execute(
            query.join(own, judged(own, Basis.SELF)).join(
                verified, judged(verified, Basis.VERIFIED)
            )
        )
    )


def _reviews(session: Session, district: str) -> Sequence[Any]:
    query = _of(district, Diagnosis.id, Review.decision, join=Review)
    return list(session.execute(query.where(Review.decision != Decision.OPEN)))


def _scores(session: Session, district: str) -> list[tuple[int, float]]:
    """The quality score of each diagnosis's last report."""
    query = _of(district, Diagnosis.id, Report.quality, join=Report)
    last = {
        diagnosis: float(quality["score"])
        for diagnosis, quality in session.execute(query.order_by(col(Report.version)))
        if quality and quality.get("score") is not None
    }
    return list(last.items())


def _steps(session: Session, district: str, day: date) -> Mapping[int, Ratio]:
    """Steps done in time of those that fell due, by provider and together."""
    kept = kept_clocks(session, col(Firm.district) == district, day)
    done, due = zip(*kept.values(), strict=True) if kept else ((), ())
    return {provider: Ratio(*each) for provider, each in kept.items()} | {
        ALL: Ratio(sum(done), sum(due))
    }


def _agreement(pairs: Sequence[Any]) -> dict[str, Any]:
    held = np.array(pairs, float).reshape(-1, 4)
    own, verified, levels = held[:, 0], held[:, 1], held[:, 2:].astype(np.int64)
    enough = len(held) >= LEAST
    kappa = weighted_kappa(levels[:, 0], levels[:, 1], len(standard().level_names))
    icc = absolute_icc(own, verified)
    return {
        "pairs": len(held),
        "shift": float((verified - own).mean()) if len(held) else None,
        "apart": _share(levels[:, 0] != levels[:, 1]),
        "kappa": kappa if enough and np.isfinite(kappa) else None,
        "icc": icc if enough and np.isfinite(icc) else None,
    }


def _share(said: Iterable[Any]) -> Ratio:
    held = [bool(each) for each in said]
    return Ratio(sum(held), len(held))


def _mean(values: Sequence[float], least: int = 1) -> tuple[float | None, int]:
    return (float(np.mean(values)) if len(values) >= least else None, len(values))
