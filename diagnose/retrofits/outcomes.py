"""What came of recommended projects by type, and of accepted ones after half a year and a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from diagnose.records import Figure
from diagnose.retrofits.conversion import Recommended
from diagnose.retrofits.lateness import effects_due
from diagnose.retrofits.stages import LIFE


@dataclass(frozen=True, slots=True)
class OfType:
    """Recommended projects of a type of the catalogue ('': of none; None: all of them).

    Adopted (采纳) and begun (落地) ones of them. Money in 万元 of those contracted that the plan
    priced: `planned` by the middle estimate and `spent`; `unpriced` were contracted without one.
    """

    type: str | None
    recommended: int
    adopted: int
    started: int
    priced: int
    planned: float
    spent: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class Look:
    """The look at effects so many months after the end of works: `told` of `due` ones."""

    months: int
    due: int
    told: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What accepted projects came to: looks at their effects, and figures that reached their goal.

    `reached` of the `told` figures; `untold` have a goal, but nothing was said though it was due.
    """

    looks: Sequence[Look]
    reached: int
    told: int
    untold: int


def by_type(projects: Iterable[Recommended]) -> list[OfType]:
    """A line a type, the most recommended first, and all together last."""
    held: dict[str, list[Recommended]] = defaultdict(list)
    for project in projects:
        held[project.type].append(project)
    ordered = sorted(held, key=lambda type_: (-len(held[type_]), type_))
    found = [_of_type(type_, held[type_]) for type_ in ordered]
    return [*found, _of_type(None, [each for type_ in ordered for each in held[type_]])]


def _of_type(type_: str | None, projects: Sequence[Recommended]) -> OfType:
    signed = [project for project in projects if project.signed_on is not None]
    priced = [project for project in signed if project.planned is not None]
    return OfType(
        type=type_,
        recommended=len(projects),
        adopted=sum(project.adopted for project in projects),
        started=sum(project.months > 0 for project in projects),
        priced=len(priced),
        planned=round(sum(project.planned or 0 for project in priced), 6),
        spent=round(sum(project.spent for project in priced), 6),
        unpriced=len(signed) - len(priced),
    )


def count_effects(session: Session, district: str, day: date) -> Effects:
    """The looks that are due by a day and their figures, in a constant number of statements."""
    due = [look for look in effects_due(session, district) if look.due <= day]
    looks = [
        Look(months, len(held), sum(look.reported for look in held))
        for months in LIFE.rules.effects
        for held in [[look for look in due if look.months == months]]
    ]
    said = [_reached(figure) for figure in _with_goal(session, {look.project.id for look in due})]
    known = [reached for reached in said if reached is not None]
    return Effects(looks, sum(known), len(known), len(said) - len(known))


def _with_goal(session: Session, projects: Iterable[int | None]) -> Sequence[Figure]:
    goal = col(Figure.goal).is_not(None)
    return session.exec(select(Figure).where(col(Figure.project_id).in_(projects), goal)).all()


def _reached(figure: Figure) -> bool | None:
    """Whether the goal is reached by what was told last; None where nothing was told."""
    last = figure.half_year if figure.full_year is None else figure.full_year
    if last is None or figure.goal is None:
        return None
    return last <= figure.goal if figure.lower_is_better else last >= figure.goal
