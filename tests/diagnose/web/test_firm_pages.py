"""A firm's home: where things stand, and the one next step."""

from datetime import timedelta

import pytest

from diagnose.records import (
    Actor,
    Census,
    Firm,
    Project,
    Remark,
    Report,
    Stage,
    Status,
    SupplyLink,
)
from diagnose.records.columns import now
from diagnose.retrofits import LIFE
from diagnose.web.firms.meanings import MEANINGS
from diagnose.workflow import MACHINE, Wanted, move, open_diagnosis
from questionnaires.clock import today
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm, make_provider
from tests.diagnose.projects import make_acceptance, make_contract, make_project


@pytest.fixture
def firm(session, firm_account):
    return session.get(Firm, firm_account.firm_id)


def step(page):
    return page.all("h2", id="next")[0]["text"]


def submitted(session, firm):
    held = {"status": Status.SUBMITTED, "submitted_at": now(), "questionnaire": "sme-2024"}
    return keep(session, make_assessment(firm.id, **held))


def in_state(session, firm, state, **held):
    return make_diagnosis(session, firm, state=state, **held)


def reported(session, diagnosis):
    report = Report(
        diagnosis_id=diagnosis.id,
        number="R1",
        version=1,
        dated=now().date(),
        standard="sme-2024",
        standard_version="1.0.0",
    )
    return keep(session, report)


def test_a_firm_that_has_nothing_is_told_what_happens(firm_visitor):
    page = firm_visitor.get("/firm/")
    assert step(page) == "开始自评"
    assert "诊断怎么做" in page.text
    assert "生产设备清单" in page.text
    assert "虚构数据" not in page.text


def test_a_draft_is_gone_on_with(begin, visitor, firm_account):
    begin(firm_account)
    page = visitor.get("/firm/")
    assert step(page) == "继续填写自评"
    assert "还有 31 道必答题未填" in page.text


def test_an_exempt_firm_is_not_told_to_go_on(session, begin, visitor, firm_account, firm):
    begin(firm_account)
    in_state(session, firm, "exempt")
    page = visitor.get("/firm/")
    assert step(page) == "目前无需操作"
    assert "免诊" in page.text


def test_a_report_that_waits_comes_before_all_else(session, firm_visitor, firm):
    due = now() - timedelta(days=2)
    sheet = submitted(session, firm)
    diagnosis = in_state(session, firm, "with_firm", assessment_id=sheet.id, due_at=due)
    keep(session, make_assessment(firm.id, questionnaire="sme-2024"))
    report = reported(session, diagnosis)
    page = firm_visitor.get("/firm/")
    assert step(page) == "阅读并确认报告"
    assert any(e.get("href") == f"/reports/{report.id}" for e in page.all("a"))
    assert "已逾期" in page.text
    assert "不答复不等于同意" in page.text


def test_a_report_is_not_shown_before_it_is_sent(session, firm_visitor, firm):
    diagnosis = in_state(session, firm, "internal_check")
    reported(session, diagnosis)
    assert "/reports/" not in firm_visitor.get("/firm/").html.split("<main")[1]


def test_a_diagnosis_of_a_new_round_wants_a_new_sheet(session, firm_visitor, firm):
    submitted(session, firm)
    in_state(session, firm, "assigned")
    page = firm_visitor.get("/firm/")
    assert step(page) == "开始自评"
    assert "本次诊断需要一份新的答卷" in page.text


def test_objections_without_answer_are_counted(session, firm_visitor, firm):
    diagnosis = in_state(session, firm, "objected", assessment_id=submitted(session, firm).id)
    report = reported(session, diagnosis)
    held = {"report_id": report.id, "agreed": False, "text": "不符"}
    keep(session, Remark(item="answer:network", **held))
    keep(session, Remark(item="answer:planning", answer="已改", **held))
    page = firm_visitor.get("/firm/")
    assert "有 1 条异议等待答复" in page.text
    assert "现在等待服务机构" in page.all("dl", class_="facts")[0]["text"]


def test_a_firm_whose_turn_it_is_not_is_told_whose(session, firm_visitor, firm):
    in_state(session, firm, "objected", assessment_id=submitted(session, firm).id)
    keep(session, Census(firm_id=firm.id, stage="submitted", submitted_at=now()))
    page = firm_visitor.get("/firm/")
    assert step(page) == "目前无需操作"
    assert "现在等待：服务机构" in page.text
    assert not page.all("ul", class_="todo")


def test_the_census_comes_next_while_others_are_at_the_diagnosis(session, firm_visitor, firm):
    in_state(session, firm, "objected", assessment_id=submitted(session, firm).id)
    assert step(firm_visitor.get("/firm/")) == "填写智能化改造需求普查"


def test_what_projects_and_chain_leaders_wait_for_is_listed_by_its_day(session, firm_visitor, firm):
    day = today()
    in_state(session, firm, "done", assessment_id=submitted(session, firm).id, accepted_on=day)
    term = {"starts_on": day - timedelta(100), "ends_on": day + timedelta(100)}
    late = make_project(session, firm, name="车间联网", stage="under_way")
    make_project(session, firm, name="条码仓库", stage="under_way", progress=100)
    make_contract(session, late, signed_on=term["starts_on"], **term)
    make_project(session, firm, name="能源管理", stage="pooled", stage_since=now())
    done = make_project(session, firm, name="看板", stage="passed", progress=100)
    make_acceptance(session, done, verdict="passed", finished_on=day - timedelta(200))
    keep(session, SupplyLink(leader_id=make_firm(session, name="链主厂").id, supplier_id=firm.id))
    page = firm_visitor.get("/firm/")
    assert step(page) == "“车间联网”月报"
    listed = page.all("ul", class_="todo")[0]["text"]
    for words in (
        "“看板”成效",
        "“条码仓库”可以申请验收",
        "有 1 个已入库项目",
        "链主厂看不到",
        "普查",
    ):
        assert words in listed, words
    assert listed.index("“看板”成效") < listed.index("有 1 个已入库项目")


def test_projects_wait_for_a_decision_once_the_report_is_confirmed(session, firm_visitor, firm):
    diagnosis = in_state(session, firm, "in_review", assessment_id=submitted(session, firm).id)
    for stage in (Stage.SUGGESTED, Stage.SUGGESTED, Stage.ADOPTED):
        held = {"diagnosis_id": diagnosis.id, "firm_id": firm.id, "stage": stage}
        keep(session, Project(name="设备联网", **held))
    page = firm_visitor.get("/firm/")
    assert step(page) == "决定项目计划"
    assert "有 2 个建议项目等您决定" in page.text
    assert page.all("dl", class_="tally")[0]["text"].split() == ["待决定2已采纳1"]


def test_the_course_of_the_diagnosis_is_told_in_order(session, firm_visitor, firm):
    diagnosis = open_diagnosis(session, firm, Actor())
    officer, provider = make_account(session, "officer"), make_provider(session)
    lead = make_account(session, "consultant", provider_id=provider.id, name="李组长")
    sets = {"provider_id": provider.id, "lead_id": lead.id}
    move(session, diagnosis, Wanted("assign", sets=sets), officer, Actor(officer.id))
    session.commit()
    page = firm_visitor.get("/firm/")
    passed = page.all("ol", class_="passed")[0]["text"]
    assert passed.index("待分派") < passed.index("已分派")
    assert provider.name in page.text
    assert "组长李组长" in page.text


def test_every_state_and_stage_has_its_words():
    assert MEANINGS.keys() == MACHINE.states.keys()
    assert list(LIFE.stages) == list(Stage)


@pytest.mark.parametrize("state", MACHINE.states)
def test_every_state_has_its_page(session, firm_visitor, firm, state):
    held = {"accepted_on": now().date()} if state in {"done", "expired"} else {}
    reported(session, in_state(session, firm, state, **held))
    page = firm_visitor.get("/firm/")
    assert MACHINE.states[state].title.zh in page.text


def test_the_home_takes_the_same_number_of_statements_however_long_the_history(
    app, session, firm_visitor, firm, statements
):
    submitted(session, firm)
    firm_visitor.get("/firm/")
    with statements(app) as few:
        firm_visitor.get("/firm/")
    for _ in range(10):
        submitted(session, firm)
    with statements(app) as many:
        firm_visitor.get("/firm/")
    assert few.total == many.total, many.said
