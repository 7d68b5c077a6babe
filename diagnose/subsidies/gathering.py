"""Applicants and terms as the arrays that a grant plan is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from diagnose.reading import standard
from diagnose.records import Honour
from diagnose.subsidies.reading import Applicant, Wish
from diagnose.subsidies.terms import Of, Share, Terms
from models.roadmap import Policy, load_catalogue
from models.roadmap.catalogue import FIRM_SIZES
from models.subsidy import MOST_PROJECTS, Candidates, Grants, Limits

_SMALL = FIRM_SIZES.index("small")
_GROUPS = 2
_SPECIALISED = Honour.SPECIALISED | Honour.LITTLE_GIANT | Honour.INNOVATIVE


def candidates_of(applicants: Sequence[Applicant], terms: Terms) -> Candidates:
    """The candidates of n firms; of more than `MOST_PROJECTS` the first ones."""
    n = len(applicants)
    shape = (n, MOST_PROJECTS)
    gain, cost, eligible = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    offered = np.zeros(shape, bool)
    needs, least = (np.zeros((*shape, _GROUPS), np.int64) for _ in range(2))
    for row, one in enumerate(applicants):
        wishes = ordered(one.wishes)
        for at, wish in enumerate(wishes):
            gain[row, at], cost[row, at] = wish.gain, wish.cost
            eligible[row, at] = wish.cost * counted_share(terms.policy, wish.type)
            offered[row, at] = True
            for group, (mask, count) in enumerate(_needs(wish, wishes[:at], one.in_place)):
                needs[row, at, group], least[row, at, group] = mask, count
    own = np.array([one.own for one in applicants], float) * terms.years
    return Candidates(
        firm=np.array([one.firm for one in applicants], np.int64),
        gain=gain,
        cost=cost,
        eligible=eligible,
        offered=offered,
        needs=needs,
        least=least,
        own=own if terms.years else np.full(n, np.inf),
        arrival=np.array([_arrival(one) for one in applicants], float),
    )


def ordered(wishes: Sequence[Wish]) -> list[Wish]:
    """At most `MOST_PROJECTS` wishes, what others need before them."""
    depth = _depths()
    return sorted(wishes[:MOST_PROJECTS], key=lambda wish: depth.get(wish.type, -1))


def counted_share(policy: Policy, type_: str) -> float:
    """How much of a project's cost the policy counts."""
    return {"yes": 1.0, "part": policy.part_share, "no": 0.0}[policy.covers(type_)]


def grants_of(applicants: Sequence[Applicant], terms: Terms) -> Grants:
    """What the policy pays each firm, by the points it must gain to reach a level."""
    rates = terms.policy.rates
    limit = np.inf if terms.limit is None else terms.limit
    return Grants(
        rate=np.array([rate.rate for rate in rates]),
        cap=np.array([rate.cap for rate in rates]),
        reach=_reach(applicants, terms.policy),
        limit=np.full(len(applicants), limit),
    )


def limits_of(applicants: Sequence[Applicant], terms: Terms) -> Limits:
    """The budget with the floors and caps of the groups."""
    shares = terms.shares
    member = np.array([[belongs(one, share) for share in shares] for one in applicants], bool)
    return Limits(
        terms.budget,
        member.reshape(len(applicants), len(shares)),
        np.array([share.floor or 0.0 for share in shares], float),
        np.array([np.inf if share.cap is None else share.cap for share in shares], float),
    )


def belongs(one: Applicant, share: Share) -> bool:
    """Whether a firm is in a group."""
    if share.of == Of.INDUSTRY:
        return one.industry[:2] == share.key
    if share.of == Of.STREET:
        return one.region == share.key
    if share.of == Of.SIZE:
        return 0 <= one.size <= _SMALL
    return bool(one.honours & _SPECIALISED)


def _reach(applicants: Sequence[Applicant], policy: Policy) -> NDArray[np.float64]:
    """The points n firms must gain for each rate; inf where they cannot or may not apply, (n, r).

    Points are all that is looked at: what a level asks of single scenes shows at acceptance.
    """
    standings = [(one.size, one.score, one.level, one.top) for one in applicants]
    size, score, level, top = np.array(standings, float).reshape(-1, 4, 1).swapaxes(0, 1)
    asked = np.array([rate.level for rate in policy.rates])
    levels = {each.number: float(each.score) for each in standard().levels}
    needed = np.array([levels.get(number, np.inf) for number in asked.tolist()])
    points = np.where(top < asked, np.inf, np.maximum(needed - score, 0.0))
    points = np.where(level >= asked, -np.inf, points)
    sizes = [at for at, name in enumerate(FIRM_SIZES) if name in policy.sizes]
    may = np.isin(size, sizes) | (not policy.sizes)
    return np.where(may & np.isfinite(score) & np.isfinite(level), points, np.inf)


def _needs(wish: Wish, before: Sequence[Wish], in_place: frozenset[str]) -> list[tuple[int, int]]:
    """Bit masks over the earlier wishes with how many of each must be there as well.

    A need that neither the firm's answers nor its candidates can meet was seen to otherwise: its
    report was accepted with it.
    """
    catalogue = load_catalogue()
    if wish.free_of_needs or wish.type not in catalogue.index:
        return []
    found = []
    for need in catalogue[wish.type].needs:
        lacking = need.least - len(in_place & {*need.of})
        mask = sum(1 << at for at, other in enumerate(before) if other.type in need.of)
        if 0 < lacking <= mask.bit_count():
            found.append((mask, lacking))
    return _merged(found)


def _merged(needs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Needs of all that they name are one need; of the rest the first are kept."""
    whole = [mask for mask, least in needs if mask.bit_count() == least]
    together = 0
    for mask in whole:
        together |= mask
    some = [(mask, least) for mask, least in needs if mask.bit_count() > least]
    return ([(together, together.bit_count())] if together else []) + some[: _GROUPS - bool(whole)]


@cache
def _depths() -> Mapping[str, int]:
    """How many projects stand one before the other up to each type."""
    catalogue = load_catalogue()

    def depth(type_: str) -> int:
        before = [id_ for need in catalogue[type_].needs for id_ in need.of]
        return 1 + max(map(depth, before), default=-1)

    return {project.id: depth(project.id) for project in catalogue.projects}


def _arrival(one: Applicant) -> float:
    """Accepted reports in their order, then the others."""
    latest = 10**8
    return (one.accepted_on.toordinal() if one.accepted_on else latest) + one.firm / 1e10
