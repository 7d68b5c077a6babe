from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from diagnose.fictional import district
from diagnose.records import Answer, Assessment, Judgement
from diagnose.records.importing import import_district
from diagnose.web.judging import points
from tests.diagnose.factories import make_assessment, make_firm


@pytest.fixture
def submitted(visitor, begin):
    """A sheet with two answers, submitted; the page of its result."""
    begin(name="武汉二号机械有限公司")
    page = visitor.get("/assessments/1/sections/management")
    visitor.send(page, fields={"q.planning": "f", "q.funding": "e"})
    page = visitor.send(visitor.get("/assessments/1/review"), truthful="y")
    assert page.heading == "武汉二号机械有限公司"
    return page


@pytest.mark.usefixtures("submitted")
def test_submission_keeps_versions_and_what_was_judged(session):
    assessment, judgement = session.exec(select(Assessment, Judgement).join(Judgement)).one()
    assert assessment.status == "submitted"
    assert assessment.submitted_at is not None
    assert assessment.size == 1
    assert (judgement.standard, judgement.score, judgement.level) == ("sme-2024", 15.0, 0)
    assert (judgement.answered, judgement.asked) == (2, 31)
    assert len(assessment.questionnaire_hash) == len(judgement.standard_hash) == 64


def test_the_result_says_level_points_and_what_is_missing(submitted):
    verdict = [e["text"] for e in submitted.all("p", class_="verdict-value")]
    assert verdict[0] == "无等级"
    assert [text.split()[0] for text in verdict[1:]] == ["15", "2", "85"]


def test_without_a_pool_the_page_says_so_honestly(submitted):
    peers = next(e for e in submitted.all("section") if e.get("id") == "peers")
    assert "虚构园区" not in peers["text"]
    assert not any("percentile" in e["text"] for e in submitted.all("svg"))


def test_a_fictional_pool_is_named_as_such(visitor, submitted, session):
    import_district(session, district(60).sheets)
    again = visitor.get(submitted.response.request.path)
    peers = next(e for e in again.all("section") if e.get("id") == "peers")
    assert "只用来展示比较的样子" in peers["text"]


@pytest.mark.parametrize(("edition", "word"), [("zh", "测评结果"), ("en", "Result")])
def test_the_report_is_downloaded_in_both_languages(visitor, submitted, edition, word):
    path = f"{submitted.response.request.path}/{edition}.pdf?date=2026-03-01"
    answer = visitor.client.get(path)
    assert answer.mimetype == "application/pdf"
    assert f"-{edition}.pdf" in answer.headers["Content-Disposition"]
    report = PdfReader(BytesIO(answer.data))
    assert len(report.pages) >= 10
    text = "".join(page.extract_text() for page in report.pages)
    assert word in text
    assert "2026" in text
    assert visitor.client.get(path).data == answer.data


def test_a_date_that_is_none_is_today(visitor, submitted):
    path = f"{submitted.response.request.path}/zh.pdf"
    today = visitor.client.get(path).data
    assert visitor.client.get(f"{path}?date=yesterday").data == today


def test_a_submitted_sheet_cannot_be_changed(visitor, submitted):
    assert submitted.status == 200
    for path in ("/assessments/1/firm", "/assessments/1/sections/profile"):
        page = visitor.get(path, status=409)
        assert page.heading == "这份答卷已经提交"
        assert "/results/1" in [e["href"] for e in page.all("a")]
    assert visitor.get("/assessments/1/review").heading == submitted.heading
    assert visitor.get("/assessments/1").heading == submitted.heading


def test_submitting_twice_judges_once(visitor, begin, session):
    begin()
    review = visitor.get("/assessments/1/review")
    first = visitor.send(review, truthful="y")
    again = visitor.send(review, truthful="y")
    assert again.heading == first.heading
    assert "已经提交" in again.text
    assert len(session.exec(select(Judgement)).all()) == 1


def test_going_back_after_submission_changes_nothing_and_says_so(visitor, begin, session):
    section = begin()
    visitor.send(visitor.get("/assessments/1/review"), truthful="y")
    page = visitor.send(section, status=409, fields={"q.founded": "1999"})
    assert page.heading == "这份答卷已经提交"
    assert "没有改动" in page.text
    assert not session.exec(select(Answer)).all()


def test_submitting_what_another_window_changed_asks_again(visitor, begin, session):
    begin()
    review = visitor.get("/assessments/1/review")
    visitor.send(visitor.get("/assessments/1/sections/profile"), fields={"q.founded": "1999"})
    page = visitor.send(review, status=409, truthful="y")
    assert session.exec(select(Assessment)).one().status == "draft"
    visitor.send(page, truthful="y")
    session.expire_all()
    assert session.exec(select(Assessment)).one().status == "submitted"


def test_a_draft_has_no_result(visitor, begin):
    begin()
    page = visitor.get("/results/1", status=409)
    assert page.heading == "还没有结果"
    assert "/assessments/1" in [e["href"] for e in page.all("a")]
    visitor.get("/results/2", status=404)


def test_a_sheet_of_a_version_that_is_not_here_is_told(visitor, session):
    firm = make_firm()
    session.add(firm)
    session.flush()
    session.add(make_assessment(firm.id, questionnaire="sme-2024", questionnaire_version="9.0.0"))
    session.commit()
    page = visitor.get("/assessments/1", status=409)
    assert "9.0.0" in page.text


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


def test_the_result_leads_on_and_every_chapter_is_reached(submitted):
    nav = next(e for e in submitted.all("nav") if e.get("class") == "contents")
    links = [e["href"] for e in submitted.all("a") if e.get("href", "").startswith("#")]
    ids = {e["id"] for e in submitted.elements if "id" in e}
    assert {link[1:] for link in links} <= ids
    assert {"#next", "#result", "#gaps", "#peers", "#plan", "#actions", "#basis"} <= set(links)
    assert "接下来做什么" in nav["text"]


def test_folded_projects_say_why_they_were_chosen(visitor, session):
    import_district(session, district(30).sheets)
    page = visitor.get("/results/7")
    plan = next(e for e in page.all("section") if e.get("id") == "plan")
    projects = [e for e in page.all("details", class_="project") if e["text"] in plan["text"]]
    assert projects
    assert all("为什么做" in project["text"] for project in projects)
