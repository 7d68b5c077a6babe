"""The fictional district's campaign: its list frozen and signed, streets with targets, packages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
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
DAYS = 330  # from the first to the last day of the campaign
STRICTER, EARLIER = 2, 60  # streets with an earlier last day, and by how many days


def show_campaigns(scene: Scene) -> None:
    """Plan, freeze, sign and open the campaign that all diagnoses of the district belong to."""
    session, cast, table, rng = scene.session, scene.cast, scene.table, scene.rng
    begun = Actor(cast.officer.id, at=table.opened)
    campaign = _planned(session, cast, day_of(table.opened))
    note(session, begun, "campaign.add", f"campaign:{campaign.id}")
    freeze(session, begun, campaign)
    sign(session, begun, campaign, *SIGNED)
    open_campaign(session, replace(begun, at=table.opened + timedelta(hours=1)), campaign)
    _set_targets(session, campaign, rng)
    _pack(session, campaign)
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


def _set_targets(session: Session, campaign: Campaign, rng: np.random.Generator) -> None:
    """Some streets are to be finished earlier."""
    streets = count_by_street(session, campaign)
    early = campaign.due_on - timedelta(days=EARLIER)
    chosen = rng.permutation(len(streets))[:STRICTER]
    session.add_all(
        CampaignTarget(campaign_id=campaign.id or 0, street_id=streets[at][0], due_on=early)
        for at in chosen
    )


def _pack(session: Session, campaign: Campaign) -> None:
    """The diagnoses of the list belong to the campaign, each provider's in one package."""
    listed = select(CampaignFirm.firm_id).where(CampaignFirm.campaign_id == campaign.id)
    own = col(Diagnosis.firm_id).in_(listed)
    session.exec(update(Diagnosis).where(own).values(campaign_id=campaign.id))
    for provider_id, code in session.exec(select(Provider.id, Provider.code)).all():
        held = col(Diagnosis.provider_id) == provider_id
        session.exec(update(Diagnosis).where(own, held).values(package=f"{code} 包"))
