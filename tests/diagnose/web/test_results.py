from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from diagnose.pool import Pool, count_firms, read_pool
from diagnose.records import Assessment, Firm, Judgement, Verification
from diagnose.records.columns import now
from diagnose.web.judging import points
from diagnose.web.results.pool import Pools
from tests.diagnose import people
from tests.diagnose.web.reported import make_district, make_own, make_sent

FIRMS = 25


@pytest.fixture
def firm(session, visitor):
    """The fourth firm of a fictional district; its account is signed in."""
    found = make_district(session, FIRMS)[3]
    people.sign_in(visitor.client, make_own(session, found)[0])
    return found


@pytest.fixture
def result(visitor, firm):
    return visitor.get(f"/results/{firm.id}")


def section(page, id_):
    return next(e for e in page.all("section") if e.get("id") == id_)


def test_without_a_submitted_sheet_the_page_says_what_comes(session, visitor):
    people.sign_in(visitor.client, people.make_account(session, "firm"))
    assert visitor.get("/results/").heading == "还没有结果"


def test_the_latest_result_is_shown(visitor, firm):
    assert visitor.get("/results/").heading == firm.name


def test_the_result_says_level_points_and_what_is_missing(result):
    verdict = [e["text"] for e in result.all("p", class_="verdict-value")]
    assert "级" in verdict[0]
    assert "/ 100" in verdict[1]
    assert "/ 31" in verdict[2]


def test_a_result_of_an_earlier_standard_is_told_beside_the_present_one(session, visitor, firm):
    held = session.exec(select(Judgement).where(Judgement.assessment_id == firm.id)).first()
    assert "继续有效" not in visitor.get(f"/results/{firm.id}").text
    held.standard_version, held.standard_hash = "0.9.0", "0" * 64
    held.score, held.level = 12.5, 1
    people.keep(session, held)
    page = visitor.get(f"/results/{firm.id}").text
    assert "0.9.0" in page
    assert "12.5" in page
    assert "继续有效" in page


def test_the_result_leads_on_and_every_chapter_is_reached(result):
    links = [e["href"] for e in result.all("a") if e.get("href", "").startswith("#")]
    ids = {e["id"] for e in result.elements if "id" in e}
    assert {link[1:] for link in links} <= ids
    assert {"#next", "#result", "#gaps", "#peers", "#plan", "#actions", "#basis"} <= set(links)


def test_folded_projects_say_why_they_were_chosen(result):
    projects = result.all("details", class_="project")
    assert any("为什么做" in project["text"] for project in projects)


def test_charts_carry_their_figures_and_stand_without_scripts(result):
    drawn = result.all("div", class_="drawn")
    assert {e["data-chart"] for e in drawn} == {"radar", "peers"}
    assert all(e["data-figures"].startswith("{") for e in drawn)
    assert sum("drawn" in str(e) or e["tag"] == "svg" for e in result.elements) > 2
    assert "用表格查看" in result.text


@pytest.mark.parametrize(("edition", "word"), [("zh", "测评结果"), ("en", "Result")])
def test_the_report_is_downloaded_in_both_languages(visitor, firm, edition, word):
    path = f"/results/{firm.id}/{edition}.pdf?date=2026-03-01"
    answer = visitor.client.get(path)
    assert answer.mimetype == "application/pdf"
    assert f"-{edition}.pdf" in answer.headers["Content-Disposition"]
    report = PdfReader(BytesIO(answer.data))
    assert len(report.pages) >= 10
    assert word in "".join(page.extract_text() for page in report.pages)
    assert visitor.client.get(path).data == answer.data


def test_a_date_that_is_none_is_today(visitor, firm):
    path = f"/results/{firm.id}/zh.pdf"
    today = visitor.client.get(path).data
    assert visitor.client.get(f"{path}?date=yesterday").data == today


def test_the_full_report_is_read_as_a_page(visitor, firm):
    page = visitor.get(f"/results/{firm.id}/report")
    assert page.heading == firm.name
    assert len(page.all("article", class_="paper")) == 1
    assert "report.css" in page.html
    with visitor.client.get("/results/static/report.css") as styles:
        assert styles.mimetype == "text/css"


def test_a_draft_has_no_result(session, visitor, firm):
    draft = Assessment(
        firm_id=firm.id,
        name=firm.name,
        questionnaire="sme-2024",
        questionnaire_version="1.0.0",
        questionnaire_hash="0" * 64,
    )
    page = visitor.get(f"/results/{people.keep(session, draft).id}", status=409)
    assert page.heading == "还没有结果"


@pytest.mark.usefixtures("firm")
def test_another_firms_result_is_not_there(visitor):
    for path in ("", "/report", "/plan?budget=10", "/zh.pdf"):
        assert visitor.client.get(f"/results/5{path}").status_code == 404


# The budget


def ask(visitor, firm, budget):
    return visitor.client.get(f"/results/{firm.id}/plan", query_string={"budget": budget}).json


def test_a_larger_budget_never_makes_the_plan_worse(visitor, firm):
    plans = [ask(visitor, firm, budget) for budget in (0, 10, 40, 200)]
    reached = [(plan["level_after"], plan["score_after"]) for plan in plans]
    assert [level for level, _ in reached] == sorted(level for level, _ in reached)
    assert plans[0]["projects"] == 0
    assert plans[0]["cost"] == 0
    for plan, budget in zip(plans, (0, 10, 40, 200), strict=True):
        assert plan["cost"] <= 3 * budget + 1e-6
        assert plan["left"] == pytest.approx(3 * budget - plan["cost"])


def test_the_plan_says_what_changes_in_words_and_for_listeners(visitor, firm):
    plan = ask(visitor, firm, 20)
    assert "每年 20 万元" in plan["said"]
    assert "与原方案相比不再安排" in plan["html"]
    assert "参考估算" in plan["html"]


@pytest.mark.parametrize("budget", ["", "abc", "-5", "nan", "-inf"])
def test_what_is_no_amount_gives_the_plan_as_proposed(visitor, firm, budget):
    assert ask(visitor, firm, budget) == ask(visitor, firm, None)


@pytest.mark.parametrize("budget", ["inf", "1e300"])
def test_a_budget_beyond_all_means_is_cut(visitor, firm, budget):
    assert ask(visitor, firm, budget)["budget"] == 1_000_000


def test_without_scripts_the_form_plans_anew(visitor, firm):
    page = visitor.get(f"/results/{firm.id}?budget=40")
    amount = page.all("input", id="budget-amount")[0]
    assert amount["value"] == "40"
    assert "每年 40 万元时的分年安排" in page.text


# The pool


def test_a_firm_is_compared_with_its_own_kind(session, visitor, firm, result):
    assert f"{FIRMS} 家企业" in section(result, "peers")["text"]
    assert "虚构园区" in section(result, "peers")["text"]
    assert count_firms(session, fictional=True) == FIRMS
    assert count_firms(session, fictional=False) == 0
    visitor.get(f"/results/{firm.id}")


def test_among_fewer_than_ten_others_nothing_is_shown(session, visitor):
    firm = make_district(session, 10)[3]
    people.sign_in(visitor.client, make_own(session, firm)[0])
    page = visitor.get(f"/results/{firm.id}")
    assert not [e for e in page.all("div", class_="drawn") if e["data-chart"] == "peers"]
    assert "不足 10" in section(page, "peers")["text"] or "少于" in section(page, "peers")["text"]


def test_below_150_firms_no_groups_are_looked_for(session, firm):
    assert firm.fictional
    pool = read_pool(session, fictional=True, fit=False)
    assert pool.fitted
    assert not pool.grouping.found


def test_the_firm_takes_the_place_of_its_own_row(session, firm):
    pool = read_pool(session, fictional=True)
    own = pool.sheets.take([pool.places[firm.uscc]])
    sheets, row = pool.with_firm(own)
    assert len(sheets) == len(pool.sheets) == FIRMS
    assert sheets.firms.uscc[row] == firm.uscc
    assert len(set(sheets.firms.uscc)) == FIRMS
    assert (sheets.states[row] == own.states[0]).all()


def test_a_pool_counts_each_firm_once_by_its_latest_sheet_as_verified(session, firm):
    held = session.exec(select(Assessment).where(Assessment.firm_id == firm.id)).one()
    later = Assessment.model_validate(held.model_dump(exclude={"id"}))
    later = people.keep(session, later)
    people.keep(
        session,
        Verification(assessment_id=later.id, question="planning", state="answered", value="f"),
    )
    pool = read_pool(session, fictional=True)
    assert pool.count == FIRMS
    row = pool.sheets.take([pool.places[firm.uscc]])
    assert row.answered("planning")[0]
    assert not row.answered("funding")[0]


def test_reading_a_pool_takes_the_same_statements_however_large(session, app, statements):
    make_district(session, 10)
    with statements(app) as few, app.app_context():
        read_with(app)
    make_district(session, 60)
    with statements(app) as many, app.app_context():
        read_with(app)
    assert many.total == few.total == 3


def read_with(app):
    with Session(app.extensions["database"]) as own:
        return read_pool(own, fictional=True)


def test_a_pool_is_kept_until_it_is_old_or_many_came(app, session, firm, monkeypatch):
    with app.app_context():
        pools = Pools(app)
        first = pools.find(session, fictional=True)
        assert pools.find(session, fictional=True) is first
        held = session.exec(select(Assessment).where(Assessment.firm_id == firm.id)).one()
        facts = held.model_dump(exclude={"id"})
        for number in range(2):
            other = people.make_firm(session, name=f"新企业{number}", fictional=True)
            people.keep(session, Assessment.model_validate(facts | {"firm_id": other.id}))
            if number == 0:
                assert pools.find(session, fictional=True) is first
        second = pools.find(session, fictional=True)
        assert second.count == FIRMS + 2
        later = now() + timedelta(days=1, minutes=1)
        monkeypatch.setattr("diagnose.web.results.pool.now", lambda: later)
        assert pools.find(session, fictional=True) is not second


def test_groups_are_fitted_beside_requests(app, session, monkeypatch):
    make_district(session, 25)
    fitted = []

    def read(session, *, fictional, before=None, fit=True):
        fitted.append(fit)
        pool = read_pool(session, fictional=fictional, before=before)
        return Pool(pool.made_at, pool.count, pool.sheets, pool.places, pool.grouping, fit)

    monkeypatch.setattr("diagnose.web.results.pool.read_pool", read)
    with app.app_context():
        pools = Pools(app)
        assert not pools.find(session, fictional=True).fitted
        pools.wait()
        assert pools.find(session, fictional=True).fitted
    assert fitted == [False, True]


# Self-assessed and verified


def test_once_the_report_is_here_both_results_are_shown(session, app, visitor):
    sent = make_sent(session, app.extensions["store"], make_district(session)[3])
    people.sign_in(visitor.client, sent.account)
    page = visitor.get(f"/results/{sent.assessment_id}")
    assert "自评与核实" in page.text
    assert "按此作答评判" in page.text
    marks = [
        e["text"] for e in page.all("td") if e.get("data-label") == "得分" and "table" in e["in"]
    ]
    assert len(set(marks[:2])) == 2
    own = visitor.get(f"/results/{sent.assessment_id}?basis=self")
    shown = [p.all("p", class_="verdict-value")[1]["text"] for p in (page, own)]
    assert shown[0] != shown[1]


def test_verified_answers_are_told_by_the_report_that_was_issued(session, app, visitor):
    sent = make_sent(session, app.extensions["store"], make_district(session)[3])
    people.sign_in(visitor.client, sent.account)
    page = visitor.get(f"/results/{sent.assessment_id}/report")
    assert page.response.request.path == f"/reports/{sent.report.id}"
    issued = visitor.client.get(f"/results/{sent.assessment_id}/zh.pdf")
    assert issued.location == f"/reports/{sent.report.id}/files/zh.pdf"
    own = visitor.get(f"/results/{sent.assessment_id}/report?basis=self")
    assert own.response.request.path == f"/results/{sent.assessment_id}/report"


def test_before_it_is_sent_verified_answers_stay_with_the_provider(session, visitor, firm):
    people.keep(
        session,
        Verification(
            assessment_id=firm.id, question="planning", state="answered", value="a", changed=True
        ),
    )
    page = visitor.get(f"/results/{firm.id}?basis=verified")
    assert "自评与核实" not in page.text


def test_statements_of_the_page_do_not_grow_with_the_pool(session, app, visitor, statements):
    counts = []
    for size in (12, 60):
        firm = make_district(session, size)[3]
        people.sign_in(visitor.client, make_own(session, firm)[0])
        app.extensions.pop("pools", None)
        visitor.get("/results/")
        with statements(app) as count:
            visitor.get(
                f"/results/{session.exec(select(Firm.id).where(Firm.uscc == firm.uscc)).one()}"
            )
        counts.append(count.total)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (39.996, "39.99"),
        (96.625, "96.62"),
        (99.999, "99.99"),
        (0.1 + 0.2, "0.3"),
        (0.7 * 13 + 0.9, "10"),
        (19.999_999_99, "20"),
        (60, "60"),
        (0, "0"),
    ],
)
def test_points_are_never_rounded_up_across_a_threshold(value, shown):
    assert points(value) == shown
