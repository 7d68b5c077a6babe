"""What the bureau moves: exempts, accepts, reopens; in its own district only."""

from io import BytesIO

import pytest
from sqlmodel import select

from diagnose.records import Review, RosterEvent
from diagnose.records.columns import now
from diagnose.records.roster import Change
from questionnaires.clock import today
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm
from tests.diagnose.web.diagnoses.officework import audited, form_of, post, report_of

pytestmark = pytest.mark.usefixtures("officer")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63606060600000000500 01a5f645400000000049454e44ae426082"
)


def test_another_districts_diagnosis_is_not_found(session, visitor):
    foreign = make_diagnosis(session, make_firm(session, district="别区"))
    page = visitor.get("/diagnoses/")
    token = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    for path in ("", "/report"):
        visitor.get(f"/diagnoses/{foreign.id}{path}", 404)
    for path in ("assign", "accept", "return", "exempt", "reviewer", "move", "report/full"):
        data = token | {"move": "requeue"}
        answer = visitor.client.post(f"/diagnoses/{foreign.id}/{path}", data=data)
        assert answer.status_code == 404, path
    assert len(audited(session, "access.foreign")) == 9


def test_an_exemption_takes_a_reason_and_a_proof(session, visitor, waiting):
    page, path = visitor.get(f"/diagnoses/{waiting.id}"), f"/diagnoses/{waiting.id}/exempt"
    sent = form_of(page, path) | {
        "exempt-reason": "企业已注销",
        "exempt-asked_by": "东湖街道",
    }
    sent.pop("exempt-proof", None)
    assert visitor.client.post(path, data=sent).status_code == 422
    proof = {"exempt-proof": (BytesIO(b"MZ not a pdf"), "proof.pdf")}
    assert visitor.client.post(path, data=sent | proof).status_code == 422
    session.refresh(waiting)
    assert waiting.state == "to_assign"
    proof = {"exempt-proof": (BytesIO(PNG), "proof.png")}
    visitor.client.post(path, data=sent | proof, content_type="multipart/form-data")
    session.refresh(waiting)
    assert waiting.state == "exempt"
    event = session.exec(select(RosterEvent).where(RosterEvent.change == Change.EXEMPTED)).one()
    assert (event.asked_by, event.reason) == ("东湖街道", "企业已注销")
    assert all("东湖街道" not in str(row.details) for row in audited(session, "diagnosis.move"))


def test_acceptance_waits_for_the_review_then_covers_the_firm(session, visitor):
    found = make_diagnosis(session, make_firm(session), state="in_review")
    report = report_of(session, found)
    page = visitor.get(f"/diagnoses/{found.id}")
    assert "复核专家还没有通过" in page.text
    reviewer = make_account(session, "reviewer")
    elsewhere = make_account(session, "reviewer", district="别区")
    path = f"/diagnoses/{found.id}/reviewer"
    refused = post(visitor, page, path, **{"reviewer-reviewer": str(elsewhere.id)})
    assert refused.status_code == 422
    post(visitor, page, path, **{"reviewer-reviewer": str(reviewer.id)})
    session.expire_all()
    review = session.exec(select(Review).where(Review.report_id == report.id)).one()
    assert review.reviewer_id == reviewer.id
    review.decision, review.decided_at, review.score = "accepted", now(), 88.0
    keep(session, review)
    page = visitor.get(f"/diagnoses/{found.id}")
    post(visitor, page, f"/diagnoses/{found.id}/accept")
    session.refresh(found)
    assert (found.state, found.accepted_on) == ("done", today())


@pytest.mark.parametrize(
    ("state", "move", "target"),
    [("done", "reopen", "drafting"), ("declined", "requeue", "to_assign")],
)
def test_moves_that_take_a_reason(session, visitor, state, move, target):
    dates = {"accepted_on": today(), "valid_until": today()} if state == "done" else {}
    found = make_diagnosis(session, make_firm(session), state=state, **dates)
    page, path = visitor.get(f"/diagnoses/{found.id}"), f"/diagnoses/{found.id}/move"
    sent = form_of(page, path) | {"move": move}
    token = page.all("input", name=f"{move}-csrf_token")[0]["value"]
    sent |= {f"{move}-csrf_token": token, f"{move}-edition": "0"}
    assert visitor.client.post(path, data=sent | {f"{move}-reason": ""}).status_code == 422
    visitor.client.post(path, data=sent | {f"{move}-reason": "发现重大变化"})
    session.refresh(found)
    assert found.state == target
