"""The end of a sheet: reviewed, vouched for, handed to the diagnosis; or thrown away."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlmodel import select

from diagnose.records import (
    Answer,
    Assessment,
    Attachment,
    AuditEntry,
    Diagnosis,
    Firm,
    Purpose,
)
from tests.diagnose.people import keep, make_diagnosis

REVIEW = "/assessments/1/review"
PLEDGE = {"pledged_by": "王建国", "pledged_post": "总经理", "truthful": "y"}


def test_the_head_of_the_firm_vouches_by_name_and_post(begin, visitor, session):
    begin()
    page = visitor.send(visitor.get(REVIEW), status=422, pledged_by=" ", truthful="y")
    assert "请填写姓名" in " ".join(page.problems())
    page = visitor.send(page, **PLEDGE)
    assert page.heading == "自评已提交"
    assert "王建国（总经理）" in page.text
    assert any(e["href"] == "/results/1" for e in page.all("a"))
    sheet = session.exec(select(Assessment)).one()
    assert (sheet.pledged_by, sheet.pledged_post) == ("王建国", "总经理")
    assert sheet.submitted_at is not None


def test_a_diagnosis_without_a_sheet_takes_it_over(begin, visitor, session, firm_account):
    begin(firm_account)
    diagnosis = make_diagnosis(session, session.get(Firm, firm_account.firm_id))
    page = visitor.send(visitor.get(REVIEW), **PLEDGE)
    session.refresh(diagnosis)
    assert diagnosis.assessment_id == 1
    assert diagnosis.number in page.text
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "diagnosis.sheet")).one()
    assert entry.subject == f"diagnosis:{diagnosis.id}"


def test_a_diagnosis_that_has_its_sheet_keeps_it(begin, visitor, session, firm_account):
    begin(firm_account)
    visitor.send(visitor.get(REVIEW), **PLEDGE)
    begin(firm_account)
    make_diagnosis(session, session.get(Firm, firm_account.firm_id), assessment_id=1)
    visitor.send(visitor.get("/assessments/2/review"), **PLEDGE)
    session.expire_all()
    assert session.exec(select(Diagnosis)).one().assessment_id == 1


def test_a_sheet_is_submitted_once(begin, visitor):
    begin()
    page = visitor.get(REVIEW)
    visitor.send(page, **PLEDGE)
    assert "已经提交" in visitor.send(page, **PLEDGE).text


def test_a_sheet_that_was_saved_meanwhile_is_not_submitted(begin, visitor, session, firm_account):
    first = begin(firm_account)
    page = visitor.get(REVIEW)
    visitor.send(first, fields={"q.founded": "2009"})
    late = visitor.send(page, status=409, **PLEDGE)
    assert "另一个窗口" in late.text
    assert late.filled()["pledged_by"] == "王建国"
    assert session.exec(select(Assessment)).one().status == "draft"
    assert visitor.send(late).heading == "自评已提交"


def test_a_draft_is_deleted_with_its_files_once_confirmed(
    app, begin, visitor, session, firm_account
):
    page = begin(firm_account)
    visitor.send(page, fields={"q.founded": "2009"})
    store = app.extensions["store"]
    store.put("attachments/1/a.pdf", BytesIO(b"%PDF"))
    held = {"firm_id": 1, "assessment_id": 1, "purpose": Purpose.EVIDENCE, "name": "a.pdf"}
    file = {"media_type": "application/pdf", "size": 4, "sha256": "0" * 64}
    keep(session, Attachment(**held, **file, key="attachments/1/a.pdf"))
    page = visitor.get("/assessments/1/discard")
    assert "请先勾选确认" in " ".join(visitor.send(page, status=422).problems())
    assert "草稿已删除" in visitor.send(page, sure="y").text
    session.expire_all()
    assert not session.exec(select(Assessment)).all()
    assert not session.exec(select(Answer)).all()
    with pytest.raises(FileNotFoundError):
        store.get("attachments/1/a.pdf")


def test_a_submitted_sheet_cannot_be_deleted(begin, visitor):
    begin()
    visitor.send(visitor.get(REVIEW), **PLEDGE)
    assert visitor.get("/assessments/1/discard", status=409).heading == "这份答卷已经提交"


@pytest.fixture
def last_year(begin, visitor, session, firm_account):
    """A second sheet; the first was submitted on 3 November 2025 with three answers."""
    page = begin(firm_account)
    said = {"q.ownership": "private", "q.software": ["erp", "cad"], "q.founded": "2009"}
    visitor.send(page, fields=said)
    visitor.send(visitor.get(REVIEW), **PLEDGE)
    sheet = session.exec(select(Assessment)).one()
    sheet.submitted_at = datetime(2025, 11, 3, 20, tzinfo=UTC)
    keep(session, sheet)
    return begin(firm_account)


def answers_of_second(session):
    session.expire_all()
    rows = session.exec(select(Answer).where(Answer.assessment_id == 2))
    return {answer.question: answer.raw for answer in rows}


def test_answers_of_last_time_are_offered_and_count_only_once_confirmed(
    last_year, visitor, session
):
    assert "2025-11-04" in last_year.text
    assert "民营" in last_year.all("div", class_="before")[1]["text"]
    assert answers_of_second(session) == {}
    assert last_year.all("progress")[0]["value"] == "0"
    page = visitor.send(last_year, then="still.ownership", fields={"q.main_products": "齿轮"})
    assert page.heading == "企业概况"
    assert answers_of_second(session) == {"ownership": "private", "main_products": "齿轮"}
    assert len(page.all("div", class_="before")) == 2
    visitor.send(page, then="still.*")
    assert answers_of_second(session) == {
        "ownership": "private",
        "main_products": "齿轮",
        "software": ["erp", "cad"],
        "founded": 2009,
    }


def test_what_is_typed_goes_before_last_time(last_year, visitor, session):
    visitor.send(last_year, then="still.*", fields={"q.founded": "1999"})
    assert answers_of_second(session)["founded"] == 1999


def test_a_file_is_attached_by_way_of_saving(begin, visitor, session):
    page = visitor.send(begin(), then="attach.founded", fields={"q.founded": "2009"})
    assert page.response.request.path == "/attachments/sheets/1/founded"
    assert session.exec(select(Answer)).one().value == 2009
