"""Firms named as examples: only the firm gives its word, and it can take it back."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from diagnose.benchmarks import naming
from diagnose.benchmarks.choosing import ChoiceRefused
from diagnose.records import Actor, AuditEntry, Benchmark, Naming, Project
from questionnaires.clock import today
from tests.diagnose.people import keep, make_account, make_firm

EARLIER = today() - timedelta(9)


@pytest.fixture
def firm(session):
    return make_firm(session, name="武汉精工机械有限公司")


@pytest.fixture
def example(session, firm):
    project = keep(
        session, Project(firm_id=firm.id, name="焊接看板", origin="census", stage="candidate")
    )
    held = {"district": firm.district, "project_id": project.id, "firm_id": firm.id}
    return keep(session, Benchmark(**held, year=2026, kind="workshop", story="从纸单到看板"))


@pytest.fixture
def owner(session, firm, as_):
    return as_(make_account(session, "firm", firm_id=firm.id))


@pytest.fixture
def officer(session, as_):
    return as_(make_account(session, "officer"))


def press(visitor, address, status=302):
    token = visitor.get("/benchmarks/mine").all("meta", name="csrf-token")[0]["content"]
    answer = visitor.client.post(address, data={"csrf_token": token})
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def enter(visitor, example, agreed, on, proof="同意书，档案柜 3", status=302):
    page = visitor.get(f"/benchmarks/{example.id}")
    token = page.all("meta", name="csrf-token")[0]["content"]
    said = {"paper-agreed": agreed, "paper-said_on": str(on), "paper-proof": proof}
    answer = visitor.client.post(
        f"/benchmarks/{example.id}/paper", data=said | {"paper-csrf_token": token}
    )
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    return answer.get_data(as_text=True)


def test_the_firm_is_asked_agrees_and_takes_it_back(session, owner, officer, example):
    assert "是否同意对外署名" in owner.get("/firm/").text
    page = owner.get("/benchmarks/mine")
    assert "从纸单到看板" in page.text
    assert "尚未表示" in page.text
    press(owner, f"/benchmarks/{example.id}/agree")
    session.refresh(example)
    assert example.named
    assert "企业本人操作" in officer.get(f"/benchmarks/{example.id}").text
    assert "是否同意对外署名" not in owner.get("/firm/").text
    press(owner, f"/benchmarks/{example.id}/agree", 409)
    press(owner, f"/benchmarks/{example.id}/withhold")
    session.refresh(example)
    assert not example.named
    assert [word.agreed for word in session.exec(select(Naming))] == [True, False]
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "benchmark.naming")).all()
    assert [entry.details["agreed"] for entry in noted] == [True, False]


def test_a_firm_may_say_no_at_once(session, owner, example):
    press(owner, f"/benchmarks/{example.id}/withhold")
    session.refresh(example)
    assert not example.named
    assert "是否同意对外署名" not in owner.get("/firm/").text
    assert "否，企业于" in owner.get("/benchmarks/mine").text


def test_an_officer_enters_a_paper_and_the_firm_withdraws_it(session, owner, officer, example):
    enter(officer, example, "yes", EARLIER)
    session.refresh(example)
    assert example.named
    assert "档案柜 3" in owner.get("/benchmarks/mine").text
    press(owner, f"/benchmarks/{example.id}/withhold")
    told = enter(officer, example, "yes", EARLIER + timedelta(1), status=409)
    assert "只能登记这一天之后" in told
    assert "档案柜 3" in told
    session.refresh(example)
    assert not example.named


def test_a_firm_that_says_no_while_a_paper_is_entered_is_not_named(
    session, engine, example, monkeypatch
):
    held, spoken = naming.words_of, []

    def overtaken(reading, benchmark):
        words = held(reading, benchmark)
        if reading is session and not spoken:
            spoken.append("no")
            with Session(engine) as other:
                naming.say(other, other.get_one(Benchmark, example.id), False, Actor())
                other.commit()
        return words

    monkeypatch.setattr(naming, "words_of", overtaken)
    with pytest.raises(ChoiceRefused):
        naming.record_paper(session, example, True, EARLIER, "同意书", Actor())
    session.rollback()
    assert not example.named
    assert [word.agreed for word in session.exec(select(Naming))] == [False]


@pytest.mark.parametrize(
    ("on", "proof", "status"),
    [(EARLIER, "", 422), (today() + timedelta(1), "同意书", 409), ("", "同意书", 422)],
)
def test_a_paper_needs_its_day_and_its_proof(session, officer, example, on, proof, status):
    enter(officer, example, "yes", on, proof, status)
    session.refresh(example)
    assert not example.named


def test_another_firm_says_nothing_about_it(session, as_, example):
    stranger = as_(make_account(session, "firm"))
    assert "焊接看板" not in stranger.get("/benchmarks/mine").text
    press(stranger, f"/benchmarks/{example.id}/agree", 404)
    session.refresh(example)
    assert not example.named


def test_an_officer_cannot_agree_for_the_firm(officer, example):
    page = officer.get(f"/benchmarks/{example.id}")
    token = page.all("meta", name="csrf-token")[0]["content"]
    sent = officer.client.post(f"/benchmarks/{example.id}/agree", data={"csrf_token": token})
    assert sent.status_code == 403
