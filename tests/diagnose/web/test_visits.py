from io import BytesIO

import pdfplumber
import pytest
from sqlmodel import select

from diagnose.records import AuditEntry, Visit
from tests.diagnose.web.working import at_work, move, paper


def address(diagnosis):
    return f"/work/visits/{diagnosis.id}"


def visit(session):
    session.expire_all()
    return session.exec(select(Visit)).one()


def text_of(answer):
    assert answer.mimetype == "application/pdf"
    with pdfplumber.open(BytesIO(answer.data)) as file:
        return "".join(page.extract_text() for page in file.pages)


def test_planning_names_us_and_agrees_the_visit(visitor, session):
    lead, work = at_work(session, visitor.client, "accepted")
    page = visitor.get(address(work))
    assert page.all("input", name="people-0-name")[0]["value"] == lead.name
    assert "请填写日期" in visitor.send(page, status=422, then="agree").text
    visitor.send(page, planned_on="2026-11-28", place="厂区会议室", then="agree")
    session.refresh(work)
    assert work.state == "scheduled"
    assert (visit(session).place, visit(session).people[0]["side"]) == ("厂区会议室", "provider")


def test_more_lines_come_without_saving_and_nothing_typed_is_lost(visitor, session):
    _, work = at_work(session, visitor.client, "accepted")
    page = visitor.get(address(work))
    before = len(page.all("input", name="documents-3-title"))
    given = {"documents-0-title": "设备台账", "documents-0-kept": "y"}
    page = visitor.send(page, fields=given, then="more.documents", place="三号门")
    assert before == 0
    assert page.all("input", name="documents-5-title")
    assert page.all("input", name="place")[0]["value"] == "三号门"
    assert not session.exec(select(Visit)).all()
    visitor.send(page, planned_on="2026-11-28", then="save")
    assert visit(session).documents == [{"title": "设备台账", "kept": True}]


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [
        ("", "2026-11-20T10:00", "同时填写开始时间"),
        ("2026-11-20T10:00", "2026-11-20T09:00", "晚于开始时间"),
        ("0001-01-01T00:00", "2026-11-20T09:00", "核对年份"),
    ],
)
def test_times_have_to_be_in_order(visitor, session, began, ended, said):
    _, work = at_work(session, visitor.client, "on_site")
    page = visitor.get(address(work))
    times = {"planned_on": "2026-11-20", "started_at": began, "ended_at": ended}
    assert said in visitor.send(page, status=422, then="save", **times).text


def test_times_are_those_of_china(visitor, session):
    _, work = at_work(session, visitor.client, "on_site")
    page = visitor.get(address(work))
    times = {"started_at": "2026-11-20T09:00", "ended_at": "2026-11-20T16:30"}
    page = visitor.send(page, planned_on="2026-11-20", then="save", **times)
    assert visit(session).started_at.isoformat() == "2026-11-20T01:00:00+00:00"
    assert page.all("input", name="ended_at")[0]["value"] == "2026-11-20T16:30"


def test_a_colleague_saving_meanwhile_is_told_and_both_texts_are_seen(visitor, session):
    _, work = at_work(session, visitor.client, "on_site")
    mine, theirs = visitor.get(address(work)), visitor.get(address(work))
    visitor.send(theirs, planned_on="2026-11-20", opening="同事写的", then="save")
    page = visitor.send(mine, 409, planned_on="2026-11-20", opening="我写的", then="save")
    assert "同事写的" in page.text
    assert page.all("textarea", name="opening")[0]["text"].strip() == "我写的"
    visitor.send(page, then="save")
    assert visit(session).opening == "我写的"


def test_the_record_prints_what_is_kept_with_agenda_and_differences(visitor, session):
    _, work = at_work(session, visitor.client, "on_site", answers={"scene_quality": "4"})
    page = visitor.get(address(work))
    people = {"people-1-side": "firm", "people-1-name": "王海"}
    visitor.send(page, planned_on="2026-11-20", closing="下周交稿", fields=people, then="save")
    section = visitor.get(f"/work/answers/{work.id}/sections/production")
    fields = {"q.scene_quality": "1", "why.scene_quality": "只有纸质记录"}
    visitor.send(section, fields=fields, then="stay")
    said = text_of(visitor.client.get(f"{address(work)}/record.pdf"))
    for words in (work.number, "王海", "下周交稿", "核实清单", "只有纸质记录", "随机抽查"):
        assert words in said, words
    blank = text_of(visitor.client.get(f"{address(work)}/record.pdf?blank=1"))
    assert "王海" not in blank
    assert "质量管理" in blank


def test_a_record_prints_without_a_sheet_and_in_english(visitor, session):
    _, work = at_work(session, visitor.client, "accepted", assessment_id=None)
    with visitor.client.session_transaction() as held:
        held["language"] = "en"
    said = text_of(visitor.client.get(f"{address(work)}/record.pdf"))
    assert "Record of the visit" in said


def test_the_scan_takes_a_paper_and_only_then_the_visit_ends(visitor, session):
    _, work = at_work(session, visitor.client, "on_site")
    times = {"started_at": "2026-11-20T09:00", "ended_at": "2026-11-20T16:30"}
    people = {"people-1-side": "provider", "people-1-name": "赵敏"}
    page = visitor.get(address(work))
    page = visitor.send(page, planned_on="2026-11-20", then="save", fields=people, **times)
    token = page.all("input", name="csrf_token")[0]["value"]
    assert "请填写诊断记录" in move(visitor, work, "finish_visit", 409).text

    def upload(file):
        sent = {"csrf_token": token, "paper": file}
        return visitor.client.post(f"{address(work)}/scan", data=sent)

    refused = upload((BytesIO(b"MZ\x90 a program"), "签字.pdf"))
    assert refused.status_code == 422
    assert "签字.pdf" in refused.get_data(as_text=True)
    assert upload(paper()).status_code == 302
    assert visit(session).scan_id is not None
    move(visitor, work, "finish_visit")
    visitor.send(visitor.get(address(work)), status=409, planned_on="2026-11-21")
    actions = {entry.action for entry in session.exec(select(AuditEntry))}
    assert {"visit.save", "visit.scan", "view.visit", "file.add"} <= actions
