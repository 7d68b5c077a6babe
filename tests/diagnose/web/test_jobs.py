from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diagnose.jobs import WORKS, Work, WorkFailed, start
from diagnose.records import AuditEntry, Job, Stand
from questionnaires.text import Text
from tests.diagnose.people import keep, make_account, sign_in

COUNTED = Text("数一数", "Count")


@pytest.fixture
def works(monkeypatch):
    """Works for these tests alone."""

    def refuse(_context):
        raise WorkFailed(Text("名录是空的。", "The roster is empty."))

    def count(context):
        for number in range(3):
            context.progress(number + 1, 3)
        return "数字.txt", f"{context.account.name}:{context.arguments['of']}".encode()

    def crash(_context):
        raise ZeroDivisionError("secret")

    for name, do in (("count", count), ("refuse", refuse), ("crash", crash)):
        monkeypatch.setitem(WORKS, name, Work(COUNTED, do))


@pytest.fixture
def officer(visitor, session):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def begun(app, works, officer):  # noqa: ARG001  # the app's engine knows the desk
    def begin(name, **arguments):
        with app.app_context(), Session(app.extensions["database"]) as own:
            return start(own, officer, name, arguments).id

    return begin


def test_a_job_ends_in_a_file_for_whoever_started_it(visitor, session, begun, officer):
    number = begun("count", of=7)
    page = visitor.get(f"/jobs/{number}")
    assert page.heading == "数一数"
    [link] = [a for a in page.all("a") if a["href"] == f"/jobs/{number}/result"]
    answer = visitor.client.get(link["href"])
    assert answer.data.decode() == f"{officer.name}:7"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert session.get(Job, number).done == 3
    actions = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["job.start", "job.fetch"]


def test_a_file_is_gone_once_it_was_downloaded(visitor, begun, app):
    result = f"/jobs/{begun('count', of=7)}/result"
    assert visitor.client.head(result).status_code == 302
    broken_off = visitor.client.get(result)
    broken_off.close()
    assert visitor.client.get(result).data
    assert visitor.client.get(result).status_code == 302
    assert "不再保存" in visitor.get(result.removesuffix("/result")).text
    assert not list((Path(app.extensions["store"].url) / "jobs").iterdir())


def test_a_job_that_cannot_be_done_says_why(visitor, begun):
    page = visitor.get(f"/jobs/{begun('refuse')}")
    assert "名录是空的。" in page.text


def test_a_job_that_crashes_says_so_and_keeps_the_reason_to_itself(visitor, begun, caplog):
    number = begun("crash")
    page = visitor.get(f"/jobs/{number}")
    assert f"任务号 {number}" in page.text
    assert "secret" not in page.html
    assert "ZeroDivisionError" in caplog.text


def test_a_job_in_work_shows_how_far_it_is(visitor, session, officer):
    job = keep(
        session,
        Job(account_id=officer.id, work="gone", stand=Stand.RUNNING, done=2, total=5),
    )
    page = visitor.get(f"/jobs/{job.id}")
    [bar] = page.all("progress")
    assert (bar["value"], bar["max"]) == ("2", "5")
    stand = visitor.client.get(f"/jobs/{job.id}/stand").json
    assert stand == {"ended": False, "done": 2, "total": 5, "words": "2 / 5"}
    assert visitor.client.get(f"/jobs/{job.id}/result").location == f"/jobs/{job.id}"


@pytest.mark.parametrize("page", ["", "/stand", "/result"])
def test_anothers_job_is_not_there_and_that_is_logged(visitor, session, officer, page):  # noqa: ARG001
    other = make_account(session, "officer")
    job = keep(session, Job(account_id=other.id, work="count"))
    visitor.get(f"/jobs/{job.id}{page}", status=404)
    [row] = session.exec(select(AuditEntry)).all()
    assert (row.action, row.subject) == ("access.foreign", f"job:{job.id}")


def test_a_button_pressed_twice_begins_one_job(session, begun, officer):
    waiting = keep(session, Job(account_id=officer.id, work="count", arguments={"of": 1}))
    assert begun("count", of=1) == waiting.id
    assert begun("count", of=2) != waiting.id
    other = keep(session, Job(account_id=officer.id, work="count", arguments={"of": 3}))
    other.created_at -= timedelta(minutes=1)
    keep(session, other)
    assert begun("count", of=3) != other.id
