"""The fictional district's campaign: its list frozen and signed, streets with targets, packages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from diagnose.campaigns.lists import count_by_street, freeze, sign
from diagnose.campaigns.opening import open_campaign
from diagnose.demonstration.people import Cast
from diagnose.demonstration.scene import Scene
from diagnose.reading import STANDARD, questionnaire
from diagnose.records import (
    Actor,
    Campaign,
    CampaignFirm,
    CampaignTarget,
    Diagnosis,
    Provider,
    note,
)
from questionnaires.clock import day_of

SIGNED = ("江一帆", "示例区统计局 陈平")
DAYS = 345  # from the first to the last day of the campaign
STRICTER, EARLIER = ("示例区·青麓镇",), 30  # who has an earlier last day, by how many days


def show_campaigns(scene: Scene) -> None:
    """Plan, freeze, sign and open the campaign that all diagnoses of the district belong to."""
    session, cast, table = scene.session, scene.cast, scene.table
    begun = Actor(cast.officer.id, at=table.opened)
    campaign = _planned(session, cast, day_of(table.opened))
    note(session, begun, "campaign.add", f"campaign:{campaign.id}")
    freeze(session, begun, campaign)
    sign(session, begun, campaign, *SIGNED)
    open_campaign(session, replace(begun, at=table.opened + timedelta(hours=1)), campaign)
    _set_targets(session, campaign)
    _pack(session, campaign, table.opened)
    session.flush()


def _planned(session: Session, cast: Cast, day: date) -> Campaign:
    asked = questionnaire()
    campaign = Campaign(
        name=f"{day.year} 年度规上工业企业数字化诊断",
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        base_on=day,
        opens_on=day,
        due_on=day + timedelta(days=DAYS),
        district=cast.officer.district,
        standards=[STANDARD],
    )
    session.add(campaign)
    session.flush()
    return campaign


def _set_targets(session: Session, campaign: Campaign) -> None:
    """Some streets are to be finished earlier."""
    early = campaign.due_on - timedelta(days=EARLIER)
    session.add_all(
        CampaignTarget(campaign_id=campaign.id or 0, street_id=street, due_on=early)
        for street, name, _firms in count_by_street(session, campaign)
        if name in STRICTER
    )


def _pack(session: Session, campaign: Campaign, opened: datetime) -> None:
    """The diagnoses of the list belong to the campaign, each provider's in one package."""
    listed = select(CampaignFirm.firm_id).where(CampaignFirm.campaign_id == campaign.id)
    own = col(Diagnosis.firm_id).in_(listed) & (col(Diagnosis.opened_at) >= opened)
    session.exec(update(Diagnosis).where(own).values(campaign_id=campaign.id))
    for provider_id, code in session.exec(select(Provider.id, Provider.code)).all():
        held = col(Diagnosis.provider_id) == provider_id
        session.exec(update(Diagnosis).where(own, held).values(package=f"{code} 包"))
