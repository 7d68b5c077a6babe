"""What is due once a day, and what a worker finds when it begins."""

import logging
from datetime import date, timedelta
from threading import Event

import pytest
from sqlmodel import select, text

from diagnose.jobs import WORKS, Desk, Work, WorkFailed
from diagnose.jobs.board import Board
from diagnose.jobs.doing import perform, problem_of, recover
from diagnose.jobs.queues import AT_ONCE, open_queue
from diagnose.jobs.upkeep import clear, keep_up
from diagnose.records import AuditEntry, Job, Stand, note
from diagnose.records.audit import Actor
from diagnose.records.columns import now
from diagnose.storage import Store
from questionnaires.text import Text
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def board():
    return Board(open_queue(AT_ONCE))


@pytest.fixture
def job(session):
    account = make_account(session, "officer")
    return keep(session, Job(account_id=account.id, work="count"))


def counting(monkeypatch, do):
    monkeypatch.setitem(WORKS, "count", Work(Text("数", "Count"), do))


def test_reports_past_their_validity_expire_and_the_log_says_why(engine, session, store):
    today = date.today()  # noqa: DTZ011  # a day's difference does not matter here
    over, valid = (
        make_diagnosis(
            session,
            make_firm(session),
            state="done",
            accepted_on=today - timedelta(days=1000),
            valid_until=today + timedelta(days=days),
        )
        for days in (-2, 2)
    )
    keep_up(engine, store)
    session.expire_all()
    assert (over.state, valid.state) == ("expired", "done")
    row = session.exec(select(AuditEntry)).one()
    assert (row.action, row.account_id, row.subject) == (
        "diagnosis.move",
        None,
        f"diagnosis:{over.id}",
    )
    assert row.details["reason"]


def test_results_are_kept_a_day(engine, session, store, job):
    store.put("jobs/1", b"x")
    job.stand, job.key, job.ended_at = Stand.DONE, "jobs/1", now() - timedelta(hours=25)
    fresh = Job(work="count", stand=Stand.DONE, key="jobs/2", ended_at=now() - timedelta(hours=23))
    keep(session, fresh)
    keep(session, job)
    clear(engine, store)
    session.expire_all()
    assert session.exec(select(Job.key)).all() == ["jobs/2"]
    with pytest.raises(FileNotFoundError):
        store.get("jobs/1")


def test_a_log_that_was_tampered_with_is_told_of(engine, session, store, caplog):
    note(session, Actor(), "x")
    session.commit()
    with caplog.at_level(logging.INFO):
        keep_up(engine, store)
        assert "the audit log is whole" in caplog.text
        session.exec(text("UPDATE auditentry SET action = 'y'"))
        session.commit()
        keep_up(engine, store)
    assert "broken at row 1" in caplog.text


def test_what_fails_does_not_keep_the_rest_from_being_done(engine, session, store, caplog):
    session.exec(text("DROP TABLE job"))
    session.commit()
    with caplog.at_level(logging.INFO):
        keep_up(engine, store)
    assert "clear_results failed" in caplog.text
    assert "the audit log is whole" in caplog.text


def test_a_job_that_was_cut_off_fails_honestly_and_one_that_waits_is_done(
    engine, session, store, board, job, monkeypatch
):
    counting(monkeypatch, lambda _context: ("a.txt", b"a"))
    cut = keep(session, Job(account_id=job.account_id, work="count", stand=Stand.RUNNING))
    young = keep(session, Job(account_id=job.account_id, work="count", stand=Stand.RUNNING))
    assert recover(engine, young.created_at) == [job.id]
    perform(engine, store, job.id, Event(), board)
    session.expire_all()
    stands = (Stand.FAILED, Stand.DONE, Stand.RUNNING)
    assert (cut.stand, job.stand, young.stand) == stands
    assert "重新提交" in problem_of(cut).zh
    assert cut.ended_at is not None
    assert store.get(job.key) == b"a"


def test_a_job_stops_when_the_worker_is_to_stop_and_waits_again(
    engine, session, store, board, job, monkeypatch
):
    def endless(context):
        while True:
            context.progress(1, 2)

    counting(monkeypatch, endless)
    stopping = Event()
    stopping.set()
    perform(engine, store, job.id, stopping, board)
    session.expire_all()
    assert (job.stand, job.done, job.total) == (Stand.WAITING, 0, 0)


def test_a_job_is_done_once(engine, store, board, job, monkeypatch):
    done = []
    counting(monkeypatch, lambda _context: (done.append(1), ("a.txt", b"a"))[1])
    perform(engine, store, job.id, Event(), board)
    perform(engine, store, job.id, Event(), board)
    assert done == [1]


def test_what_a_failed_work_wrote_is_taken_back(engine, session, store, board, job, monkeypatch):
    def half(context):
        context.session.add(Job(work="left over"))
        context.session.flush()
        raise WorkFailed(Text("不行", "No"))

    counting(monkeypatch, half)
    perform(engine, store, job.id, Event(), board)
    session.expire_all()
    assert job.stand == Stand.FAILED
    assert session.exec(select(Job.work)).all() == ["count"]


def test_the_queue_keeps_jobs_over_a_restart(engine, session, store, job, monkeypatch, tmp_path):
    counting(monkeypatch, lambda _context: ("a.txt", b"a"))
    url = f"sqlite:///{tmp_path / 'instance' / 'queue.sqlite3'}"
    Desk(url, engine, store).hand_in(job.id)
    later = Desk(url, engine, store)
    later.queue.execute(later.queue.dequeue())
    session.expire_all()
    assert job.stand == Stand.DONE
    assert later.queue.dequeue() is None


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "rediss://127.0.0.1:1/0"])
def test_a_queue_may_be_in_redis(url):
    assert type(open_queue(url)).__name__ == "RedisHuey"


def test_any_other_queue_is_refused():
    with pytest.raises(ValueError, match="no queue at amqp"):
        open_queue("amqp://secret@host/")
