from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from diagnose.fictional import district
from diagnose.records import Assessment, Judgement
from diagnose.records.importing import import_district
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
    for path in ("/assessments/1/firm", "/assessments/1/sections/profile", "/assessments/1/review"):
        assert visitor.get(path, status=409).heading == "内容已经变化"
    assert visitor.get("/assessments/1").heading == submitted.heading


def test_submitting_twice_judges_once(visitor, begin, session):
    begin()
    review = visitor.get("/assessments/1/review")
    visitor.send(review, truthful="y")
    visitor.send(review, status=409, truthful="y")
    assert len(session.exec(select(Judgement)).all()) == 1


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
    visitor.get("/results/1", status=409)
    visitor.get("/results/2", status=404)


def test_a_sheet_of_a_version_that_is_not_here_is_told(visitor, session):
    firm = make_firm()
    session.add(firm)
    session.flush()
    session.add(make_assessment(firm.id, questionnaire="sme-2024", questionnaire_version="9.0.0"))
    session.commit()
    page = visitor.get("/assessments/1", status=409)
    assert "9.0.0" in page.text
