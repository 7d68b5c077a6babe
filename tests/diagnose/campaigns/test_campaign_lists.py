"""The frozen list: who is on it, what its version says, and that nobody changes it unseen."""

from datetime import date

import pytest
from sqlmodel import select

from diagnose.campaigns import current_campaign
from diagnose.campaigns.lists import freeze, is_as_signed, listed_firms, sign
from diagnose.campaigns.opening import open_campaign
from diagnose.campaigns.refusing import CampaignRefused
from diagnose.records import Actor, AuditEntry, CampaignFirm
from tests.diagnose.campaigns.conftest import make_campaign
from tests.diagnose.people import keep, make_firm

ACTOR = Actor()


def test_all_firms_listed_on_the_base_day_are_on_the_list(session, campaign):
    """programme.md §4.2: B is the list frozen at the base date."""
    listed = [make_firm(session), make_firm(session, region="丹水池街道")]
    make_firm(session, entered_on=date(2026, 1, 2))
    make_firm(session, on_roster=False)
    make_firm(session, district="汉阳区")
    version = freeze(session, ACTOR, campaign)
    found = listed_firms(session, campaign)
    assert {firm.id for firm, _street, _ground in found} == {firm.id for firm in listed}
    assert {street for _firm, street, _ground in found} == {"后湖街道", "丹水池街道"}
    assert version.startswith("2026-01/1 · 2 · ")
    assert campaign.frozen_at is not None


def test_a_new_freeze_replaces_the_list_and_takes_its_signatures(session, campaign):
    make_firm(session)
    first = freeze(session, ACTOR, campaign)
    sign(session, ACTOR, campaign, "江一帆", "统计局 陈平")
    make_firm(session)
    second = freeze(session, ACTOR, campaign)
    assert second.startswith("2026-01/2 · 2 · ")
    assert first[-8:] != second[-8:]
    assert campaign.signed_bureau == campaign.signed_statistics == ""
    session.commit()
    said = session.exec(select(AuditEntry).where(AuditEntry.action == "campaign.freeze")).all()
    assert [entry.details["firms"] for entry in said] == [1, 2]


def test_an_empty_roster_is_not_frozen(session, campaign):
    with pytest.raises(CampaignRefused):
        freeze(session, ACTOR, campaign)


def test_a_list_is_signed_only_once_it_is_there(session, campaign):
    with pytest.raises(CampaignRefused):
        sign(session, ACTOR, campaign, "甲", "乙")


def test_once_open_the_list_stays(session, campaign):
    make_firm(session)
    freeze(session, ACTOR, campaign)
    sign(session, ACTOR, campaign, "甲", "乙")
    open_campaign(session, ACTOR, campaign)
    for change in (
        lambda: freeze(session, ACTOR, campaign),
        lambda: sign(session, ACTOR, campaign, "丙", "丁"),
    ):
        with pytest.raises(CampaignRefused):
            change()


def test_an_unsigned_list_is_not_opened(session, campaign):
    make_firm(session)
    with pytest.raises(CampaignRefused):
        open_campaign(session, ACTOR, campaign)
    freeze(session, ACTOR, campaign)
    with pytest.raises(CampaignRefused):
        open_campaign(session, ACTOR, campaign)


def test_a_list_changed_behind_its_signatures_is_not_opened(session, campaign):
    make_firm(session)
    freeze(session, ACTOR, campaign)
    sign(session, ACTOR, campaign, "甲", "乙")
    assert is_as_signed(session, campaign)
    other = make_firm(session)
    keep(session, CampaignFirm(campaign_id=campaign.id, firm_id=other.id))
    assert not is_as_signed(session, campaign)
    with pytest.raises(CampaignRefused):
        open_campaign(session, ACTOR, campaign)


def test_the_current_campaign_is_the_one_opened_last(session):
    make_firm(session)
    for year in (2025, 2026):
        found = make_campaign(
            session,
            name=f"{year} 年",
            base_on=date(year, 1, 1),
            opens_on=date(year, 2, 1),
            due_on=date(year, 12, 31),
        )
        freeze(session, ACTOR, found)
        sign(session, ACTOR, found, "甲", "乙")
        open_campaign(session, ACTOR, found)
    make_campaign(session, name="草稿", opens_on=date(2026, 3, 1))
    session.commit()
    on = {day: current_campaign(session, "江岸区", day) for day in DAYS}
    assert [each and each.name for each in on.values()] == [None, "2025 年", "2025 年", "2026 年"]


DAYS = (date(2025, 1, 31), date(2025, 2, 1), date(2026, 1, 31), date(2026, 11, 23))
