"""Grant plans in the browser: asking, what comes out, reasons, Excel, and taking one away."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import AuditEntry, Job, Project, Report, SubsidyPlan
from tests.diagnose.people import DISTRICT, keep, make_account, make_diagnosis, make_firm, sign_in

pytestmark = pytest.mark.usefixtures("officer")

TYPES = ("P04", "P05", "P07", "P14")


@pytest.fixture
def officer(visitor, session):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def diagnosed(session, number, *, region="后湖街道", industry="3484", day=date(2026, 5, 4)):
    """A firm whose accepted report suggests four projects."""
    firm = make_firm(session, name=f"第{number}机械厂", region=region, industry=industry)
    diagnosis = make_diagnosis(session, firm, state="done", accepted_on=day)
    keep(
        session,
        Report(
            diagnosis_id=diagnosis.id,
            number=diagnosis.number,
            version=1,
            dated=day,
            standard="sme-2024",
            standard_version="1.0.0",
            score=45.0,
            level=2,
        ),
    )
    for at, type_ in enumerate(TYPES):
        cost = 6.0 + 2 * at
        keep(
            session,
            Project(
                diagnosis_id=diagnosis.id,
                firm_id=firm.id,
                type=type_,
                name=f"项目{type_}",
                position=at,
                cost_low=cost,
                cost_mid=cost,
                cost_high=cost,
                gain=float(1 + (number * 7 + at * 3) % 9),
            ),
        )
    return firm


@pytest.fixture
def firms(session):
    return [
        diagnosed(session, number, region="一元街道" if number % 2 else "后湖街道")
        for number in range(6)
    ]


def ask(visitor, **changes):
    return visitor.send(visitor.get("/subsidies/new"), budget="12", years="0", **changes)


@pytest.mark.usefixtures("firms")
def test_a_plan_is_made_and_says_how_good_it_is(visitor, session):
    page = ask(visitor, name="首批")
    assert page.heading == "首批"
    assert "不超过" in page.text or "已证明" in page.text
    plan = session.exec(select(SubsidyPlan)).one()
    assert plan.district == DISTRICT
    assert plan.outcome["chosen"]["money"] <= 12
    assert plan.outcome["chosen"]["gain"] >= plan.outcome["first_come"]["gain"]
    assert plan.outcome["bound"] >= plan.outcome["chosen"]["gain"] - 1e-9
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "subsidy.plan")).one()
    assert entry.subject == f"subsidy_plan:{plan.id}"
    assert "先到先得" in page.text
    assert "以当年通知为准" in page.text
    assert plan.name in visitor.get("/subsidies/").text


def test_every_firm_gets_its_reason(visitor, session, firms):
    ask(visitor)
    plan = session.exec(select(SubsidyPlan)).one()
    chosen = visitor.get(f"/subsidies/{plan.id}/firms")
    rest = visitor.get(f"/subsidies/{plan.id}/firms?show=not")
    assert len(chosen.all("tr")) + len(rest.all("tr")) == len(firms) + 2
    assert "入选线" in chosen.text
    assert "低于入选线" in rest.text


@pytest.mark.usefixtures("firms")
def test_floors_of_a_street_are_kept(visitor, session):
    fields = {"shares-0-group": "street:一元街道", "shares-0-floor": "60", "shares-0-cap": "80"}
    page = ask(visitor, fields=fields)
    plan = session.exec(select(SubsidyPlan)).one()
    assert 0.6 * 12 - 1e-6 <= plan.outcome["spent"][0] <= 0.8 * 12 + 1e-6
    assert "一元街道" in page.text


def test_floors_out_of_reach_are_named_and_nothing_typed_is_lost(visitor, session, firms):
    fields = {
        "shares-0-group": "street:一元街道",
        "shares-0-floor": "12",
        "shares-0-unit": "money",
        "shares-1-group": "size:small",
        "shares-1-floor": "100",
        "shares-1-unit": "percent",
    }
    for firm in firms:
        firm.employees, firm.revenue = 500, 9000.0
        session.add(firm)
    session.commit()
    page = ask(visitor, status=422, fields=fields, name="留着")
    assert "小微企业" in " ".join(page.problems())
    assert "12.00" in " ".join(page.problems())
    assert page.filled()["name"] == "留着"
    assert page.filled()["shares-0-floor"] == "12"
    assert session.exec(select(SubsidyPlan)).first() is None


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"shares-0-floor": "5"}, "选择"),
        ({"shares-0-group": "size:small", "shares-0-floor": "9", "shares-0-cap": "3"}, "最低"),
        ({"shares-0-group": "size:small", "shares-0-cap": "130"}, "100"),
        (
            {
                "shares-0-group": "size:small",
                "shares-0-cap": "30",
                "shares-1-group": "size:small",
                "shares-1-cap": "40",
            },
            "两次",
        ),
        ({"shares-0-group": "street:没有的街", "shares-0-cap": "30"}, "选择"),
        ({"budget": "-3"}, "大于 0"),
    ],
)
def test_what_does_not_fit_is_said(visitor, fields, told):
    page = visitor.get("/subsidies/new")
    page = visitor.send(page, status=422, fields={"budget": "12"} | fields)
    assert told in " ".join(page.problems())


def test_more_lines_keep_what_was_typed(visitor):
    page = visitor.get("/subsidies/new")
    more = visitor.send(page, more="1", name="草稿")
    assert more.filled()["name"] == "草稿"
    assert "shares-5-floor" in more.filled()


def test_a_plan_without_candidates_says_what_to_do(visitor, session):
    make_firm(session)
    page = ask(visitor, status=422)
    assert "候选项目" in " ".join(page.problems())


def test_the_excel_file_holds_every_firm(visitor, session, firms):
    ask(visitor)
    plan = session.exec(select(SubsidyPlan)).one()
    answer = visitor.client.get(f"/subsidies/{plan.id}/export")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    counts = [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names[:2]]
    assert sum(counts) == len(firms) + 2


@pytest.mark.usefixtures("firms")
def test_a_plan_is_removed_after_a_question(visitor, session):
    ask(visitor)
    plan = session.exec(select(SubsidyPlan)).one()
    visitor.send(visitor.get(f"/subsidies/{plan.id}/remove"))
    assert session.exec(select(SubsidyPlan)).first() is None


@pytest.mark.usefixtures("firms")
def test_another_district_sees_nothing_and_asking_is_logged(visitor, session):
    ask(visitor)
    plan = session.exec(select(SubsidyPlan)).one()
    sign_in(visitor.client, make_account(session, "officer", district="汉阳区"))
    for tail in ("", "/firms", "/export", "/remove"):
        visitor.get(f"/subsidies/{plan.id}{tail}", status=404)
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(entries) == 4


@pytest.mark.usefixtures("firms")
def test_many_firms_are_planned_beside_the_pages(visitor, session, monkeypatch):
    monkeypatch.setattr("diagnose.web.subsidies.views.AT_ONCE", -1)
    ask(visitor)
    assert session.exec(select(SubsidyPlan)).one().outcome["chosen"]["firms"] > 0
    assert session.exec(select(Job)).one().stand == "done"


def test_a_page_of_firms_takes_as_many_statements_for_many(visitor, session, app, statements):
    counts = []
    for more in (8, 30):
        for number in range(more):
            diagnosed(session, number)
        ask(visitor)
        plan = session.exec(select(SubsidyPlan).order_by(SubsidyPlan.id.desc())).first()
        with statements(app) as count:
            visitor.get(f"/subsidies/{plan.id}/firms?show=all")
            visitor.get(f"/subsidies/{plan.id}")
            visitor.get("/subsidies/")
        counts.append(count.total)
    assert counts[0] == counts[1]
