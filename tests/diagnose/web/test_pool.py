"""The bureau's pages of projects."""

from datetime import date, timedelta
from io import BytesIO

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import (
    AuditEntry,
    Census,
    Finding,
    FindingProject,
    Firm,
    Job,
    Need,
    Project,
    Report,
)
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import keep, make_account, make_firm, sign_in
from tests.diagnose.projects import (
    make_acceptance,
    make_contract,
    make_figure,
    make_month,
    make_project,
    make_recommended,
    payment,
)

COSTS = {"cost_low": 10.0, "cost_mid": 20.0, "cost_high": 40.0}


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def firm(session, officer):  # noqa: ARG001  # pages are the officer's
    return make_firm(session)


@pytest.fixture
def finished(session, firm):
    project = make_project(session, firm, "finished", progress=100, **COSTS)
    make_contract(session, project)
    make_acceptance(session, project, payments=[payment("AB-77", 30), payment("AB-78", 20.5)])
    return project


def again(session, row):
    session.expire_all()
    return session.get(type(row), row.id)


def book(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.data))


def test_an_empty_pool_says_how_projects_come_in(visitor, officer):
    assert officer
    assert "储备库中还没有项目" in visitor.get("/pool/").text


def test_the_list_is_narrowed_and_its_money_summed(session, visitor, firm):
    one = make_project(session, firm, "under_way", type="P03", name="设备联网项目", **COSTS)
    make_contract(session, one, total=55)
    other = make_firm(session, name="武汉二号", region="台北街道", industry="3670")
    make_project(
        session, other, type="P05", name="云财务", year=2, cost_low=1, cost_mid=2, cost_high=3
    )
    make_project(session, make_firm(session, district="别区", name="别区企业"), name="别人的项目")
    page = visitor.get("/pool/")
    assert "11 / 22 / 43" in page.text
    assert "55" in page.text
    assert "别人的项目" not in page.text
    for query in (
        "type=P05",
        "region=台北街道",
        "division=36",
        "year=2",
        "q=云财务",
        "state=pooled",
    ):
        found = visitor.get(f"/pool/?{query}")
        assert ("云财务" in found.text, "设备联网项目" in found.text) == (True, False), query
    assert "设备联网项目" in visitor.get("/pool/?late=yes").text
    assert "没有符合条件" in visitor.get("/pool/?q=nothing").text


def test_the_list_is_an_excel_file_with_formulas_as_text(session, visitor, firm):
    make_project(session, firm, name="=1+1", **COSTS)
    answer = visitor.client.get("/pool/export")
    rows = book(answer).get_sheet_by_index(0).to_python()
    assert rows[1][1] == "=1+1"
    assert rows[1][rows[0].index("参考估算中（万元）")] == 20
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "project.export")).one()
    assert entry.details == {"projects": 1}


def keep_many(session, firms):
    """So many firms of the district with a project each, at once."""
    held = {"name": "机械厂", "district": "江岸区", "on_roster": True}
    rows = [Firm.model_validate(held | {"uscc": make_uscc()}) for _ in range(firms)]
    session.add_all(rows)
    session.flush()
    given = {"name": "设备联网", "stage": "pooled", "origin": "census", "stage_since": now()}
    session.add_all(Project.model_validate(given | COSTS | {"firm_id": firm.id}) for firm in rows)
    session.commit()


def test_lists_take_as_many_statements_for_a_thousand_firms(
    session, app, visitor, officer, statements
):
    assert officer
    counted = []
    for firms in (10, 990):
        keep_many(session, firms)
        for path in ("/pool/", "/pool/?late=yes", "/pool/late", "/pool/year", "/pool/conversion"):
            with statements(app) as count:
                visitor.get(path)
            counted.append((path, count.total))
    assert counted[:5] == counted[5:]


def test_a_project_shows_its_chain_without_the_words_of_findings(session, visitor, firm):
    project = make_recommended(session, firm, date(2026, 9, 1), gain=3.2)
    report = Report(
        diagnosis_id=project.diagnosis_id,
        number="BG-2026-7",
        version=1,
        dated=date(2026, 8, 1),
        standard="sme-2024",
        standard_version="1.0.0",
    )
    keep(session, report)
    for fact, security in (("排产靠纸单", False), ("管理口令贴在机柜上", True)):
        given = {"fact": fact, "effect_kind": "time", "cause_kind": "process"}
        finding = keep(
            session,
            Finding.model_validate(
                given | {"diagnosis_id": project.diagnosis_id, "security": security}
            ),
        )
        keep(session, FindingProject(finding_id=finding.id, project_id=project.id))
    make_figure(session, project)
    page = visitor.get(f"/pool/{project.id}")
    for word in ("BG-2026-7", "1 个问题", "流程", "订单准时交付率"):
        assert word in page.text
    assert "纸单" not in page.text
    assert "口令" not in page.text
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "view.plan")).one()
    assert entry.firm_id == firm.id


def test_another_district_s_project_is_not_there_and_that_is_logged(session, visitor, officer):
    project = make_project(session, make_firm(session, district="别区"), "finished")
    visitor.get(f"/pool/{project.id}", status=404)
    visitor.get(f"/pool/{project.id}/acceptance", status=404)
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert [entry.account_id for entry in entries] == [officer.id] * 2


def take_in(visitor, firm, status=200, path="/pool/new", **changes):
    given = {"uscc": firm.uscc, "origin": "chain", "name": "链主平台接入", "content": "接口"}
    given |= {"months": "6", "type": "P37", "cost_low": "3", "cost_mid": "5", "cost_high": "9"}
    return visitor.send(visitor.get(path), status, **given | changes)


def test_a_project_is_taken_in_for_a_chain_leader(session, visitor, firm):
    take_in(visitor, firm)
    [project] = session.exec(select(Project)).all()
    assert (project.stage, project.origin, project.cost_mid) == ("pooled", "chain", 5)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"cost_mid": ""}, "要填就都填"),
        ({"cost_mid": "1"}, "依次增大"),
        ({"name": " "}, "请填写名称"),
        ({"months": "0"}, "1 至 60"),
        ({"uscc": "91420102MA4K00001X"}, "没有这个代码"),
    ],
)
def test_what_cannot_be_taken_in_is_told(session, visitor, firm, wrong, words):
    page = take_in(visitor, firm, 422, **wrong)
    assert words in page.text
    assert "接口" in page.text
    assert session.exec(select(Project)).all() == []


def test_a_need_of_the_census_becomes_a_project_and_says_so(session, visitor, firm):
    census = keep(session, Census(firm_id=firm.id, stage="submitted", submitted_at=now()))
    need = keep(session, Need(census_id=census.id, firm_id=firm.id, name="看清进度", budget=30.0))
    path = f"/pool/new?need={need.id}"
    page = visitor.get(path)
    assert page.all("input", name="name")[0]["value"] == "看清进度"
    fields = {"content": "扫码报工", "need": str(need.id)}
    visitor.send(page, **fields)
    kept = again(session, need)
    project = session.exec(select(Project)).one()
    assert (kept.project_id, kept.stage, project.origin) == (project.id, "matched", "census")
    assert "看清进度" in visitor.get(f"/pool/{project.id}").text
    foreign = make_firm(session, district="别区")
    census = keep(session, Census(firm_id=foreign.id))
    other = keep(session, Need(census_id=census.id, firm_id=foreign.id, name="别人的"))
    visitor.get(f"/pool/new?need={other.id}", status=404)


def verify(visitor, project, status=200, **changes):
    page = visitor.get(f"/pool/{project.id}/acceptance")
    given = {"site": "设备在用", "finance": "发票与付款一致", "approved_amount": "50"}
    given |= {"verdict": "passed", "level_reached": "yes", "experts": "王、李"}
    return visitor.send(page, status, **given | changes)


@pytest.mark.parametrize(
    ("verdict", "stage"), [("passed", "passed"), ("to_mend", "to_mend"), ("failed", "failed")]
)
def test_a_verdict_moves_the_project(session, visitor, finished, verdict, stage):
    verify(visitor, finished, verdict=verdict, reason="缺清单")
    assert again(session, finished).stage == stage
    page = visitor.get(f"/pool/{finished.id}")
    assert "缺清单" in page.text
    assert "设备在用" in page.text
    visitor.get(f"/pool/{finished.id}/acceptance", status=404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "to_mend"},
        {"verdict": ""},
        {"approved_amount": ""},
        {"approved_amount": "50.6"},
        {"site": " "},
    ],
)
def test_a_verdict_that_lacks_something_is_not_kept(session, visitor, finished, wrong):
    page = verify(visitor, finished, 422, **wrong)
    assert "发票与付款一致" in page.text
    assert again(session, finished).stage == "finished"


def test_two_officers_deciding_are_told_of_each_other(session, visitor, finished):
    page = visitor.get(f"/pool/{finished.id}/acceptance")
    verify(visitor, finished, verdict="failed", reason="不实")
    answer = visitor.client.post(f"/pool/{finished.id}/acceptance", data=page.filled())
    assert answer.status_code == 404
    assert again(session, finished).stage == "failed"


def test_an_invoice_of_another_project_is_flagged_on_both_pages(session, visitor, finished):
    other = make_project(session, make_firm(session, name="武汉二号"), "under_way", name="云财务")
    make_acceptance(session, other, payments=[payment("ａｂ77", 5)])
    page = visitor.get(f"/pool/{finished.id}/acceptance")
    assert "本区其他项目也使用了这些发票" in page.text
    assert "云财务" in page.text
    assert "AB77" in visitor.get("/pool/late").text


def test_moves_say_what_they_lack_and_ask_for_reasons(session, visitor, firm):
    project = make_project(session, firm, "passed")
    make_acceptance(session, project, verdict="passed", finished_on=today())
    assert "才能确认见效" in visitor.get(f"/pool/{project.id}").text
    running = make_project(session, firm, "under_way")
    path = f"/pool/{running.id}/move"
    token = visitor.get(f"/pool/{running.id}").all("meta", name="csrf-token")[0]["content"]
    sent = {"csrf_token": token, "terminate-csrf_token": token, "move": "terminate"}
    sent |= {"terminate-edition": "0"}
    answer = visitor.client.post(path, data=sent)
    assert answer.status_code == 409
    assert "请写明原因" in answer.get_data(as_text=True)
    visitor.client.post(path, data=sent | {"terminate-reason": "企业搬迁"})
    assert again(session, running).stage == "terminated"
    assert visitor.client.post(path, data=sent | {"move": "award"}).status_code == 404
    assert "企业搬迁" in visitor.get(f"/pool/{running.id}").text


def test_conversion_shows_its_figures_or_that_it_is_not_due(session, visitor, firm):
    project = make_recommended(session, firm, today() - timedelta(30), **COSTS)
    page = visitor.get("/pool/conversion")
    assert "尚未到期" in page.text
    assert 'class="share"' not in page.html
    for number in range(3):
        old = make_recommended(session, make_firm(session), today() - timedelta(400))
        if number < 2:
            make_contract(session, old, signed_on=today() - timedelta(390))
    page = visitor.get("/pool/conversion")
    assert "66.6 %" in page.text
    assert "2 / 3 家企业" in page.text
    assert "采纳率" in page.text
    assert "4 / 4100.0 %" in page.text
    assert str(today()) in page.text
    assert project.stage == "pooled"


def test_what_lags_is_listed_and_given_out_as_excel(session, visitor, firm):
    project = make_project(session, firm, "under_way", name="设备联网")
    make_contract(session, project, starts_on=today() - timedelta(70), ends_on=today())
    done = make_project(session, firm, "passed", name="云财务")
    make_acceptance(session, done, verdict="passed", finished_on=today() - timedelta(10))
    page = visitor.get("/pool/late")
    assert "设备联网" in page.text
    assert "云财务" in page.text
    answer = visitor.client.get("/pool/late/reminders")
    months, effects = (book(answer).get_sheet_by_index(at).to_python() for at in (0, 1))
    assert len(months) >= 2
    assert [row[1] for row in effects[1:]] == ["云财务", "云财务"]


@pytest.fixture
def planned(session, firm):
    year = today().year
    project = make_project(session, firm, "under_way", name="=设备联网", content="网关", **COSTS)
    terms = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    make_contract(session, project, total=73, **terms)
    make_month(session, project, date(year, 1, 1), spent=5.5)
    for number in range(40):
        make_project(session, firm, name=f"项目{number:02d}", **COSTS)
    return year


def result_of(session, visitor, path, year):
    page = visitor.get(f"/pool/year?year={year}")
    token = page.all("meta", name="csrf-token")[0]["content"]
    visitor.client.post(path, data={"csrf_token": token, "year": year})
    job = session.exec(select(Job).order_by(Job.id.desc())).first()
    assert job.stand == "done", job.problem
    return visitor.client.get(f"/jobs/{job.id}/result")


def test_the_year_s_plan_is_one_excel_file(session, visitor, planned):
    answer = result_of(session, visitor, "/pool/year/excel", planned)
    rows, totals = (book(answer).get_sheet_by_index(at).to_python() for at in (0, 1))
    assert len(rows) == 42
    first = next(row for row in rows if row[1] == "=设备联网")
    held = dict(zip(rows[0], first, strict=True))
    assert held["合同金额（万元）"] == held["当年计划投资（参考估算，万元）"] == 73
    assert held["当年已完成（万元）"] == 5.5
    whole = dict(zip(totals[0], totals[1], strict=True))
    assert (whole["项目数"], whole["合同金额（万元）"]) == (41, 73)
    assert whole["参考估算（未签约，万元）"] == 40 * 20
    assert sum(row[0] == "街道" for row in totals) == 1


def test_the_year_s_plan_is_one_pdf_with_its_head_on_every_page(session, visitor, planned):
    answer = result_of(session, visitor, "/pool/year/pdf", planned)
    with pdfplumber.open(BytesIO(answer.data)) as file:
        pages = [page.extract_text() for page in file.pages]
    assert f"江岸区{planned}年度企业智能化改造项目计划" in pages[0]
    assert len(pages) > 1
    assert all("序号" in page for page in pages[1:-1])
    everything = "".join(pages)
    assert "负责人（签字、盖章）" in everything
    assert "10 / 20" in everything
    assert all(f"项目{number:02d}" in everything for number in range(40))
