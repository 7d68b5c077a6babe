"""One writes much at once: others wait, and whoever waits too long loses nothing."""

from contextlib import contextmanager

import pytest
from sqlmodel import Session, select

from diagnose.jobs import WORKS, Work, start
from diagnose.jobs.board import HowFar
from diagnose.records import Job, Provider, connect, database
from questionnaires.text import Text
from tests.diagnose.people import make_account, make_firm, sign_in

WRITTEN = Text("写入名录", "Write the roster")
NEW = "/administration/providers/new"
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(database, "BUSY_MS", 50)


@pytest.fixture
def taken(settings):
    """While it is entered, somebody else writes."""

    @contextmanager
    def writing():
        engine = connect(settings.database_url)
        with engine.begin() as other:
            other.exec_driver_sql("UPDATE audithead SET last = last")
            yield
        engine.dispose()

    return writing


def test_what_is_sent_meanwhile_is_kept_and_can_be_sent_once_more(session, visitor, taken):
    sign_in(visitor.client, make_account(session, "administrator"))
    page = visitor.get(NEW)
    token = page.all("meta", name="csrf-token")[0]["content"]
    typed = {"csrf_token": token, "code": "P9", "name": "甲咨询", "load": "12", "valid_until": ""}
    session.rollback()
    with taken():
        answer = visitor.client.post(NEW, data=typed, headers=ORIGIN)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    text = answer.get_data(as_text=True)
    assert "正在进行大批量写入" in text
    assert 'name="name" value="甲咨询"' in text
    assert session.exec(select(Provider)).all() == []
    again = visitor.client.post(NEW, data=typed)
    assert again.status_code == 302
    assert [each.name for each in session.exec(select(Provider))] == ["甲咨询"]


def test_a_page_that_logs_who_looks_leads_back_to_itself(session, visitor, taken):
    sign_in(visitor.client, make_account(session, "officer"))
    firm = make_firm(session)
    session.rollback()
    with taken():
        page = visitor.get(f"/roster/{firm.id}", status=503)
        assert visitor.get("/roster/").status == 200
    assert f"/roster/{firm.id}" in {e.get("href") for e in page.all("a")}
    assert visitor.get(f"/roster/{firm.id}").status == 200


@pytest.fixture
def officer(visitor, session):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    session.rollback()
    return account


def test_a_job_tells_how_far_it_is_while_it_writes(app, visitor, officer, monkeypatch):
    seen = []

    def write(context):
        context.session.add(Job(work="other"))
        context.session.flush()
        for done in (1, 2):
            context.progress(done, 2, Text("写入", "Writing"))
        seen.append(visitor.client.get("/jobs/1/stand").json)
        return "a.txt", b"a"

    monkeypatch.setitem(WORKS, "write", Work(WRITTEN, write))
    with app.app_context(), Session(app.extensions["database"]) as own:
        job = start(own, officer, "write", {})
        assert (job.id, job.stand) == (1, "waiting")
        own.refresh(job)
        assert (job.stand, job.done, job.total) == ("done", 2, 2)
    assert seen == [{"ended": False, "done": 2, "total": 2, "words": "写入：100%"}]
    assert app.extensions["desk"].board.read(1) is None


def test_a_job_that_waited_too_long_says_so(app, officer, visitor, taken, monkeypatch):
    def write(context):
        with taken():
            context.session.add(Job(work="other"))
            context.session.flush()

    monkeypatch.setitem(WORKS, "write", Work(WRITTEN, write))
    with app.app_context(), Session(app.extensions["database"]) as own:
        number = start(own, officer, "write", {}).id
    assert "另一项大批量写入" in visitor.get(f"/jobs/{number}").text


def test_the_board_keeps_what_was_said_last(app):
    board = app.extensions["desk"].board
    assert board.read(7) is None
    for far in (HowFar(1, 3), HowFar(2, 3, Text("写入", "Writing"))):
        board.write(7, far)
        assert board.read(7) == far
    board.wipe(7)
    assert board.read(7) is None
