"""A campaign opened: a diagnosis for every firm of its list that needs one; closed in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, exists, func, or_, update
from sqlmodel import Session, col, select

from diagnose.campaigns.lists import NO_LIST, NOT_DRAFT, is_as_signed
from diagnose.campaigns.refusing import CampaignRefused
from diagnose.records import (
    CLOSED,
    Actor,
    Campaign,
    CampaignFirm,
    CampaignStage,
    Diagnosis,
    Firm,
    Spell,
    note,
)
from diagnose.records.roster import Ground
from diagnose.roster.standing import STILL_OURS
from diagnose.workflow import open_diagnosis
from questionnaires.clock import day_of
from questionnaires.text import Text

COMMIT_EVERY = 50

NOT_SIGNED = Text(
    "名单须先写明主管部门和统计部门的签认人。",
    "First write down who signed the list for the bureau and for the statistics office.",
)
NOT_AS_SIGNED = Text(
    "名单与签认时不一致，请重新冻结。",
    "The list is not the one that was signed; freeze it again.",
)
NOT_OPEN = Text("批次没有启动。", "The campaign is not open.")
NOT_CLOSED = Text("批次没有关闭。", "The campaign is not closed.")


def open_campaign(session: Session, actor: Actor, campaign: Campaign) -> None:
    """Open a campaign whose list is frozen and signed; the caller commits."""
    if campaign.stage != CampaignStage.DRAFT:
        raise CampaignRefused(NOT_DRAFT)
    if campaign.frozen_at is None:
        raise CampaignRefused(NO_LIST)
    if not (campaign.signed_bureau and campaign.signed_statistics):
        raise CampaignRefused(NOT_SIGNED)
    if not is_as_signed(session, campaign):
        raise CampaignRefused(NOT_AS_SIGNED)
    _step(session, actor, campaign, CampaignStage.OPEN, "campaign.open")


def close_campaign(session: Session, actor: Actor, campaign: Campaign) -> None:
    """Close an open campaign; its diagnoses go on. The caller commits."""
    if campaign.stage != CampaignStage.OPEN:
        raise CampaignRefused(NOT_OPEN)
    _step(session, actor, campaign, CampaignStage.CLOSED, "campaign.close")


def reopen_campaign(session: Session, actor: Actor, campaign: Campaign) -> None:
    """Take the closing of a campaign back. The caller commits."""
    if campaign.stage != CampaignStage.CLOSED:
        raise CampaignRefused(NOT_CLOSED)
    _step(session, actor, campaign, CampaignStage.OPEN, "campaign.reopen")


def _step(
    session: Session, actor: Actor, campaign: Campaign, stage: CampaignStage, action: str
) -> None:
    campaign.stage = stage
    campaign.edition += 1
    session.add(campaign)
    note(session, actor, action, f"campaign:{campaign.id}")


def count_lacking(session: Session, campaign: Campaign, day: date) -> int:
    """How many firms of the list have neither an open diagnosis nor a valid report on `day`."""
    query = select(func.count()).select_from(_lacking(campaign, day).subquery())
    return session.scalar(query) or 0


def open_lacking(
    session: Session,
    actor: Actor,
    campaign: Campaign,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """Open a diagnosis for each firm that lacks one; how many. Commits piece by piece.

    A diagnosis that such a firm has open outside of any campaign is taken into this one.
    """
    number = campaign.id
    adopted = _adopt(session, campaign)
    firms = list(session.scalars(_lacking(campaign, day_of(actor.moment)).order_by(col(Firm.id))))
    for done, firm in enumerate(firms, 1):
        open_diagnosis(session, firm, actor).campaign_id = number
        if done % COMMIT_EVERY == 0:
            session.commit()
            told(done, len(firms))
    note(
        session, actor, "campaign.diagnoses", f"campaign:{number}",
        opened=len(firms), adopted=adopted,
    )  # fmt: skip
    session.commit()
    told(len(firms), len(firms))
    return len(firms)


def _adopt(session: Session, campaign: Campaign) -> int:
    listed = select(CampaignFirm.firm_id).where(CampaignFirm.campaign_id == campaign.id)
    result = session.exec(
        update(Diagnosis)
        .where(
            col(Diagnosis.firm_id).in_(listed),
            col(Diagnosis.campaign_id).is_(None),
            col(Diagnosis.state).not_in(CLOSED),
        )
        .values(campaign_id=campaign.id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount


def _lacking(campaign: Campaign, day: date) -> Any:
    standing: ColumnElement[bool] = exists().where(
        col(Spell.firm_id) == Firm.id,
        col(Spell.district) == campaign.district,
        col(Spell.since) <= day,
        or_(col(Spell.until).is_(None), col(Spell.until) > day),
        col(Spell.listing).in_([int(listing) for listing in STILL_OURS]),
        col(Spell.ground) == int(Ground.NONE),
    )
    held = exists().where(
        col(Diagnosis.firm_id) == Firm.id,
        or_(
            col(Diagnosis.state).not_in(("done", "expired")),
            and_(
                col(Diagnosis.state) == "done",
                or_(col(Diagnosis.valid_until).is_(None), col(Diagnosis.valid_until) >= day),
            ),
        ),
    )
    return (
        select(Firm)
        .join(CampaignFirm, col(CampaignFirm.firm_id) == Firm.id)
        .where(
            CampaignFirm.campaign_id == campaign.id,
            Firm.district == campaign.district,
            standing,
            ~held,
        )
    )
