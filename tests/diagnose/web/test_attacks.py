"""What somebody may try who knows the addresses: ids of others, old doors, copies left behind."""

import logging
import re

import pytest
from sqlmodel import select

from diagnose.access import Capability
from diagnose.accounts.activation import issue as issue_code
from diagnose.records import Actor, AuditEntry, Defect, Kind, Remark, Review
from diagnose.records.columns import now
from diagnose.tokens import issue as issue_token
from tests.diagnose.diagnosed import make_visited
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm
from tests.diagnose.web.pages import Visitor
from tests.diagnose.web.worlds import make_world

BEYOND = 99999999999999999999  # more than any database counts


@pytest.fixture
def world(session):
    return make_world(session, "江岸区")


def post(visitor, path, **fields):
    page = visitor.get("/account/privacy")
    token = page.all("meta", name="csrf-token")[0]["content"]
    return visitor.client.post(path, data={"csrf_token": token, **fields})


@pytest.mark.parametrize(
    "address", ["//[", "http://[x", "/\\[", "//evil.example", "https:evil.example", "/\t/evil.x"]
)
def test_no_way_on_leads_to_another_site_or_to_a_crash(session, as_, address):
    visitor = as_(make_account(session, "officer"))
    answer = visitor.client.get("/account/sign-in", query_string={"next": address})
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer.location)
    answer = post(visitor, "/language", language="zh", back=address)
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer.location)


def test_findings_of_another_diagnosis_are_not_there_and_that_is_logged(session, as_, world):
    visitor, mine = as_(world.accounts["consultant"]), world.rows["diagnosis_id"].id
    foreign = make_world(session, "汉阳区").rows["finding_id"]
    for number, status in ((foreign.id, 404), (BEYOND, 404)):
        for way in ("", "/remove"):
            path = f"/work/findings/{mine}/{number}{way}"
            assert visitor.client.get(path).status_code == status
    assert post(visitor, f"/work/findings/{mine}/{foreign.id}/order", to="up").status_code == 404
    logged = session.exec(select(AuditEntry.subject).where(AuditEntry.action == "access.foreign"))
    assert f"diagnosis:{foreign.diagnosis_id}" in set(logged)


def test_a_finding_takes_no_file_and_no_project_of_another_diagnosis(session, as_, world):
    visitor, mine = as_(world.accounts["consultant"]), world.rows["diagnosis_id"].id
    foreign = make_world(session, "汉阳区").rows
    given = {
        "fact": "靠纸单",
        "evidence": "派工单",
        "effect_kind": "time",
        "effect": "慢",
        "cause_kind": "process",
        "cause": "无",
        "severity": "2",
        "scene": "",
        "attachment_id": "",
    }
    for stolen in (
        {"attachment_id": str(foreign["attachment_id"].id)},
        {"projects": str(foreign["project_id"].id)},
        {"questions": "no_such_question"},
    ):
        answer = post(visitor, f"/work/findings/{mine}/new", **(given | stolen))
        assert answer.status_code == 422, stolen
    assert post(visitor, f"/work/findings/{mine}/new", **given).status_code == 302


def test_many_at_once_touches_no_firm_of_another_district(session, as_):
    officer = make_account(session, "officer")
    foreign = make_firm(session, district="汉阳区")
    diagnosis = make_diagnosis(session, foreign)
    visitor = as_(officer)
    for path, fields in (
        ("/roster/invite", {"firm": foreign.id}),
        ("/roster/open", {"firm": foreign.id}),
        ("/roster/letters", {"firm": foreign.id, "bureau": "局", "language": "zh"}),
        ("/roster/codes", {"firm": foreign.id, "bureau": "局", "language": "zh"}),
        ("/diagnoses/assign", {"diagnosis": diagnosis.id}),
        ("/diagnoses/assign", {"of": "roster", "firm": foreign.id}),
        ("/roster/invite", {"firm": BEYOND}),
        ("/diagnoses/assign", {"diagnosis": BEYOND}),
    ):
        answer = post(visitor, path, **fields)
        assert answer.status_code in (302, 422), path
        assert foreign.name.encode() not in answer.data
    written = session.exec(select(AuditEntry).where(AuditEntry.firm_id == foreign.id)).all()
    assert written == []


@pytest.mark.parametrize("state", ["with_firm", "in_review", "done"])
def test_answers_to_objections_and_defects_stand_once_they_were_given(session, as_, world, state):
    diagnosis, report = world.rows["diagnosis_id"], world.rows["report_id"]
    remark = keep(
        session,
        Remark(
            report_id=report.id, item="answer:network", agreed=False, text="不对", answer="已改"
        ),
    )
    review = keep(session, world.rows["review_id"])
    review.decision, review.decided_at = "returned", now()
    keep(session, review)
    defect = keep(session, Defect(review_id=review.id, number=1, text="缺依据", answer="已补"))
    diagnosis.state = state
    if state == "done":
        diagnosis.accepted_on = diagnosis.valid_until = now().date()
    keep(session, diagnosis)
    visitor = as_(world.accounts["consultant"])
    for path, name in (
        (f"/work/{diagnosis.id}/objections", f"answer-{remark.id}"),
        (f"/work/reports/{diagnosis.id}/defects", "answer-1"),
    ):
        assert post(visitor, path, **{name: "另一个答复"}).status_code == 409
        assert "readonly" in visitor.get(path).html
    session.expire_all()
    assert (remark.answer, defect.answer) == ("已改", "已补")


def test_no_private_answer_stays_in_a_cache(app, session, as_):
    scene = make_visited(session, state="visited")
    lead, officer = as_(scene.lead), as_(make_account(session, "officer"))
    number = scene.diagnosis.id
    for visitor, path in (
        (lead, f"/work/visits/{number}/record.pdf"),
        (lead, f"/work/{number}/confidentiality.pdf"),
        (lead, f"/work/reports/{number}/draft/zh.docx"),
        (officer, "/roster/export"),
        (officer, "/diagnoses/export"),
        (officer, "/coverage/"),
        (officer, "/jobs/1/stand"),
    ):
        answer = visitor.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
    with app.test_client().get("/static/diagnose.css") as style:
        assert "no-store" not in style.headers["Cache-Control"]


def test_pages_that_show_a_code_or_token_are_not_kept_though_they_answer_a_form(session, as_):
    officer = as_(make_account(session, "officer"))
    answer = post(officer, "/tokens/", name="台账", granted="roster.read", days="30")
    assert b"dx_" in answer.data
    assert answer.headers["Cache-Control"] == "no-store"
    known = make_account(session, "reviewer")
    manager = as_(make_account(session, "administrator"))
    answer = post(manager, f"/administration/accounts/{known.id}/change", wanted="code")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_code_of_activation_is_neither_logged_nor_told_on(app, session, caplog):
    code = issue_code(session, make_account(session, "firm", password_hash=""), Actor())
    session.commit()
    visitor = Visitor(app.test_client())
    with caplog.at_level(logging.DEBUG):
        page = visitor.client.get("/account/activate", query_string={"code": code})
        typed = post(visitor, "/account/activate", code=code)
        visitor.client.get("/account/activate", query_string={"code": f"{code}X"})
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert typed.status_code == 200  # not sent on to an address that holds the code
    assert caplog.records
    assert code not in caplog.text


def test_a_token_gives_no_more_than_its_account_has_now(app, session):
    officer = make_account(session, "officer")
    plain = issue_token(session, officer, "台账", [Capability.ROSTER], 30, Actor(officer.id))
    ask = {"headers": {"Authorization": f"Bearer {plain}"}}
    assert app.test_client().get("/api/v1/roster", **ask).status_code == 200
    assert app.test_client().get("/api/v1/coverage", **ask).status_code == 403
    officer.kind, officer.district = Kind.ADMINISTRATOR, ""
    keep(session, officer)
    assert app.test_client().get("/api/v1/roster", **ask).status_code == 403


def test_no_review_opens_with_another_ones_number(session, as_, world):
    other = make_account(session, "reviewer")
    number = world.rows["review_id"].id
    visitor = as_(other)
    for path in (f"/reviews/{number}", f"/reviews/{number}/report", f"/reviews/{BEYOND}"):
        assert visitor.client.get(path).status_code == 404
    for way in ("marks", "accept", "return"):
        assert post(visitor, f"/reviews/{number}/{way}", edition="0").status_code == 404
    assert session.exec(select(Review.decision).where(Review.id == number)).one() == "open"


def test_a_reviewer_sees_nothing_more_once_the_bureau_took_the_report_back(session, as_, world):
    diagnosis, file = world.rows["diagnosis_id"], world.rows["attachment_id"]
    visitor, path = as_(world.accounts["reviewer"]), f"/reviews/{world.rows['review_id'].id}"
    diagnosis.state = "in_review"
    keep(session, diagnosis)
    assert visitor.client.get(path).status_code == 200
    assert diagnosis.number in visitor.get("/reviews/").text
    diagnosis.state = "returned"
    keep(session, diagnosis)
    assert visitor.client.get(path).status_code == 404
    assert visitor.client.get(f"/attachments/{file.id}").status_code == 404
    assert diagnosis.number not in visitor.get("/reviews/").text


def test_errors_tell_nothing_of_the_inside(app, session, as_, monkeypatch):
    visitor = as_(make_account(session, "officer"))

    def crash():
        raise RuntimeError("secret inside")

    monkeypatch.setitem(app.view_functions, "coverage.show", _like(app, crash))
    answer = visitor.client.get("/coverage/")
    assert answer.status_code == 500
    assert b"secret inside" not in answer.data
    assert b"Traceback" not in answer.data


def _like(app, view):
    view.needs = app.view_functions["coverage.show"].needs
    return view
