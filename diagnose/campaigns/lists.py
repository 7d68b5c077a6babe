"""The frozen list of a campaign: every firm listed on its base day, written down once."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, literal, or_
from sqlmodel import Session, col, select

from diagnose.campaigns.refusing import CampaignRefused
from diagnose.records import Actor, Campaign, CampaignFirm, CampaignStage, Firm, Spell, Tag, note
from diagnose.records.roster import Listing
from diagnose.roster.standing import Standing
from questionnaires.text import Text

SHOWN_OF_HASH = 8
NOBODY = Text(
    "{day} 的名录中没有规上企业，无法冻结。请先核对名录或改基准日。",
    "On {day} no firm was on the roster, so there is nothing to freeze. Check the roster or "
    "choose another base day.",
)
NOT_DRAFT = Text(
    "批次已启动，名单不能再改。",
    "The campaign has been opened; its list cannot be changed any more.",
)
NO_LIST = Text("请先冻结名单。", "Freeze the list first.")


def freeze(session: Session, actor: Actor, campaign: Campaign) -> str:
    """Write down who was listed on the base day, in place of an earlier list; its version.

    Who signed the earlier list did not sign this one. Raises `CampaignRefused` once the campaign
    is open, or where nobody was listed. The caller commits.
    """
    if campaign.stage != CampaignStage.DRAFT:
        raise CampaignRefused(NOT_DRAFT)
    replaced = campaign.list_version
    session.exec(delete(CampaignFirm).where(col(CampaignFirm.campaign_id) == campaign.id))
    session.exec(
        insert(CampaignFirm).from_select(
            ["campaign_id", "firm_id", "street_id", "ground"], _listed(campaign)
        )
    )
    firms, seal = _sealed(session, campaign.id or 0)
    if not firms:
        raise CampaignRefused(NOBODY.format(day=campaign.base_on.isoformat()))
    number = _number_of(replaced) + 1
    campaign.list_version = f"{campaign.base_on:%Y-%m}/{number} · {firms} · {seal[:SHOWN_OF_HASH]}"
    campaign.frozen_at, campaign.frozen_by = actor.moment, actor.account_id
    campaign.signed_bureau = campaign.signed_statistics = ""
    campaign.edition += 1
    session.add(campaign)
    note(
        session, actor, "campaign.freeze", f"campaign:{campaign.id}",
        firms=firms, sha256=seal, version=number,
    )  # fmt: skip
    return campaign.list_version


def thaw(session: Session, actor: Actor, campaign: Campaign) -> None:
    """Drop the list of a draft whose base day is no longer that of the list; the caller commits."""
    session.exec(delete(CampaignFirm).where(col(CampaignFirm.campaign_id) == campaign.id))
    campaign.frozen_at = campaign.frozen_by = None
    campaign.signed_bureau = campaign.signed_statistics = ""
    session.add(campaign)
    note(session, actor, "campaign.thaw", f"campaign:{campaign.id}")


def sign(session: Session, actor: Actor, campaign: Campaign, bureau: str, statistics: str) -> None:
    """Write down who signed the list for the bureau and for the statistics office."""
    if campaign.stage != CampaignStage.DRAFT:
        raise CampaignRefused(NOT_DRAFT)
    if campaign.frozen_at is None:
        raise CampaignRefused(NO_LIST)
    campaign.signed_bureau, campaign.signed_statistics = bureau, statistics
    campaign.edition += 1
    session.add(campaign)
    note(session, actor, "campaign.sign", f"campaign:{campaign.id}")


def is_as_signed(session: Session, campaign: Campaign) -> bool:
    """Whether the list still is the one whose hash its version bears."""
    _firms, seal = _sealed(session, campaign.id or 0)
    return campaign.list_version.endswith(f" · {seal[:SHOWN_OF_HASH]}")


def listed_firms(session: Session, campaign: Campaign) -> list[Any]:
    """The firms of the list with street and ground of the base day, by street and name."""
    query = (
        select(Firm, Tag.name, CampaignFirm.ground)
        .join(CampaignFirm, col(CampaignFirm.firm_id) == Firm.id)
        .outerjoin(Tag, col(Tag.id) == CampaignFirm.street_id)
        .where(CampaignFirm.campaign_id == campaign.id)
        .order_by(col(Tag.name), col(Firm.name), col(Firm.id))
    )
    return list(session.execute(query))


def awaited_firms(session: Session, campaign: Campaign, day: date) -> list[Firm]:
    """The firms of the list that are waited for on `day`: still of the district, not exempt."""
    standing, listed = Standing(campaign.district, day), col(CampaignFirm.campaign_id)
    query = (
        standing.of(Firm)
        .join(CampaignFirm, col(CampaignFirm.firm_id) == Firm.id)
        .where(listed == campaign.id, standing.awaited)
        .order_by(col(Firm.region), col(Firm.name), col(Firm.id))
    )
    return list(session.scalars(query))


def count_by_street(session: Session, campaign: Campaign) -> list[tuple[int, str, int]]:
    """The streets of the list: id, name, how many firms; firms without a street are left out."""
    columns: list[Any] = [Tag.id, Tag.name, func.count()]
    rows = session.execute(
        select(*columns)
        .join(CampaignFirm, col(CampaignFirm.street_id) == Tag.id)
        .where(col(CampaignFirm.campaign_id) == campaign.id)
        .group_by(col(Tag.id), col(Tag.name))
        .order_by(col(Tag.name))
    )
    return [(number, name, firms) for number, name, firms in rows]


def _listed(campaign: Campaign) -> Any:
    day = campaign.base_on
    return select(literal(campaign.id), Spell.firm_id, Spell.street_id, Spell.ground).where(
        Spell.district == campaign.district,
        Spell.listing == int(Listing.LISTED),
        col(Spell.since) <= day,
        or_(col(Spell.until).is_(None), col(Spell.until) > day),
    )


def _sealed(session: Session, campaign_id: int) -> tuple[int, str]:
    """How many firms are on the list, and the hash of who, where and under which ground."""
    rows = session.execute(
        select(CampaignFirm.firm_id, CampaignFirm.street_id, CampaignFirm.ground)
        .where(CampaignFirm.campaign_id == campaign_id)
        .order_by(col(CampaignFirm.firm_id))
    ).all()
    said = "\n".join(f"{firm},{street or 0},{ground}" for firm, street, ground in rows)
    return len(rows), sha256(said.encode()).hexdigest()


def _number_of(version: str) -> int:
    """The number of a list, counted from the first freeze of the campaign; 0 before it."""
    return int(version.split("/", 1)[1].split(" ", 1)[0]) if version else 0
