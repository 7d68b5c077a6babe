"""The way of a report: plan, draft, check, firm, reviewer, mending, acceptance."""

import pytest
from sqlmodel import select

from diagnose.records import Actor, Decision, Defect, Report, Visit
from diagnose.records.columns import now
from diagnose.reviewing import assign
from diagnose.workflow import Wanted, move
from tests.diagnose.diagnosed import make_visited
from tests.diagnose.people import make_account
from tests.naughty import as_typed

NAUGHTY = "<script>alert(1)</script> {{ 7*7 }} =1+1 \u202e'\";--"
KEPT = as_typed(NAUGHTY)


@pytest.fixture
def scene(session):
    return make_visited(session)


@pytest.fixture
def fresh(session):
    def again(row):
        session.expire_all()
        session.refresh(row)
        return row

    return again


def post(visitor, page, path, **fields):
    """Send fields with the token of a page to a path of its own."""
    token = page.all("input", name="csrf_token")[0]["value"]
    return visitor.client.post(path, data={"csrf_token": token, **fields})


def go(session, diagnosis, step, account=None, **sets):
    session.refresh(diagnosis)
    move(session, diagnosis, Wanted(step, "原因", sets), account, Actor())
    session.commit()


def test_the_whole_way_from_draft_to_accepted(session, scene, as_, fresh):
    diagnosis, number = scene.diagnosis, scene.diagnosis.id
    lead, colleague = as_(scene.lead), as_(scene.colleague)
    page = lead.get(f"/work/reports/{number}")
    assert "草稿" not in page.heading
    go(session, diagnosis, "submit_inside", scene.lead)
    page = lead.get(f"/work/reports/{number}/check")
    edition = page.all("input", name="edition")[0]["value"]
    refused = post(lead, page, f"/work/reports/{number}/send", edition=edition)
    assert refused.status_code == 409
    assert fresh(diagnosis).state == "internal_check"
    assert session.exec(select(Report)).all() == []

    page = colleague.get(f"/work/reports/{number}/check")
    sent = post(colleague, page, f"/work/reports/{number}/send", edition=edition)
    assert sent.status_code == 302
    assert fresh(diagnosis).state == "with_firm"
    report = session.exec(select(Report)).one()
    assert report.quality["score"] >= 80

    _confirm(session, diagnosis, report)
    reviewer = make_account(session, "reviewer")
    review = assign(session, fresh(diagnosis), reviewer, Actor())
    session.commit()
    expert = as_(reviewer)
    assert report.number in expert.get("/reviews/").text
    page = expert.get(f"/reviews/{review.id}")
    kept = expert.client.get(f"/reviews/{review.id}/files/zh.open.pdf")
    assert kept.data.startswith(b"%PDF")
    none = post(expert, page, f"/reviews/{review.id}/return", edition=0)
    assert none.status_code == 409
    answer = post(
        expert,
        page,
        f"/reviews/{review.id}/return",
        **{"edition": 0, "defects-0-place": "第 9 章", "defects-0-text": NAUGHTY},
    )
    assert answer.status_code == 302
    assert fresh(diagnosis).state == "returned"
    expert.get(f"/reviews/{review.id}", status=404)
    assert report.number in expert.get("/reviews/").text

    _mend(session, diagnosis, lead, scene)
    page = colleague.get(f"/work/reports/{number}/check")
    edition = page.all("input", name="edition")[0]["value"]
    assert post(colleague, page, f"/work/reports/{number}/send", edition=edition).status_code == 302
    second = session.exec(select(Report).where(Report.version == 2)).one()
    _confirm(session, fresh(diagnosis), second)
    review = assign(session, fresh(diagnosis), reviewer, Actor())
    session.commit()
    _accept(expert, review)
    assert fresh(review).decision == Decision.ACCEPTED
    assert fresh(diagnosis).state == "in_review"
    go(session, diagnosis, "accept_report", make_account(session, "officer"))
    assert fresh(diagnosis).state == "done"


def _confirm(session, diagnosis, report):
    report.signed_at, report.signed_by = now(), "王海"
    session.add(report)
    session.commit()
    go(session, diagnosis, "confirm", None)


def _mend(session, diagnosis, lead, scene):
    number = diagnosis.id
    lead.typed = KEPT
    page = lead.get(f"/work/reports/{number}/defects")
    assert KEPT in page.all("blockquote")[-1]["text"]
    assert session.exec(select(Defect)).one().answer == ""
    lead.send(page, **{"answer-1": "已补写证据"})
    go(session, diagnosis, "draft", scene.lead)
    go(session, diagnosis, "submit_inside", scene.lead)


def _accept(expert, review):
    page = expert.get(f"/reviews/{review.id}")
    early = post(expert, page, f"/reviews/{review.id}/accept", edition=0, independent="y")
    assert early.status_code == 409
    page = expert.get(f"/reviews/{review.id}")
    form = next(e for e in page.all("form") if e.get("action", "").endswith("/marks"))
    fields = {
        e["name"]: e.get("value", e["text"])
        for e in page.elements
        if e["form"] is form and e.get("name", "").startswith(("given_", "note_"))
    }
    marked = post(expert, page, f"/reviews/{review.id}/marks", edition=0, **fields)
    assert marked.status_code == 302
    stale = post(expert, page, f"/reviews/{review.id}/marks", edition=0, **fields)
    assert stale.status_code == 409
    unsure = post(expert, page, f"/reviews/{review.id}/accept", edition=1)
    assert unsure.status_code == 422
    done = post(expert, page, f"/reviews/{review.id}/accept", edition=1, independent="y")
    assert done.status_code == 302


def test_a_red_item_keeps_a_report_from_the_firm(session, scene, as_, fresh):
    diagnosis = scene.diagnosis
    go(session, diagnosis, "submit_inside", scene.lead)
    visit = session.exec(select(Visit)).one()
    visit.scan_id = None
    session.add(visit)
    session.commit()
    colleague, path = as_(scene.colleague), f"/work/reports/{diagnosis.id}"
    page = colleague.get(f"{path}/check")
    assert "没有签字盖章的诊断记录" in page.text
    edition = page.all("input", name="edition")[0]["value"]
    refused = post(colleague, page, f"{path}/send", edition=edition)
    assert refused.status_code == 409
    assert "红线项" in refused.get_data(as_text=True)
    assert session.exec(select(Report)).all() == []
    blank = post(colleague, page, f"{path}/return", edition=edition, reason=" ")
    assert blank.status_code == 422
    back = post(colleague, page, f"{path}/return", edition=edition, reason=NAUGHTY)
    assert back.status_code == 302
    assert fresh(diagnosis).state == "drafting"


def test_a_version_issued_by_hand_is_kept_and_handed_out(session, scene, as_):
    lead, path = as_(scene.lead), f"/work/reports/{scene.diagnosis.id}"
    page = lead.get(path)
    edition = page.all("input", name="edition")[0]["value"]
    assert post(lead, page, f"{path}/versions", edition=edition).status_code == 302
    stale = post(lead, page, f"{path}/versions", edition="7")
    assert stale.status_code == 302
    assert len(session.exec(select(Report)).all()) == 1
    word = lead.client.get(f"{path}/versions/1/zh.docx")
    assert word.data.startswith(b"PK")
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert lead.client.get(f"{path}/versions/1/zh.exe").status_code == 404
    assert lead.client.get(f"{path}/versions/2/zh.pdf").status_code == 404
    draft = lead.client.get(f"{path}/draft/en.pdf")
    assert draft.data.startswith(b"%PDF")
