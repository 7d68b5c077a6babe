"""A kept plan as its page shows it: sums, bars, groups, the curve, and the firms page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from sqlmodel import Session, col, select

from diagnose.records import Firm, Project, SubsidyPlan
from diagnose.subsidies.terms import Terms
from diagnose.web.paging import Paged, sliced
from diagnose.web.subsidies.words import REASONS, group_name
from models.firms import industry_name
from models.roadmap import load_catalogue
from models.subsidy import Reason
from questionnaires.text import Text

PER_PAGE = 25
ALL, CHOSEN, NOT_CHOSEN = "all", "chosen", "not"
_FINE = 1e4


@dataclass(frozen=True, slots=True)
class Bar:
    """One way of giving out the money; `share` of the best one's gain."""

    name: str
    gain: float
    money: float
    firms: int
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its rule, what it gets, and what its floor or cap costs (points a 万元)."""

    name: Text
    floor: float | None
    cap: float | None
    spent: float
    price: float


@dataclass(frozen=True, slots=True)
class Part:
    """What the firms of an industry or street get; `applied` how many have candidates."""

    name: Text
    applied: int
    firms: int
    money: float
    gain: float


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate project of a firm as it is shown."""

    name: Text
    cost: float
    eligible: float
    gain: float
    chosen: bool
    free: bool


@dataclass(frozen=True)
class Line:
    """A firm of the plan with its projects and the figures behind the choice."""

    firm: Firm
    items: Sequence[Item]
    reason: Text
    group: Text | None
    told: Mapping[str, Any]

    @property
    def is_chosen(self) -> bool:
        """Whether it gets anything."""
        return bool(self.told["grant"])


def bars_of(outcome: Mapping[str, Any], names: Mapping[str, str]) -> list[Bar]:
    """The plan beside what goes by arrival and by the best single project."""
    best = max(outcome[key]["gain"] for key in names) or 1.0
    return [
        Bar(name, held["gain"], held["money"], held["firms"], held["gain"] / best)
        for key, name in names.items()
        for held in (outcome[key],)
    ]


def gap_in_per_cent(gap: float) -> float:
    """How far at most from the best, in per cent, rounded up so that it holds."""
    return ceil(gap * 100 * _FINE - 1e-6) / _FINE


def groups_of(terms: Terms, outcome: Mapping[str, Any]) -> list[Group]:
    """The rules of the plan and how they bind."""
    prices = zip(outcome["cap_price"], outcome["floor_price"], strict=True)
    return [
        Group(group_name(share), share.floor, share.cap, spent, max(pair))
        for share, spent, pair in zip(terms.shares, outcome["spent"], prices, strict=True)
    ]


def parts_of(session: Session, plan: SubsidyPlan, by: str) -> list[Part]:
    """What each industry or street gets, most money first; one statement."""
    rows = session.exec(
        select(Firm.id, Firm.industry, Firm.region).where(Firm.district == plan.district)
    )
    places = {
        number: industry[:2] if by == "industry" else region for number, industry, region in rows
    }
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0, 0.0])
    held = plan.outcome["firms"]
    for firm, grant, gain, items in zip(
        held["firm"], held["grant"], held["gain"], plan.outcome["projects"], strict=True
    ):
        into = sums[places.get(firm, "")]
        into[0] += bool(items)
        into[1] += grant > 0
        into[2] += grant
        into[3] += gain
    parts = [
        Part(_place_name(by, key), int(applied), int(firms), money, gain)
        for key, (applied, firms, money, gain) in sums.items()
        if applied
    ]
    return sorted(parts, key=lambda part: (-part.money, part.name.zh))


def lines_of(session: Session, plan: SubsidyPlan, show: str, number: int) -> Paged:
    """A page of the firms, the greatest gain for a yuan first; two statements."""
    held = plan.outcome["firms"]
    wanted = [
        row
        for row, grant in enumerate(held["grant"])
        if show == ALL or (grant > 0) == (show == CHOSEN)
    ]
    # The chosen first, then those that came nearest to it, at last who has nothing to apply for.
    wanted.sort(key=lambda row: (-_nearness(held, row), -_worth(held, row), held["firm"][row]))
    page = sliced(wanted, number, PER_PAGE)
    return replace(page, rows=told_lines(session, plan, page.rows))


def told_lines(session: Session, plan: SubsidyPlan, rows: Sequence[int]) -> list[Line]:
    """Some firms of the plan; those that are no more are left out."""
    held, projects = plan.outcome["firms"], plan.outcome["projects"]
    ids = [held["firm"][row] for row in rows]
    firms = {
        firm.id: firm
        for firm in session.exec(
            select(Firm).where(col(Firm.id).in_(ids), Firm.district == plan.district)
        )
    }
    names = _names(session, [item for row in rows for item in projects[row]])
    terms = Terms.read(plan.terms)
    found = []
    for row in rows:
        firm = firms.get(held["firm"][row])
        if firm is None:
            continue
        told = {name: column[row] for name, column in held.items()}
        at = told["group"]
        group = group_name(terms.shares[at]) if at >= 0 else None
        items = [_item(item, names) for item in projects[row]]
        found.append(Line(firm, items, REASONS[Reason(told["reason"])], group, told))
    return found


def _nearness(held: Mapping[str, list[Any]], row: int) -> int:
    reason = int(held["reason"][row])
    return len(Reason) if reason == Reason.CHOSEN else reason


def _worth(held: Mapping[str, list[Any]], row: int) -> float:
    """The gain a yuan of what a firm gets, or would get next."""
    if held["grant"][row]:
        return float(held["gain"][row] / held["grant"][row])
    return float(held["next_gain"][row] / (held["next_money"][row] or 1.0))


def _names(session: Session, items: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    ids = {
        item["id"] for item in items if item["id"] and item["type"] not in load_catalogue().index
    }
    rows = session.exec(select(Project.id, Project.name).where(col(Project.id).in_(ids)))
    return {number: name for number, name in rows if number is not None}


def _item(item: Mapping[str, Any], names: Mapping[int, str]) -> Item:
    catalogue = load_catalogue()
    if item["type"] in catalogue.index:
        name = catalogue[item["type"]].name
    else:
        own = names.get(item["id"] or 0, "–")
        name = Text(own, own)
    figures = {key: item[key] for key in ("cost", "eligible", "gain", "chosen", "free")}
    return Item(name, **figures)


def _place_name(by: str, key: str) -> Text:
    if by == "industry":
        return industry_name(key)
    return Text(key or "街道未填", key or "Street not given")
