"""Benchmark projects: proposed, scored, checked, published, chosen, copied, revoked."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from diagnose.benchmarks.rules import read_rules
from diagnose.benchmarks.solutions import outward, solutions_of
from diagnose.records import AuditEntry, Benchmark, Contract, Copy, Project
from questionnaires.clock import today
from tests.diagnose.people import DISTRICT, keep, make_account, make_firm, sign_in

MARKS = {
    "score-innovation": "12",
    "score-effect": "25",
    "score-copying": "20",
    "score-pull": "10",
    "score-money_safety": "8",
    "score-papers": "5",
}


@pytest.fixture(autouse=True)
def officer(visitor, session):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def project(session):
    firm = make_firm(session, name="武汉精工机械有限公司")
    made = {"firm_id": firm.id, "name": "焊接看板", "origin": "application", "stage": "effective"}
    return keep(session, Project(**made))


@pytest.fixture
def proposed(visitor, session, project):
    page = visitor.get(f"/benchmarks/propose?project={project.id}")
    visitor.send(page, story="从纸单到看板")
    return session.exec(select(Benchmark)).one()


def step(visitor, session, benchmark, name, status=200, **fields):
    session.refresh(benchmark)
    fields |= {f"{name}-edition": str(benchmark.edition)}
    token = visitor.get(f"/benchmarks/{benchmark.id}").all("meta", name="csrf-token")[0]["content"]
    answer = visitor.client.post(
        f"/benchmarks/{benchmark.id}/{name}",
        data=fields | {f"{name}-csrf_token": token, "csrf_token": token},
        follow_redirects=True,
    )
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    session.refresh(benchmark)
    return answer.get_data(as_text=True)


def choose(visitor, session, benchmark):
    step(visitor, session, benchmark, "score", **MARKS)
    seen = {"site-site_on": str(today()), "site-site": "看了车间", "site-passed": "yes"}
    step(visitor, session, benchmark, "site", **seen)
    begin, end = today() - timedelta(9), today() - timedelta(2)
    days = {"notice-notice_from": str(begin), "notice-notice_until": str(end)}
    step(visitor, session, benchmark, "notice", **days)
    step(visitor, session, benchmark, "decide", **{"decide-chosen": "yes"})


def test_a_proposal_makes_the_project_a_candidate(session, project, proposed):
    session.refresh(project)
    assert project.stage == "candidate"
    assert proposed.stage == "proposed"
    assert proposed.story == "从纸单到看板"
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "benchmark.propose")).one()


@pytest.mark.parametrize("stage", ["pooled", "under_way", "finished", "failed"])
def test_only_accepted_projects_are_offered(visitor, session, project, stage):
    project.stage = stage
    keep(session, project)
    page = visitor.get("/benchmarks/propose")
    assert project.name not in page.text
    assert page.all("option", value=str(project.id)) == []


@pytest.mark.usefixtures("proposed")
def test_a_project_is_proposed_once_a_year(visitor, project):
    assert visitor.get("/benchmarks/propose").all("option", value=str(project.id)) == []


def test_from_marks_to_the_title(visitor, session, project, proposed):
    choose(visitor, session, proposed)
    session.refresh(project)
    assert proposed.stage == "chosen"
    assert project.stage == "benchmark"
    assert proposed.review_on > today()
    page = visitor.get(f"/benchmarks/{proposed.id}")
    assert "80 分" in page.text
    assert "已认定" in visitor.get("/benchmarks/").text


def test_nothing_is_chosen_before_all_is_there(visitor, session, proposed):
    told = step(visitor, session, proposed, "decide", 409, **{"decide-chosen": "yes"})
    for word in ("还没有评分", "现场复核", "公示还没有结束"):
        assert word in told
    assert proposed.stage == "proposed"


def test_too_few_points_are_not_enough(visitor, session, proposed):
    step(visitor, session, proposed, "score", **MARKS | {"score-effect": "2"})
    told = step(visitor, session, proposed, "decide", 409, **{"decide-chosen": "yes"})
    assert "低于 70 分" in told


def test_points_above_the_full_marks_are_refused(visitor, session, proposed):
    told = step(visitor, session, proposed, "score", 422, **MARKS | {"score-papers": "6"})
    assert "0 到 5 分" in told
    assert proposed.marks == {}


def test_a_refusal_needs_its_reason_and_gives_the_project_back(visitor, session, project, proposed):
    step(visitor, session, proposed, "decide", 409, **{"decide-chosen": "no"})
    step(
        visitor,
        session,
        proposed,
        "decide",
        **{"decide-chosen": "no", "decide-reason": "成效证据不足"},
    )
    session.refresh(project)
    assert (proposed.stage, project.stage) == ("refused", "effective")


def test_a_title_is_revoked_with_a_reason(visitor, session, project, proposed):
    choose(visitor, session, proposed)
    step(visitor, session, proposed, "revoke", 422)
    step(visitor, session, proposed, "revoke", **{"revoke-reason": "停产"})
    session.refresh(project)
    assert (proposed.stage, project.stage) == ("revoked", "effective")


def test_two_officers_do_not_overwrite_each_other(visitor, session, proposed):
    token = visitor.get(f"/benchmarks/{proposed.id}").all("meta", name="csrf-token")[0]["content"]
    tokens = {"score-csrf_token": token, "csrf_token": token}
    step(visitor, session, proposed, "score", **MARKS)
    answer = visitor.client.post(
        f"/benchmarks/{proposed.id}/score",
        data=MARKS | tokens | {"score-edition": "0", "score-papers": "1"},
    )
    assert answer.status_code == 409
    assert "别人刚刚改动" in answer.get_data(as_text=True)
    session.refresh(proposed)
    assert next(iter(proposed.marks.values()))["papers"] == 5


def test_visits_and_copies_are_kept(visitor, session, proposed):
    choose(visitor, session, proposed)
    step(visitor, session, proposed, "visit", **{"visit-visits": "3"})
    other = make_firm(session, name="武汉二号机械厂")
    own = keep(session, Project(firm_id=other.id, name="跟学看板", stage="pooled", origin="chain"))
    named = {"copy-uscc": other.uscc, "copy-project": str(own.id)}
    told = step(visitor, session, proposed, "copy", **named)
    assert "武汉二号机械厂" in told
    assert proposed.visits == 3
    assert session.exec(select(Copy)).one().project_id == own.id
    step(visitor, session, proposed, "copy", 409, **named)


def test_a_copy_is_a_firm_of_the_district(visitor, session, proposed):
    choose(visitor, session, proposed)
    stranger = make_firm(session, district="汉阳区")
    for code in (stranger.uscc, "91420102MA4K0000XX"):
        told = step(visitor, session, proposed, "copy", 409, **{"copy-uscc": code})
        assert "本区名录中没有" in told


def test_another_district_sees_nothing_and_asking_is_logged(visitor, session, proposed):
    sign_in(visitor.client, make_account(session, "officer", district="汉阳区"))
    visitor.get(f"/benchmarks/{proposed.id}", status=404)
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).one()


def test_a_bureau_has_criteria_of_its_own(visitor, app, proposed):
    path = Path(app.instance_path) / "benchmarks.yaml"
    title = "{zh: 全部, en: All}"
    path.write_text(
        f"criteria:\n  all: {{title: {title}, hint: {title}, points: 100}}\n"
        "least: 60\nnotice_days: 3\nreview_months: 12\n",
        "utf-8",
    )
    assert "满分 100" in visitor.get(f"/benchmarks/{proposed.id}").text
    path.write_text(path.read_text("utf-8").replace("points: 100", "points: 90"), "utf-8")
    page = visitor.get("/benchmarks/")
    assert "没有读入" in page.text
    assert "90" in page.text
    assert read_rules(path.parent).least == 70


def accepted(session, number, *, cost, type_="P04", industry="3484"):
    firm = make_firm(session, name=f"第{number}厂", industry=industry)
    made = {"firm_id": firm.id, "type": type_, "name": "看板", "stage": "passed", "months": 4}
    project = keep(session, Project(**made, origin="application", gain=2.0 + number))
    day = today()
    held = {"signed_on": day, "starts_on": day, "ends_on": day}
    keep(session, Contract(project_id=project.id, total=cost, **held))
    return firm


def test_solution_sets_show_no_line_of_fewer_than_three_firms(visitor, session):
    for number, cost in enumerate((17.3, 22.4, 31.6)):
        accepted(session, number, cost=cost)
    accepted(session, 4, cost=77.7, type_="P06")
    [found] = solutions_of(session, DISTRICT)
    assert [(line.type, line.firms) for line in found.lines] == [("P04", 3)]
    assert found.hidden == 1
    page = visitor.get("/benchmarks/solutions")
    for figure in ("17.3", "22.4", "31.6", "77.7", "第1厂"):
        assert figure not in page.text
    assert visitor.client.get("/benchmarks/solutions/export").status_code == 200


@pytest.mark.parametrize("values", [[40, 40, 40], [17.3, 22.4, 31.6], [5, 5, 100], [0, 0, 0]])
def test_no_figure_of_a_range_is_one_firms(values):
    low, high = outward(values)
    assert low < high
    assert high not in values
    assert low == 0 or low not in values


def test_firms_are_named_only_where_they_agreed(visitor, session, proposed):
    choose(visitor, session, proposed)
    for number in range(3):
        accepted(session, number, cost=20.0 + number)
    assert "武汉精工" not in visitor.get("/benchmarks/solutions").text
    proposed.named = True
    keep(session, proposed)
    assert "武汉精工" in visitor.get("/benchmarks/solutions").text


def test_firms_with_honours_stand_side_by_side(visitor, session):
    make_firm(session, name="小巨人厂", honours=4)
    make_firm(session, name="专精厂", honours=2)
    make_firm(session, name="普通厂")
    page = visitor.get("/benchmarks/specialised")
    assert "小巨人厂" in page.text
    assert "专精厂" in page.text
    assert "普通厂" not in page.text
    assert "0.0 %" in page.text
    giants = visitor.get("/benchmarks/specialised?honour=4")
    assert "小巨人厂" in giants.text
    assert "专精厂" not in giants.text


def test_lists_take_as_many_statements_for_many(visitor, session, app, statements):
    counts = []
    for more in (10, 40):
        for number in range(more):
            firm = accepted(session, number, cost=20.0)
            firm.honours = 2
            project = session.exec(select(Project).where(Project.firm_id == firm.id)).one()
            held = {"district": DISTRICT, "project_id": project.id, "firm_id": firm.id}
            keep(session, Benchmark(**held, year=2026, kind="scene"))
        with statements(app) as count:
            for path in ("", "specialised", "solutions", "propose"):
                visitor.get(f"/benchmarks/{path}")
        counts.append(count.total)
    assert counts[0] == counts[1]
