"""Security weaknesses: in nothing that the bureau or a reviewer reaches, whatever they ask for."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from sqlmodel import select

from diagnose.access import Capability, capabilities
from diagnose.pool import read_pool
from diagnose.records import Actor, AuditEntry, Consent
from diagnose.reporting.issuing import Issue, issue
from diagnose.reviewing import assign
from diagnose.tokens import issue as issue_token
from diagnose.web.access import API, PUBLIC, needed
from questionnaires.clock import today
from tests.diagnose.diagnosed import attach, make_visited
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.pages import Page

SECRET = "机床网段沿用出厂口令"


@pytest.fixture
def scene(app, session):
    """A report with a security finding and its file, issued, under review, with consent."""
    held = make_visited(session)
    weak = held.findings[-1]
    assert weak.security
    proof = attach(session, held.diagnosis, "evidence", f"{SECRET}.jpg")
    for name in ("fact", "evidence", "effect", "cause"):
        setattr(weak, name, f"{SECRET}（{name}）")
    weak.attachment_id = proof.id
    keep(session, weak)
    store = app.extensions["store"]
    how = Issue(None, Actor(), today(), read_pool(session), store)
    held.report = issue(session, held.diagnosis, how)
    held.diagnosis.state = "in_review"
    keep(session, held.diagnosis)
    keep(session, Consent(firm_id=held.firm.id, use="full_report"))
    held.proof = proof
    return held


def told(content):
    """All words of an answer, whatever kind of file it is."""
    if content.startswith(b"%PDF-"):
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = "".join(
                archive.read(name).decode(errors="ignore") for name in archive.namelist()
            )
    else:
        text = content.decode(errors="ignore")
    return re.sub(r"\s", "", text)


def reachable(app, kind, ids):
    """Every address of a page or file that this kind of account may ask for."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        wanted = needed(app, rule.endpoint)
        if "GET" not in rule.methods or rule.rule.startswith(API) or wanted == PUBLIC:
            continue
        if wanted in capabilities(kind):
            editions = ids["edition"] if "edition" in rule.arguments else [None]
            for edition in editions:
                given = {**ids, "edition": edition}
                values = {name: given[name] for name in rule.arguments if name in given}
                if values.keys() == rule.arguments:
                    yield urls.build(rule.endpoint, values)


def ids_of(held, review=0):
    return {
        "firm_id": held.firm.id,
        "diagnosis_id": held.diagnosis.id,
        "assessment_id": held.sheet.id,
        "attachment_id": held.proof.id,
        "report_id": held.report.id,
        "review_id": review,
        "edition": sorted(held.report.files),
        "version": 1,
        "uscc": held.firm.uscc,
        "question": "network",
        "section_id": "security",
    }


def test_the_firm_and_its_provider_have_it_in_full(app, scene):
    store = app.extensions["store"]
    for edition in ("zh.pdf", "zh.html", "zh.docx", "en.pdf"):
        assert SECRET in told(store.get(scene.report.files[edition]["key"])), edition
    client = app.test_client()
    sign_in(client, scene.lead)
    path = f"/work/reports/{scene.diagnosis.id}/versions/1/zh.html"
    assert SECRET in told(client.get(path).data)


def test_nothing_a_reviewer_reaches_tells_a_security_weakness(app, session, scene):
    reviewer = make_account(session, "reviewer")
    review = assign(session, scene.diagnosis, reviewer, Actor())
    session.commit()
    client, got = app.test_client(), 0
    sign_in(client, reviewer)
    for path in reachable(app, "reviewer", ids_of(scene, review.id)):
        with client.get(path) as answer:
            assert answer.status_code < 500, path
            assert SECRET not in told(answer.data), path
            got += answer.status_code == 200 and f"/reviews/{review.id}/" in path
    assert got == 5  # the page, and the open edition as PDF and HTML in both languages
    assert client.get(f"/attachments/{scene.proof.id}").status_code == 404


@pytest.mark.parametrize("state", ["in_review", "done"])
def test_nothing_the_bureau_reaches_tells_a_security_weakness(app, session, scene, state):
    officer = make_account(session, "officer")
    scene.diagnosis.state = state
    if state == "done":
        scene.diagnosis.accepted_on, scene.diagnosis.valid_until = today(), today()
    keep(session, scene.diagnosis)
    client, got = app.test_client(), 0
    sign_in(client, officer)
    for path in reachable(app, "officer", ids_of(scene)):
        with client.get(path) as answer:
            assert answer.status_code < 500, path
            assert SECRET not in told(answer.data), path
            got += answer.status_code == 200
    assert got > 10
    token = Page(client.get("/account/")).all("meta", name="csrf-token")[0]["content"]
    sent = {"csrf_token": token}
    full = client.post(f"/diagnoses/{scene.diagnosis.id}/report/full", data=sent)
    assert full.data.startswith(b"%PDF-")
    assert SECRET not in told(full.data)
    sampled = f"/attachments/sampling/{scene.diagnosis.id}/{scene.proof.id}"
    assert client.post(sampled, data=sent | {"why": "sample"}).status_code == 404


def test_the_api_gives_the_bureau_open_editions_alone(app, session, scene):
    officer = make_account(session, "officer")
    scene.diagnosis.state = "done"
    scene.diagnosis.accepted_on, scene.diagnosis.valid_until = today(), today()
    keep(session, scene.diagnosis)
    plain = issue_token(session, officer, "台账", [Capability.SHORT_REPORT], 30, Actor(officer.id))
    client, ask = app.test_client(), {"headers": {"Authorization": f"Bearer {plain}"}}
    [row] = client.get("/api/v1/reports", **ask).json["items"]
    assert set(row["files"]) == {
        f"{la}.open.{kind}" for la in ("zh", "en") for kind in ("pdf", "html")
    }
    for edition in scene.report.files:
        answer = client.get(f"/api/v1/reports/{scene.report.id}/{edition}", **ask)
        assert answer.status_code == (200 if ".open." in edition else 404), edition
        assert SECRET not in told(answer.data), edition


@pytest.mark.usefixtures("scene")
def test_the_log_holds_no_text_of_a_finding(session):
    rows = session.exec(select(AuditEntry)).all()
    assert rows
    assert not [row for row in rows if SECRET in f"{row.subject} {row.details}"]
