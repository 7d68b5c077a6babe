from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import Actor, Campaign, CampaignFirm, Diagnosis, Firm, Spell
from diagnose.records.columns import now
from diagnose.records.roster import Change, Ground
from diagnose.roster.recording import record, void
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import (
    exempt,
    keep,
    make_account,
    make_diagnosis,
    make_firm,
    sign_in,
    tell_stays,
)

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def accepted(session, firm, since=0, until=9, **changes):
    dates = {
        "accepted_on": today() - timedelta(since),
        "valid_until": today() + timedelta(until),
    }
    return make_diagnosis(session, firm, **({"state": "done"} | dates | changes))


def make_campaign(session, firms, **changes):
    held = {
        "district": "江岸区",
        "name": "首批",
        "questionnaire": "q",
        "questionnaire_version": "1",
        "base_on": today() - timedelta(100),
        "opens_on": today() - timedelta(100),
        "due_on": today() + timedelta(100),
        "stage": "open",
        "list_version": "2026-08/1",
        "frozen_at": now(),
    }
    campaign = keep(session, Campaign(**(held | changes)))
    for firm in firms:
        spell = session.exec(select(Spell).where(Spell.firm_id == firm.id)).first()
        keep(
            session,
            CampaignFirm(campaign_id=campaign.id, firm_id=firm.id, street_id=spell.street_id),
        )
    return campaign


def link(page, figure, *more):
    """The first number that opens the list of a figure."""
    wanted = [f"figure={figure}", *more]
    return next(
        e
        for e in page.all("a")
        if e["href"].startswith("/coverage/firms?") and all(w in e["href"] for w in wanted)
    )


def test_the_page_shows_numerator_denominator_and_day(session, visitor):
    for number in range(3):
        firm = make_firm(session)
        if number:
            accepted(session, firm)
    make_firm(session, district="别区", region="别处街道")
    page = visitor.get("/coverage/")
    assert "66.6 %" in page.text
    assert str(today()) in page.text
    assert "· 全覆盖" not in page.text
    assert "别处街道" not in page.text
    assert link(page, "covered")["text"] == "2"


@pytest.mark.parametrize("figure", ["covered", "due", "open", "listed", "excluded", "ever"])
def test_every_number_is_the_length_of_its_list(session, visitor, figure):
    for number in range(5):
        firm = make_firm(session, region="甲街" if number % 2 else "乙街")
        if number < 2:
            accepted(session, firm)
        elif number == 2:
            exempt(session, firm, date(2026, 1, 1))
            session.commit()
    page = visitor.get("/coverage/")
    found = link(page, figure)
    assert f"{found['text']} 家企业" in visitor.get(found["href"]).text
    for by_street in [e for e in page.all("a") if "by=street" in e["href"]]:
        assert f"{by_street['text']} 家企业" in visitor.get(by_street["href"]).text


def test_a_past_day_shows_what_was_then(session, visitor):
    accepted(session, make_firm(session), since=10)
    before = (today() - timedelta(11)).isoformat()
    assert link(visitor.get("/coverage/"), "covered")["text"] == "1"
    page = visitor.get(f"/coverage/?on={before}")
    assert link(page, "covered")["text"] == "0"
    assert f"on={before}" in link(page, "covered")["href"]
    assert "不是日期" in visitor.get("/coverage/?on=neulich").text


def test_a_list_of_a_past_day_calls_firms_as_they_were_called(session, visitor):
    firm, before = make_firm(session, name="旧名厂"), (today() - timedelta(9)).isoformat()
    facts = {"name": "新名厂"}
    record(session, Actor(), firm, Change.RENAMED, today() - timedelta(5), facts=facts, proof="证")
    session.commit()
    assert "新名厂" in visitor.get("/coverage/firms?figure=due").text
    assert "旧名厂" in visitor.get(f"/coverage/firms?figure=due&on={before}").text


def test_a_void_exemption_gives_no_reason(session, visitor):
    firm = make_firm(session)
    for back, reason in ((9, "涉密项目"), (5, "记错了")):
        event = record(
            session, Actor(), firm, Change.EXEMPTED, today() - timedelta(back),
            facts={"ground": Ground.SECRET}, reason=reason, proof="证",
        )  # fmt: skip
    void(session, Actor(), event, "误登")
    session.commit()
    page = visitor.get("/coverage/firms?figure=excluded")
    assert "涉密项目" in page.text
    assert "记错了" not in page.text


def test_a_campaign_is_forecast_by_its_own_pace(session, visitor):
    firms = [make_firm(session) for _ in range(4)]
    accepted(session, firms[0], since=50)
    make_campaign(session, firms)
    text = visitor.get("/coverage/").text
    full = today() + timedelta(270)  # three are missing, one came in 90 days
    assert f"考核覆盖率：按最近 90 天的速度（净增 1 家），约在 {full} 全部完成；尚缺 3 家" in text
    assert f"批次完成期限为 {today() + timedelta(100)}" in text


def test_full_coverage_is_said_with_the_list_of_exempt_firms(session, visitor):
    accepted(session, make_firm(session))
    exempt(session, make_firm(session, name="涉密厂"), date(2026, 1, 1), Ground.SECRET)
    session.commit()
    page = visitor.get("/coverage/")
    assert "全覆盖" in page.text
    assert "涉密或军工：1 家" in page.text
    assert "免诊企业超过名录的 5 %" in page.text
    assert "涉密厂" in visitor.get(link(page, "excluded")["href"]).text


def test_a_campaign_is_counted_on_its_list_and_its_streets_have_lights(session, visitor):
    firms = [make_firm(session, region=["甲街", "乙街"][n % 2], name=f"厂{n}") for n in range(4)]
    accepted(session, firms[0], since=50)
    make_campaign(session, firms)
    make_firm(session, entered_on=today() - timedelta(20), name="新厂")
    page = visitor.get("/coverage/")
    assert link(page, "frozen_done")["text"] == "1"
    assert link(page, "frozen_due")["text"] == "4"
    assert "2026-08/1" in page.text
    assert "25.0 %" in page.text
    [table] = [e for e in page.all("table") if "当前应达" in e["text"]]
    lines = [e["text"] for e in page.all("tr") if e["text"].strip() and e["text"] in table["text"]]
    _head, first, second = lines
    assert "乙街" in first
    assert "红" in first
    assert "厂1" in first
    assert "甲街" in second
    assert link(page, "newcomers")["text"] == "1"
    assert "新厂" in visitor.get(link(page, "newcomers")["href"]).text
    none = visitor.get("/coverage/?campaign=0")
    assert "2026-08/1" not in none.text


def test_a_list_comes_as_an_excel_file(session, visitor):
    make_firm(session, name="=甲厂")
    answer = visitor.client.get("/coverage/firms.xlsx?figure=due")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert "=甲厂" in [row[1] for row in rows]


@pytest.mark.parametrize(
    "address",
    ["?figure=nothing", "?figure=due&by=moon", "?figure=due&by=size&key=x", "?figure=frozen"],
)
def test_a_list_that_nobody_knows_is_not_there(visitor, address):
    visitor.get(f"/coverage/firms{address}", status=404)


def test_an_empty_district_has_no_share_and_says_what_comes_first(visitor):
    page = visitor.get("/coverage/")
    assert "%" not in page.text
    assert "导入名录文件" in page.text


def test_other_indicators_stand_with_both_their_numbers(session, visitor):
    accepted(session, make_firm(session))
    page = visitor.get("/coverage/indicators")
    assert "0 / 1 家" in page.text
    assert "一次通过" not in page.text


def test_as_many_statements_for_ten_firms_as_for_a_thousand(
    app, session, officer, visitor, statements
):
    counts = []
    for more in (10, 990):
        firms = [
            Firm(
                name=f"企业{n}",
                uscc=make_uscc(),
                district=officer.district,
                on_roster=True,
                region=f"街{n % 9}",
                industry=f"{13 + n % 20}",
            )
            for n in range(more)
        ]
        session.add_all(firms)
        session.flush()
        session.add_all(
            Spell(
                firm_id=firm.id,
                district=officer.district,
                since=date(2020, 1, 1),
                entered=date(2020, 1, 1),
            )
            for firm in firms
        )
        diagnoses = [Diagnosis(number=f"N{firm.id}", firm_id=firm.id) for firm in firms]
        session.add_all(diagnoses)
        session.commit()
        tell_stays(session, diagnoses[0])
        with statements(app) as count:
            visitor.get("/coverage/")
            visitor.get("/coverage/firms?figure=due")
        counts.append(count.total)
    assert counts[0] == counts[1]
