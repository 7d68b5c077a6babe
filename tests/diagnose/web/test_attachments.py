from datetime import date

import pytest
from sqlmodel import select

from diagnose.records import Attachment, AuditEntry, Firm, Purpose, Report, Review
from diagnose.uploads import LARGEST
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import (
    keep,
    make_account,
    make_diagnosis,
    make_provider,
    sign_in,
)
from tests.diagnose.uploads import sample_files as files
from tests.diagnose.web.pages import Page

OPEN, SENSITIVE = "network", "network_security"


class Case:
    """A firm with a diagnosis, its sheet, and everybody who might want to see a file of it."""

    def __init__(self, session):
        self.session = session
        self.firm_account = make_account(session, "firm")
        self.firm_id = self.firm_account.firm_id
        self.sheet = keep(
            session,
            make_assessment(self.firm_id, questionnaire="sme-2024", questionnaire_version="1.0.0"),
        )
        self.provider = make_provider(session)
        self.diagnosis = make_diagnosis(
            session,
            session.get_one(Firm, self.firm_id),
            assessment_id=self.sheet.id,
            provider_id=self.provider.id,
            state="in_review",
        )
        self.reviewer = make_account(session, "reviewer")
        self.report = None

    def under_review(self):
        self.report = self.issue()
        keep(
            self.session,
            Review(
                diagnosis_id=self.diagnosis.id,
                report_id=self.report.id,
                reviewer_id=self.reviewer.id,
            ),
        )
        return self

    def issue(self):
        return keep(
            self.session,
            Report(
                diagnosis_id=self.diagnosis.id,
                number="R1",
                version=1,
                dated=date(2026, 11, 1),
                standard="sme-2024",
                standard_version="1.0.0",
            ),
        )

    def account(self, who):
        return {
            "firm": lambda: self.firm_account,
            "colleague": lambda: make_account(self.session, "firm", firm_id=self.firm_id),
            "other firm": lambda: make_account(self.session, "firm"),
            "consultant": lambda: make_account(
                self.session, "consultant", provider_id=self.provider.id
            ),
            "other consultant": lambda: make_account(self.session, "consultant"),
            "reviewer": lambda: self.reviewer,
            "other reviewer": lambda: make_account(self.session, "reviewer"),
            "officer": lambda: make_account(self.session, "officer"),
            "other officer": lambda: make_account(self.session, "officer", district="汉阳区"),
            "administrator": lambda: make_account(self.session, "administrator"),
        }[who]()


@pytest.fixture
def case(session):
    return Case(session)


def send_file(visitor, page, name, content, status=200):
    """Send the page's form with a file."""
    body, kind = files.multipart(page.filled(), name, content)
    path = page.response.request.path
    answer = visitor.client.post(path, data=body, content_type=kind, follow_redirects=True)
    assert answer.status_code == status
    return Page(answer).check()


@pytest.fixture
def hand_in(visitor, case):
    """Hand in a file as the firm does; the page that answers."""

    def send(content=None, name="网络图.pdf", question=OPEN, status=200):
        sign_in(visitor.client, case.firm_account)
        page = visitor.get(f"/attachments/sheets/{case.sheet.id}/{question}")
        content = files.pdf() if content is None else content
        return send_file(visitor, page, name, content, status)

    return send


def held(session):
    session.expire_all()
    return session.exec(select(Attachment).order_by(Attachment.id)).all()


def put(app, case, key="attachments/1/a.pdf", **changes):
    """A file that is there, whoever handed it in."""
    app.extensions["store"].put(key, files.pdf())
    row = {
        "firm_id": case.firm_id,
        "assessment_id": case.sheet.id,
        "purpose": Purpose.EVIDENCE,
        "question": OPEN,
        "name": "图.pdf",
        "media_type": "application/pdf",
        "size": len(files.pdf()),
        "sha256": "0" * 64,
        "key": key,
        "account_id": case.firm_account.id,
    }
    return keep(case.session, Attachment(**(row | changes)))


def test_a_file_is_kept_listed_and_handed_out_whole(hand_in, visitor, app, session, case):
    page = hand_in()
    assert "网络图.pdf" in page.text
    (row,) = held(session)
    assert (row.purpose, row.question, row.media_type) == ("evidence", OPEN, "application/pdf")
    assert row.firm_id == case.firm_id
    assert app.extensions["store"].get(row.key) == files.pdf()
    assert "网络图" not in row.key
    answer = visitor.client.get(f"/attachments/{row.id}")
    assert answer.data == files.pdf()
    added = session.exec(select(AuditEntry).where(AuditEntry.action == "file.add")).one()
    assert added.details == {"size": row.size}


def test_downloads_are_never_pages(hand_in, visitor):
    hand_in(name='a";b\r\nc.pdf')
    headers = visitor.client.get("/attachments/1").headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"


def test_the_same_file_is_not_stored_twice_for_one_question(hand_in, session):
    hand_in()
    page = hand_in(name="又一份.pdf", status=422)
    assert "已经在这里了（“网络图.pdf”）" in " ".join(page.problems())
    hand_in(question="scene_warehouse")
    assert len(held(session)) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("脚本.pdf", b"#!/bin/sh\n", "是程序或脚本"),
        ("图.svg", b"<svg onload='alert(1)'/>", "是网页或矢量图"),
        ("炸弹.xlsx", files.office("xl/workbook.xml", **{"xl/a.xml": bytes(60 << 20)}), "解压后"),
        ("宏.docx", files.office(**{"word/vbaProject.bin": b"x"}), "带有宏"),
        ("空.pdf", b"", "是空的"),
        ("大.pdf", b"%PDF-" + bytes(LARGEST), "超过 20 MB"),
        ("", b"", "没有选择文件"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(hand_in, session, name, content, said):
    page = hand_in(content, name, status=422)
    assert said in " ".join(page.problems())
    assert not held(session)


def test_far_too_much_is_refused_before_it_is_read(hand_in, session):
    page = hand_in(b"%PDF-" + bytes(LARGEST + (2 << 20)), status=413)
    assert "文件最多 20 MB" in page.text
    assert not held(session)


def test_who_is_not_signed_in_sends_pages_not_files(app):
    body, kind = files.multipart({}, "a.pdf", bytes(3 << 20))
    answer = app.test_client().post("/account/sign-in", data=body, content_type=kind)
    assert answer.status_code == 413


def test_a_question_takes_so_many_files_and_a_firm_so_much(hand_in, app, case, monkeypatch):
    monkeypatch.setattr("diagnose.web.attachments.operations.MOST_A_QUESTION", 2)
    hand_in(files.pdf("a"))
    hand_in(files.pdf("b"))
    assert "最多 2 份" in " ".join(hand_in(files.pdf("c"), status=422).problems())
    app.config["MOST_BYTES_A_FIRM"] = 2 << 20
    put(app, case, size=(2 << 20) - 10)
    page = hand_in(files.pdf("d"), question="scene_warehouse", status=422)
    assert "2 MB 的上限" in " ".join(page.problems())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("firm", 200),
        ("colleague", 200),
        ("consultant", 200),
        ("reviewer", 200),
        ("other firm", 404),
        ("other consultant", 404),
        ("other reviewer", 404),
        ("officer", 404),
        ("other officer", 404),
        ("administrator", 404),
    ],
)
def test_evidence_is_seen_with_its_sheet(app, case, session, who, status):
    case.under_review()
    row = put(app, case)
    client = app.test_client()
    sign_in(client, case.account(who))
    assert client.get(f"/attachments/{row.id}").status_code == status
    logged = session.exec(select(AuditEntry.action, AuditEntry.subject)).all()
    if status == 404:
        assert ("access.foreign", f"attachment:{row.id}") in logged
    elif who in ("consultant", "reviewer"):
        assert ("view.file", f"attachment:{row.id}") in logged
    else:
        assert not [action for action, _ in logged if action.startswith("view.")]


def test_evidence_of_security_weaknesses_is_the_firms_and_its_consultants(app, case):
    case.under_review()
    row = put(app, case, question=SENSITIVE)
    statuses = {}
    for who in ("firm", "consultant", "reviewer"):
        client = app.test_client()
        sign_in(client, case.account(who))
        statuses[who] = client.get(f"/attachments/{row.id}").status_code
    assert statuses == {"firm": 200, "consultant": 200, "reviewer": 404}


@pytest.mark.parametrize(
    ("who", "status"),
    [("firm", 200), ("consultant", 200), ("other consultant", 404), ("officer", 404)],
)
def test_papers_are_seen_with_their_diagnosis(app, case, who, status):
    purpose = Purpose.VISIT_RECORD
    row = put(app, case, assessment_id=None, diagnosis_id=case.diagnosis.id, purpose=purpose)
    client = app.test_client()
    sign_in(client, case.account(who))
    assert client.get(f"/attachments/{row.id}").status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("other officer", 404), ("consultant", 404), ("administrator", 404)],
)
def test_proofs_of_the_bureau_are_seen_by_the_bureau(app, case, who, status):
    row = put(app, case, assessment_id=None, question="", purpose=Purpose.PROOF)
    client = app.test_client()
    sign_in(client, case.account(who))
    assert client.get(f"/attachments/{row.id}").status_code == status


def test_an_officer_opens_evidence_only_by_saying_why(app, visitor, case, session):
    row = put(app, case)
    put(app, case, key="attachments/1/b.pdf", question=SENSITIVE)
    sign_in(visitor.client, case.account("officer"))
    address = f"/attachments/sampling/{case.diagnosis.id}"
    page = visitor.get(address)
    assert "厂里的网络建到什么程度" in page.text
    assert "图.pdf" not in page.text
    assert len(page.all("button", formaction=f"{address}/{row.id}")) == 1
    assert not page.all("button", formaction=f"{address}/{row.id + 1}")
    token = {"csrf_token": page.filled()["csrf_token"]}
    assert visitor.client.post(f"{address}/{row.id}", data=token).status_code == 422
    told = token | {"why": "sample"}
    answer = visitor.client.post(f"{address}/{row.id}", data=told)
    assert answer.data == files.pdf()
    seen = session.exec(select(AuditEntry).where(AuditEntry.action == "view.file")).one()
    assert (seen.subject, seen.details) == (f"attachment:{row.id}", {"why": "sample"})
    assert visitor.client.post(f"{address}/{row.id + 1}", data=told).status_code == 404


@pytest.mark.parametrize("who", ["other officer", "firm", "consultant", "administrator"])
def test_nobody_else_samples(app, case, who):
    put(app, case)
    client = app.test_client()
    sign_in(client, case.account(who))
    status = client.get(f"/attachments/sampling/{case.diagnosis.id}").status_code
    assert status == (404 if who == "other officer" else 403)


def test_a_removed_file_keeps_its_row_and_loses_its_content(hand_in, visitor, app, session, case):
    hand_in()
    (row,) = held(session)
    key, id_ = row.key, row.id
    back = f"/attachments/sheets/{case.sheet.id}/{OPEN}"
    page = visitor.get(f"/attachments/{id_}/remove?back={back}")
    assert "网络图.pdf" in page.text
    page = visitor.send(page)
    assert page.response.request.path == back
    assert held(session)[0].removed_at
    with pytest.raises(FileNotFoundError):
        app.extensions["store"].get(key)
    assert visitor.client.get(f"/attachments/{id_}").status_code == 404
    assert visitor.client.get(f"/attachments/{id_}/remove").status_code == 404
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "file.remove")).one()
    hand_in()


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 200), ("consultant", 404), ("other firm", 404)]
)
def test_only_the_side_that_handed_it_in_takes_it_back(app, case, who, status):
    row = put(app, case)
    client = app.test_client()
    sign_in(client, case.account(who))
    assert client.get(f"/attachments/{row.id}/remove").status_code == status


def test_nothing_is_taken_back_once_a_report_rests_on_it(app, case):
    row = put(app, case)
    case.issue()
    client = app.test_client()
    sign_in(client, case.firm_account)
    assert client.get(f"/attachments/{row.id}/remove").status_code == 404
    assert client.get(f"/attachments/{row.id}").status_code == 200


def test_the_way_back_stays_on_this_service(app, visitor, case):
    row = put(app, case)
    sign_in(visitor.client, case.firm_account)
    page = visitor.get(f"/attachments/{row.id}/remove?back=//evil.example/x")
    assert all(
        "evil.example" not in (a.get("href") or "") or a["href"][0] == "/" for a in page.all("a")
    )
    token = page.filled()
    answer = visitor.client.post(f"/attachments/{row.id}/remove", data=token)
    assert answer.headers["Location"] in ("/x", "/evil.example/x")


def test_another_firms_sheet_and_unknown_questions_are_not_found(visitor, case, session):
    stranger = make_account(session, "firm")
    sign_in(visitor.client, stranger)
    visitor.get(f"/attachments/sheets/{case.sheet.id}", status=404)
    visitor.get(f"/attachments/sheets/{case.sheet.id}/{OPEN}", status=404)
    sign_in(visitor.client, case.firm_account)
    visitor.get(f"/attachments/sheets/{case.sheet.id}/no_such_question", status=404)


def test_the_list_of_evidence_counts_files(hand_in, visitor, case):
    hand_in(files.pdf("a"))
    hand_in(files.pdf("b"))
    page = visitor.get(f"/attachments/sheets/{case.sheet.id}")
    assert "2 份" in page.text


def test_a_file_that_is_lost_is_not_found(hand_in, visitor, app, session):
    hand_in()
    app.extensions["store"].remove(held(session)[0].key)
    visitor.get("/attachments/1", status=404)
