from io import BytesIO

import pytest
from pypdf import PdfWriter
from sqlmodel import select

from diagnose.records import Actor, Attachment, AuditEntry, Diagnosis, Firm, Project, Remark, Report
from diagnose.workflow import Wanted, move
from tests.diagnose import people
from tests.diagnose.web.reported import (
    issue,
    make_district,
    make_drafted,
    make_own,
    make_sent,
    send,
)


@pytest.fixture
def sent(session, app, visitor):
    """A report with the firm, whose account is signed in."""
    held = make_sent(session, app.extensions["store"], make_district(session)[3])
    people.sign_in(visitor.client, held.account)
    return held


def answer(visitor, page, item, **given):
    """Send the form of one item, as its page holds it."""
    id_ = item.replace(":", "-")
    form = next(e["form"] for e in page.all("input", id=f"yes-{id_}"))
    fields = {
        e["name"]: e.get("value", "")
        for e in page.all("input", type="hidden")
        if e["form"] is form and "name" in e
    }
    return visitor.post(form["action"].partition("#")[0], data=fields | given)


def remarks(session):
    session.expire_all()
    return {remark.item: remark for remark in session.exec(select(Remark))}


def actions(session):
    return [entry.action for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]


def state(session, held):
    session.expire_all()
    return session.get(Diagnosis, held.diagnosis.id).state


@pytest.fixture
def items(visitor, sent):
    return visitor.get(f"/reports/{sent.report.id}/items")


@pytest.fixture
def send_item(visitor, items):
    def post(item, page=items, **given):
        return answer(visitor.client, page, item, **given)

    return post


def test_without_a_report_the_list_says_what_comes(session, visitor):
    people.sign_in(visitor.client, people.make_account(session, "firm"))
    assert "还没有收到报告" in visitor.get("/reports/").text


def test_the_list_shows_standing_and_clock(visitor, sent):
    page = visitor.get("/reports/")
    assert sent.report.number in page.text
    assert "待企业确认" in page.text
    assert f"/reports/{sent.report.id}/confirm" in [e.get("href") for e in page.all("a")]


def test_the_frozen_page_is_read_in_the_frame(visitor, sent):
    page = visitor.get(f"/reports/{sent.report.id}")
    assert len(page.all("article", class_="paper")) == 1
    assert sent.firm.name in page.heading
    assert "派工靠纸质单据" in page.text
    assert "不视为同意" in page.text


def test_a_page_that_was_tampered_with_is_not_shown(app, visitor, sent):
    store, held = app.extensions["store"], sent.report.files["zh.html"]
    store.remove(held["key"])
    store.put(held["key"], b"<article>forged</article>")
    assert "forged" not in visitor.get(f"/reports/{sent.report.id}", status=500).html


def test_a_file_is_a_download_and_is_logged(session, visitor, sent):
    found = visitor.client.get(f"/reports/{sent.report.id}/files/zh.pdf")
    assert found.data.startswith(b"%PDF")
    assert "attachment" in found.headers["Content-Disposition"]
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert "report.download" in actions(session)
    for edition in ("en.pdf", "zh.html", "..%2fsecret.pdf"):
        assert visitor.client.get(f"/reports/{sent.report.id}/files/{edition}").status_code == 404


def test_every_item_is_listed_security_and_changed_answers_included(items):
    assert "派工靠纸质单据" in items.text
    assert "办公网与生产网未隔离" in items.text
    assert "现场没有见到规划文件" in items.text
    assert "看板试点" in items.text
    assert len(items.all("article", class_="item")) == 5


def test_an_agreement_is_kept_and_logged(session, sent, send_item):
    found = send_item("finding:1", agreed="yes")
    assert found.status_code == 302
    kept = remarks(session)["finding:1"]
    assert (kept.agreed, kept.text, kept.report_id) == (True, "", sent.report.id)
    assert actions(session)[-1] == "report.remark"


def test_an_objection_needs_words_and_keeps_what_was_chosen(session, send_item):
    found = send_item("answer:planning", agreed="no", text="  ")
    assert found.status_code == 422
    assert "请写明异议内容" in found.get_data(as_text=True)
    assert not remarks(session)


def test_an_item_that_is_not_in_the_report_is_404(session, items, visitor, sent):
    firm = session.get(Firm, sent.firm.id + 1)
    other = make_drafted(session, firm, make_own(session, firm)[1])
    foreign = session.exec(select(Project).where(Project.diagnosis_id == other.id)).first()
    csrf = next(e["value"] for e in items.all("input", name="csrf_token"))
    given = {"csrf_token": csrf, "item": f"project:{foreign.id}", "agreed": "yes"}
    found = visitor.client.post(f"/reports/{sent.report.id}/items", data=given)
    assert found.status_code == 404
    assert not remarks(session)


def test_two_people_of_the_firm_do_not_overwrite_each_other(session, send_item):
    send_item("finding:1", agreed="yes")
    found = send_item("finding:1", agreed="no", text="不是这样")
    assert found.status_code == 409
    assert "不是这样" in found.get_data(as_text=True)
    assert remarks(session)["finding:1"].agreed is True


def test_objections_go_to_the_provider_and_come_back_answered(session, visitor, sent, send_item):
    send_item("finding:1", agreed="no", text="派工已用系统")
    page = visitor.get(f"/reports/{sent.report.id}/items")
    assert send_objections(visitor, page).status_code == 302
    assert state(session, sent) == "objected"
    kept = remarks(session)["finding:1"]
    kept.answer, kept.answered_at = "只有二车间用了系统", kept.said_at
    session.add(kept)
    session.flush()
    move(session, session.get(Diagnosis, sent.diagnosis.id), Wanted("answer"), None, Actor())
    session.commit()
    page = visitor.get(f"/reports/{sent.report.id}/items")
    assert "只有二车间用了系统" in page.text
    found = answer(visitor.client, page, "finding:1", agreed="no", text="一车间也用了")
    assert found.status_code == 302
    again = remarks(session)["finding:1"]
    assert again.answer == ""
    assert again.text.startswith("一车间也用了")
    assert "> 派工已用系统" in again.text
    assert "> 只有二车间用了系统" in again.text


def send_objections(visitor, page):
    form = next(
        e["form"] for e in page.all("input", id="objections-edition") if e["form"] is not None
    )
    fields = {
        e["name"]: e.get("value", "")
        for e in page.all("input", type="hidden")
        if e["form"] is form and "name" in e
    }
    return visitor.client.post(form["action"], data=fields)


def test_without_an_objection_nothing_is_sent(session, visitor, sent, items):
    csrf = next(e["value"] for e in items.all("input", name="csrf_token"))
    given = {"csrf_token": csrf, "edition": str(sent.diagnosis.edition)}
    found = visitor.client.post(f"/reports/{sent.report.id}/objections", data=given)
    assert found.status_code == 409
    assert "请至少对一项写明异议" in found.get_data(as_text=True)
    assert state(session, sent) == "with_firm"


def test_the_head_signs_and_the_report_goes_to_review(session, visitor, sent):
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    after = visitor.send(page, name="张三", post="总经理", read="y")
    assert "已确认" in after.text
    assert state(session, sent) == "in_review"
    report = session.get(Report, sent.report.id)
    assert (report.signed_by, report.signed_post) == ("张三", "总经理")
    assert report.signed_at is not None
    assert {"report.sign", "diagnosis.move"} <= set(actions(session))
    visitor.get(f"/reports/{sent.report.id}/items")


def test_a_signed_page_may_be_uploaded_with_it(session, visitor, sent):
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    paper, written = BytesIO(), PdfWriter()
    written.add_blank_page(210, 297)
    written.write(paper)
    scan = (BytesIO(paper.getvalue()), "signed.pdf")
    visitor.send(page, name="张三", post="总经理", read="y", scan=scan)
    session.expire_all()
    kept = session.exec(select(Attachment)).one()
    assert (kept.purpose, kept.diagnosis_id) == ("confirmation", sent.diagnosis.id)
    assert session.get(Report, sent.report.id).scan_id == kept.id


def test_a_scan_that_is_no_document_is_refused_and_nothing_is_signed(session, visitor, sent):
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    scan = (BytesIO(b"#!/bin/sh\nrm -rf /\n"), "signed.pdf")
    back = visitor.send(page, status=422, name="张三", post="总经理", read="y", scan=scan)
    assert back.all("input", name="name")[0]["value"] == "张三"
    assert state(session, sent) == "with_firm"
    assert session.get(Report, sent.report.id).signed_at is None


@pytest.mark.parametrize(
    ("changed", "dropped"),
    [({}, ["read"]), ({"name": " "}, []), ({"day": "2020-01-01"}, []), ({"day": "soon"}, [])],
)
def test_a_signature_that_is_not_whole_is_refused(session, visitor, sent, changed, dropped):
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    given = {"name": "张三", "post": "总经理", "read": "y"} | changed
    visitor.send(page, status=422, drop=dropped, **given)
    assert state(session, sent) == "with_firm"


def test_an_open_objection_holds_the_confirmation(session, visitor, sent, send_item):
    send_item("finding:1", agreed="no", text="派工已用系统")
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    back = visitor.send(page, status=409, name="张三", post="总经理", read="y")
    assert "异议没有答复" in back.text
    assert state(session, sent) == "with_firm"
    assert session.get(Report, sent.report.id).signed_at is None


def test_a_move_made_meanwhile_is_told(session, visitor, sent):
    page = visitor.get(f"/reports/{sent.report.id}/confirm")
    back = visitor.send(page, status=409, name="张三", post="总经理", read="y", edition="99")
    assert "查看最新状态" in back.text
    assert session.get(Report, sent.report.id).signed_at is None


def test_a_version_that_was_never_sent_is_not_there(session, app, visitor, sent):
    diagnosis = session.get(Diagnosis, sent.diagnosis.id)
    diagnosis.state = "internal_check"
    session.add(diagnosis)
    session.commit()
    first = issue(session, app.extensions["store"], diagnosis, version=2)
    visitor.get(f"/reports/{first.id}", status=404)
    second = issue(session, app.extensions["store"], diagnosis, version=3)
    send(session, diagnosis)
    visitor.get(f"/reports/{second.id}")
    visitor.get(f"/reports/{first.id}", status=404)
    old = visitor.get(f"/reports/{sent.report.id}")
    assert "已有新版本" in old.text
    assert f"/reports/{sent.report.id}/confirm" not in old.html


def test_another_firms_report_is_404_and_logged(session, visitor, sent):
    people.sign_in(visitor.client, people.make_account(session, "firm"))
    for path in ("", "/items", "/confirm", "/files/zh.pdf"):
        visitor.get(f"/reports/{sent.report.id}{path}", status=404)
    visitor.get("/reports/99999999999999999999", status=404)
    assert actions(session).count("access.foreign") == 4


def test_the_list_takes_the_same_statements_however_long(session, app, visitor, sent, statements):
    with statements(app) as few:
        visitor.get("/reports/")
    for version in range(2, 9):
        diagnosis = session.get(Diagnosis, sent.diagnosis.id)
        diagnosis.state = "internal_check"
        session.add(diagnosis)
        session.commit()
        issue(session, app.extensions["store"], diagnosis, version)
        send(session, diagnosis)
    with statements(app) as many:
        visitor.get("/reports/")
    assert many.total == few.total
