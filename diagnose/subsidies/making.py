"""A grant plan made and kept: what came out, as plain figures that pages and lists read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from diagnose.records import Account, Actor, SubsidyPlan, note
from diagnose.subsidies.gathering import (
    candidates_of,
    counted_share,
    grants_of,
    limits_of,
    ordered,
)
from diagnose.subsidies.reading import Applicant, Gathered, gather
from diagnose.subsidies.terms import Share, Terms
from models.subsidy import Chosen, FloorsOutOfReach, GrantPlan, plan_grants

_DIGITS = 6


class PlanRefused(Exception):  # names what the officer meets
    """There is no plan: nobody applies (no `missing`), or floors lack so much, in 万元."""

    def __init__(self, missing: Sequence[tuple[Share, float]] = ()) -> None:
        super().__init__("no plan")
        self.missing = tuple(missing)


def make(
    session: Session,
    district: str,
    name: str,
    terms: Terms,
    account: Account | None,
    actor: Actor,
) -> SubsidyPlan:
    """Make a plan and keep it; raises PlanRefused. The caller commits."""
    gathered = gather(session, district, roadmaps=terms.roadmaps)
    outcome = _outcome(gathered, terms)
    plan = SubsidyPlan(
        district=district,
        name=name,
        day=terms.day,
        budget=terms.budget,
        terms=terms.kept(),
        outcome=outcome,
        made_by=account.id if account else None,
        made_at=actor.moment,
    )
    session.add(plan)
    session.flush()
    figures = {"budget": terms.budget, "firms": outcome["chosen"]["firms"]}
    note(session, actor, "subsidy.plan", f"subsidy_plan:{plan.id}", **figures)
    return plan


def _outcome(gathered: Gathered, terms: Terms) -> dict[str, Any]:
    applicants = gathered.applicants
    if not any(one.wishes for one in applicants):
        raise PlanRefused
    limits = limits_of(applicants, terms)
    try:
        plan = plan_grants(candidates_of(applicants, terms), grants_of(applicants, terms), limits)
    except FloorsOutOfReach as refused:
        lacking = [(terms.shares[at], missing) for at, missing in refused.missing.items()]
        raise PlanRefused(lacking or [(s, 0.0) for s in terms.shares if s.floor]) from refused
    return {
        "chosen": _sums(plan.chosen),
        "first_come": _sums(plan.first_come),
        "by_project": _sums(plan.by_project),
        "bound": plan.bound,
        "gap": plan.gap,
        "price": plan.price,
        "cap_price": plan.cap_price.tolist(),
        "floor_price": plan.floor_price.tolist(),
        "spent": (plan.chosen.grant @ limits.member).tolist(),
        "curve": np.round(plan.curve, _DIGITS).tolist(),
        "firms": _firms(applicants, plan),
        "projects": [
            _projects(one, terms, mask, free) for one, mask, free in _picked(plan, applicants)
        ],
        "planned": sum(one.planned for one in applicants),
        "without_cost": gathered.without_cost,
        "without_gain": gathered.without_gain,
    }


def _sums(chosen: Chosen) -> dict[str, float]:
    return {
        "gain": chosen.total,
        "money": chosen.money,
        "firms": int((chosen.grant > 0).sum()),
    }


def _firms(applicants: Sequence[Applicant], plan: GrantPlan) -> dict[str, list[Any]]:
    """A list for each figure, all in the order of the firms."""
    explained = plan.explained
    columns: dict[str, NDArray[Any]] = {
        "grant": plan.chosen.grant,
        "gain": plan.chosen.gain,
        "reason": explained.reason,
        "slope": explained.slope,
        "threshold": explained.threshold,
        "group": explained.group,
        "next_money": explained.next_money,
        "next_gain": explained.next_gain,
        "first_come": plan.first_come.grant,
        "by_project": plan.by_project.grant,
    }
    told = {name: np.round(held, _DIGITS).tolist() for name, held in columns.items()}
    return {
        "firm": [one.firm for one in applicants],
        "planned": [one.planned for one in applicants],
        **told,
    }


def _picked(plan: GrantPlan, applicants: Sequence[Applicant]) -> list[tuple[Applicant, int, int]]:
    masks, free = plan.chosen.mask.tolist(), plan.free.tolist()
    return list(zip(applicants, masks, free, strict=True))


def _projects(one: Applicant, terms: Terms, mask: int, free: int) -> list[dict[str, Any]]:
    """The candidates of a firm: what each costs and brings, whether it is chosen, or its own."""
    return [
        {
            "id": wish.id,
            "type": wish.type,
            "cost": wish.cost,
            "eligible": round(wish.cost * counted_share(terms.policy, wish.type), _DIGITS),
            "gain": round(wish.gain, _DIGITS),
            "chosen": bool(mask >> at & 1),
            "free": bool(free >> at & 1),
        }
        for at, wish in enumerate(ordered(one.wishes))
    ]
