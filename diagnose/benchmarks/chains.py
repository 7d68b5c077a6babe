"""What a chain leader sees of a supplier: what the supplier agreed to, item by item, no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, or_, select

from diagnose.benchmarks.levels import verified_level
from diagnose.reading import questionnaire, standard, verified_answers
from diagnose.records import Actor, Assessment, Firm, Project, Status, SupplyLink, note
from diagnose.records.claiming import claim, first_of
from diagnose.refusing import Refused
from diagnose.retrofits.levels import standings_of
from questionnaires.text import Text


class Item(StrEnum):
    """What a supplier may share."""

    ORDERS = "orders"
    QUALITY = "quality"
    STOCK = "stock"
    CODES = "codes"
    SCHEDULING = "scheduling"
    LEVEL = "level"


WORKED_ON = tuple(item for item in Item if item != Item.LEVEL)
"""What leader and supplier work on together."""
SCENES: Mapping[Item, str] = MappingProxyType(
    {
        Item.ORDERS: "scene_marketing",
        Item.QUALITY: "scene_quality",
        Item.STOCK: "scene_warehouse",
        Item.SCHEDULING: "scene_scheduling",
    }
)
"""The questions whose answers are shown for an item."""
CODES = ("mechanism", "c")
"""The answer that shows whether codes are kept by rule."""


class LinkState(StrEnum):
    """How a link stands with its supplier."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LinkRefused(Refused):
    """The link cannot be made or changed; `message` says why."""


MEANWHILE = Text(
    "别人刚刚改动了它，请查看最新情况后再操作。",
    "Somebody changed it meanwhile; look at how it stands now.",
)
ITSELF = Text("链主与供应商不能是同一家企业。", "A firm cannot be its own supplier.")
ALREADY = Text("这两家企业之间已有链接。", "These two firms are linked already.")
YES = Text("已有数据（含编码）管理制度", "Has rules for data such as item codes")
NO = Text("还没有数据（含编码）管理制度", "No rules for data such as item codes yet")
NOTHING = Text("请至少选择一项。", "Choose at least one item.")


def state_of(link: SupplyLink) -> LinkState:
    """How a link stands; a withdrawal or refusal stands until the supplier agrees anew."""
    if link.withdrawn_at is not None:
        return LinkState.WITHDRAWN
    if link.refused_at is not None:
        return LinkState.REFUSED
    return LinkState.AGREED if link.agreed_at is not None else LinkState.ASKED


def shared_items(link: SupplyLink) -> frozenset[Item]:
    """What the leader may see now."""
    if state_of(link) != LinkState.AGREED:
        return frozenset()
    return frozenset(Item(name) for name in link.shared)


def link_up(
    session: Session,
    leader: Firm,
    supplier: Firm,
    supplies: str,
    links: Collection[str],
    actor: Actor,
) -> SupplyLink:
    """Ask a supplier on behalf of a leader; the caller commits."""
    if leader.id == supplier.id:
        raise LinkRefused(ITSELF)
    known = select(SupplyLink.id).where(
        SupplyLink.leader_id == leader.id, SupplyLink.supplier_id == supplier.id
    )
    if session.exec(known).first() is not None:
        raise LinkRefused(ALREADY)
    link = SupplyLink(
        leader_id=leader.id or 0,
        supplier_id=supplier.id or 0,
        supplies=supplies,
        links=[item.value for item in WORKED_ON if item in links],
        asked_at=actor.moment,
    )
    with first_of(session, LinkRefused(ALREADY)):
        session.add(link)
    _noted(session, actor, link, "chain.ask", leader=leader.id)
    return link


def agree(
    session: Session, link: SupplyLink, items: Collection[str], edition: int, actor: Actor
) -> None:
    """The supplier shares some items, and only these; the caller commits."""
    shared = [item.value for item in Item if item in items]
    if not shared:
        raise LinkRefused(NOTHING)
    changes = {
        "shared": shared,
        "agreed_at": actor.moment,
        "agreed_by": actor.account_id,
        "refused_at": None,
        "withdrawn_at": None,
    }
    _claim(session, link, edition, changes)
    _noted(session, actor, link, "chain.agree", items=shared, leader=link.leader_id)


def refuse(session: Session, link: SupplyLink, edition: int, actor: Actor) -> None:
    """The supplier shares nothing; the caller commits."""
    refused: dict[str, Any] = {
        "shared": [],
        "agreed_at": None,
        "agreed_by": None,
        "refused_at": actor.moment,
    }
    _claim(session, link, edition, refused)
    _noted(session, actor, link, "chain.refuse", leader=link.leader_id)


def withdraw(session: Session, link: SupplyLink, edition: int, actor: Actor) -> None:
    """The supplier takes its word back; the leader sees nothing from now on. The caller commits."""
    _claim(session, link, edition, {"shared": [], "withdrawn_at": actor.moment})
    _noted(session, actor, link, "chain.withdraw", leader=link.leader_id)


def set_target(
    session: Session,
    link: SupplyLink,
    target: str,
    project: Project | None,
    edition: int,
    actor: Actor,
) -> None:
    """What the leader aims at with a supplier, and by which project; the caller commits."""
    changes = {"target": target, "project_id": project.id if project else None}
    _claim(session, link, edition, changes)
    _noted(session, actor, link, "chain.target", project=changes["project_id"])


@dataclass(frozen=True, slots=True)
class Seen:
    """One shared item as the leader sees it; `value` None where the supplier has not said."""

    item: Item
    value: Text | None


def seen(session: Session, link: SupplyLink) -> list[Seen]:
    """The shared items of a supplier, from its latest sheet."""
    shared = shared_items(link)
    answers = _answers(session, link.supplier_id) if shared - {Item.LEVEL} else {}
    level = _level(session, link.supplier_id) if Item.LEVEL in shared else None
    return [
        Seen(item, level if item == Item.LEVEL else _told(item, answers))
        for item in Item
        if item in shared
    ]


def count_links(session: Session, district: str) -> Sequence[tuple[Firm, int, int]]:
    """Each leader with links to firms of the district, how many, and how many agreed."""
    agreed = (
        col(SupplyLink.agreed_at).is_not(None)
        & col(SupplyLink.refused_at).is_(None)
        & col(SupplyLink.withdrawn_at).is_(None)
    )
    rows: Any = session.exec(
        select(Firm, func.count(), func.count().filter(agreed))
        .join(SupplyLink, col(SupplyLink.leader_id) == Firm.id)
        .where(Firm.district == district)
        .group_by(col(Firm.id))
        .order_by(func.count().desc(), col(Firm.id))
    ).all()
    return list(rows)


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with its supplier, the supplier's verified level, and the project it goes by."""

    link: SupplyLink
    firm: Firm
    level: int | None
    project: Project | None


def links_of(session: Session, leader_id: int) -> list[Linked]:
    """The links of a leader, in one statement."""
    rows = session.execute(
        sqlalchemy.select(SupplyLink, Firm, verified_level(), Project)
        .join(Firm, col(Firm.id) == col(SupplyLink.supplier_id))
        .outerjoin(Project, col(Project.id) == col(SupplyLink.project_id))
        .where(col(SupplyLink.leader_id) == leader_id)
        .order_by(col(Firm.name), col(SupplyLink.id))
    )
    return [Linked(*row) for row in rows]


def links_with(session: Session, firm_id: int) -> list[tuple[SupplyLink, Firm]]:
    """The links in which a firm takes part, each with the firm on the other side."""
    other = or_(
        (col(SupplyLink.leader_id) == firm_id) & (col(Firm.id) == SupplyLink.supplier_id),
        (col(SupplyLink.supplier_id) == firm_id) & (col(Firm.id) == SupplyLink.leader_id),
    )
    found = session.exec(select(SupplyLink, Firm).join(Firm, other).order_by(col(SupplyLink.id)))
    return list(found.all())


def _answers(session: Session, firm_id: int) -> Mapping[str, object]:
    sheet = session.exec(
        select(Assessment.id)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).first()
    return verified_answers(session, sheet) if sheet is not None else {}


def _told(item: Item, answers: Mapping[str, object]) -> Text | None:
    question, option = (SCENES[item], "") if item in SCENES else CODES
    given = answers.get(question)
    if option:
        return None if not isinstance(given, list) else YES if option in given else NO
    return next((o.label for o in questionnaire()[question].options if o.id == given), None)


def _level(session: Session, firm_id: int) -> Text | None:
    held = standings_of(session, firm_id)
    level = held[0].level if held else None
    return None if level is None else standard().level_name(level)


def _claim(session: Session, link: SupplyLink, edition: int, changes: Mapping[str, Any]) -> None:
    if not claim(session, link, edition, **changes):
        raise LinkRefused(MEANWHILE)


def _noted(session: Session, actor: Actor, link: SupplyLink, action: str, **details: Any) -> None:
    note(session, actor, action, f"link:{link.id}", firm_id=link.supplier_id, **details)
