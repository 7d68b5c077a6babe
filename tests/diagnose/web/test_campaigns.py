"""Campaigns in the browser's eyes: planned, frozen, signed, opened, followed, closed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import select

from diagnose.records import (
    AuditEntry,
    Campaign,
    CampaignFirm,
    CampaignTarget,
    Diagnosis,
    Firm,
)
from diagnose.records.columns import now
from diagnose.records.roster import Spell
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import DISTRICT, make_account, make_firm
from tests.diagnose.web.campaigning import opened, planned, press, read_excel

DAY = date(2020, 1, 1)


@pytest.fixture
def officer(session):
    return make_account(session, "officer")


@pytest.fixture
def page(as_, officer):
    return as_(officer)


def test_a_campaign_goes_from_plan_to_open_diagnoses(page, session):
    firms = [make_firm(session) for _ in range(3)]
    campaign = opened(page, session)
    assert campaign.stage == "open"
    assert campaign.signed_statistics == "统计局 陈平"
    found = session.exec(select(Diagnosis)).all()
    assert {each.firm_id for each in found} == {firm.id for firm in firms}
    assert {each.campaign_id for each in found} == {campaign.id}
    shown = page.get(f"/campaigns/{campaign.id}")
    assert campaign.list_version in shown.text
    assert "0 / 3" in shown.text
    said = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    wanted = ["add", "freeze", "sign", "open", "diagnoses"]
    assert [each for each in said if each.startswith("campaign.")] == [
        f"campaign.{each}" for each in wanted
    ]


def test_what_was_typed_wrongly_stays_and_is_said(page, session):
    typed = {"due_on": "2025-01-01", "opens_on": "2026-01-01", "name": "一号批次"}
    shown, campaign = page.send(page.get("/campaigns/new"), 422, **typed), None
    assert "一号批次" in shown.html
    assert shown.problems()
    assert session.exec(select(Campaign)).all() == []
    shown = page.send(page.get("/campaigns/new"), 422, target="130")
    assert shown.filled()["target"] == "130"
    planned(page, session, name="一号批次")
    assert page.send(page.get("/campaigns/new"), 422, name="一号批次").problems()
    assert campaign is None


def test_an_unsigned_campaign_does_not_open(page, session):
    make_firm(session)
    shown, campaign = planned(page, session)
    assert press(page, shown, f"/campaigns/{campaign.id}/open").status_code == 409
    press(page, shown, f"/campaigns/{campaign.id}/freeze")
    assert press(page, shown, f"/campaigns/{campaign.id}/open").status_code == 409
    assert session.exec(select(Diagnosis)).all() == []


def test_signatures_to_a_list_that_was_frozen_anew_are_not_kept(page, session):
    make_firm(session)
    shown, campaign = planned(page, session)
    way = f"/campaigns/{campaign.id}"
    press(page, shown, f"{way}/freeze")
    token = shown.all("meta", name="csrf-token")[0]["content"]
    press(page, shown, f"{way}/freeze")
    signed = {"bureau": "甲", "statistics": "乙", "edition": 1, "csrf_token": token}
    assert page.client.post(f"{way}/sign", data=signed).status_code == 409
    session.refresh(campaign)
    assert campaign.signed_bureau == ""


def test_a_step_on_a_page_that_is_out_of_date_is_not_taken(page, session):
    """Frozen anew, signatures would be lost; closed twice, a campaign would be open again."""
    make_firm(session)
    campaign = opened(page, session)
    way = f"/campaigns/{campaign.id}"
    seen = page.get(way)
    old = {"csrf_token": seen.all("meta", name="csrf-token")[0]["content"]}
    old["edition"] = seen.all("input", name="edition")[0]["value"]
    answers = [page.client.post(f"{way}/close", data=old).status_code for _ in range(2)]
    assert answers == [302, 409]
    for step in ("freeze", "open", "close"):
        for edition in (old["edition"], "", "9" * 5000, "-1"):
            sent = old | {"edition": edition}
            assert page.client.post(f"{way}/{step}", data=sent).status_code == 409
    session.refresh(campaign)
    assert campaign.stage == "closed"


def test_another_base_day_drops_the_list_of_a_draft(page, session):
    make_firm(session)
    shown, campaign = planned(page, session)
    way = f"/campaigns/{campaign.id}"
    press(page, shown, f"{way}/freeze")
    page.send(page.get(f"{way}/edit"), base_on="2025-07-01")
    session.expire_all()
    assert session.get(Campaign, campaign.id).frozen_at is None
    assert session.exec(select(CampaignFirm)).all() == []


def test_an_open_campaign_keeps_its_days(page, session):
    make_firm(session)
    campaign = opened(page, session)
    before = (campaign.base_on, campaign.opens_on)
    later = (today() + timedelta(days=900)).isoformat()
    edit = page.get(f"/campaigns/{campaign.id}/edit")
    page.send(edit, base_on="2020-01-01", opens_on="2020-01-01", due_on=later)
    session.expire_all()
    found = session.get(Campaign, campaign.id)
    assert (found.base_on, found.opens_on) == before
    assert found.due_on.isoformat() == later


def test_two_officers_do_not_overwrite_each_other(page, session):
    shown, campaign = planned(page, session)
    edit = page.get(f"/campaigns/{campaign.id}/edit")
    page.send(edit, name="甲先改")
    again = page.send(edit, 409, name="乙后改")
    assert again.filled()["name"] == "乙后改"
    page.send(again, name="乙后改")
    session.expire_all()
    assert session.get(Campaign, campaign.id).name == "乙后改"
    assert shown


def test_the_list_is_fetched_as_excel_with_who_signed(page, session):
    firm = make_firm(session, name="=武汉一号机械")
    campaign = opened(page, session)
    sheets = read_excel(page.client.get(f"/campaigns/{campaign.id}/list").data)
    assert sheets["名单"][1][1:3] == [firm.uscc, "=武汉一号机械"]
    assert ["统计部门签认人", "统计局 陈平"] in sheets["名单说明"]


def test_streets_get_targets_of_their_own(page, session):
    make_firm(session, region="后湖街道")
    make_firm(session, region="丹水池街道")
    campaign = opened(page, session)
    way = f"/campaigns/{campaign.id}/targets"
    shown = page.get(way)
    names = [e["name"] for e in shown.all("input") if e.get("name", "").startswith("target_")]
    page.send(shown, fields={names[0]: "80%"})
    assert [t.target for t in session.exec(select(CampaignTarget)).all()] == [80.0]
    wrong = page.send(page.get(way), 422, fields={names[1]: "很多"})
    assert wrong.filled()[names[1]] == "很多"


def test_the_list_of_campaigns_tells_how_far_the_open_ones_are(page, session):
    make_firm(session)
    opened(page, session)
    planned(page, session, name="第二批")
    [running, draft] = sorted(
        (row["text"] for row in page.get("/campaigns/").all("tr") if "目标" not in row["text"]),
        key=lambda text: "草稿" in text,
    )
    assert "0.0 % 0 / 1" in running
    assert "–" in draft


def test_each_number_of_a_campaign_opens_its_list(page, session):
    for number in range(3):
        make_firm(session, region="甲街" if number else "乙街")
    campaign = opened(page, session)
    shown = page.get(f"/campaigns/{campaign.id}")
    links = [e for e in shown.all("a") if e["href"].startswith("/coverage/firms?")]
    assert {e["href"].split("figure=")[1].split("&")[0] for e in links} >= {
        "frozen", "frozen_due", "frozen_done", "frozen_open", "due", "covered", "ever",
    }  # fmt: skip
    for link in links:
        listed = page.get(link["href"])
        said = "这一天没有" if link["text"] == "0" else f"{link['text']} 家企业"
        assert said in listed.text


def test_the_lists_take_as_many_statements_for_many_firms(page, session, app, statements):
    for _ in range(10):
        make_firm(session)
    campaign = opened(page, session)
    ways = [f"/campaigns/{campaign.id}{end}" for end in ("", "/reminders", "/packages")]
    counts = []
    for more in (0, 990):
        many(session, campaign, more)
        for way in ways:
            page.get(way)
        with statements(app) as count:
            for way in ways:
                page.get(way)
        counts.append(count.total)
    assert counts[0] == counts[1]


def many(session, campaign, number):
    """More firms on the list, each with its diagnosis, without the detour of the pages."""
    first = session.exec(select(Firm.id).order_by(Firm.id.desc())).first() + 1
    ids = range(first, first + number)
    rows = {
        Firm: [
            {"id": id_, "name": f"企业{id_}", "uscc": make_uscc(), "district": DISTRICT}
            | {"on_roster": True, "created_at": now()}
            for id_ in ids
        ],
        Spell: [
            {"firm_id": id_, "district": DISTRICT, "since": DAY, "entered": DAY} for id_ in ids
        ],
        CampaignFirm: [{"campaign_id": campaign.id, "firm_id": id_} for id_ in ids],
        Diagnosis: [
            {"number": f"N{id_}", "firm_id": id_, "campaign_id": campaign.id} for id_ in ids
        ],
    }
    for table, held in rows.items():
        if held:
            session.exec(insert(table), params=held)
    session.commit()
