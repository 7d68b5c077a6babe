"""The desk at which jobs are handed in and from which the worker takes them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from huey import RedisHuey, crontab
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from diagnose.jobs.board import Board
from diagnose.jobs.doing import perform
from diagnose.jobs.queues import open_queue
from diagnose.jobs.upkeep import clear, keep_up
from diagnose.jobs.works import WORKS
from diagnose.records import Account, Actor, Job, Stand, note
from diagnose.records.columns import now
from diagnose.storage import Store

HOURLY = {"minute": "40"}
TWICE = timedelta(seconds=10)
NIGHT = {"hour": "18", "minute": "10"}  # UTC: ten past two in China


class Desk:
    """A deployment's queue with what its jobs need; `around` is entered for each of them.

    `stopping` asks the job in work to stop at its next word of progress.
    """

    def __init__(
        self,
        url: str,
        engine: Engine,
        store: Store,
        around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        self.engine, self.store, self.around = engine, store, around
        self.stopping = threading.Event()
        self.queue = open_queue(url)
        self.board = Board(self.queue)
        self._enqueue = self.queue.task(name="job")(self.perform)
        self.hand_in_upkeep = self.queue.periodic_task(crontab(**NIGHT), name="keep_up")(
            self.keep_up
        )
        self.queue.periodic_task(crontab(**HOURLY), name="clear")(self.clear)

    @property
    def shared(self) -> bool:
        """Whether workers of several machines may take jobs from the queue."""
        return isinstance(self.queue, RedisHuey)

    def hand_in(self, job_id: int) -> None:
        """Put a job that is in the database into the queue."""
        self._enqueue(job_id)

    def perform(self, job_id: int) -> None:
        """Do one job."""
        with self.around():
            perform(self.engine, self.store, job_id, self.stopping, self.board)

    def keep_up(self) -> None:
        """Do what is due once a day."""
        with self.around():
            keep_up(self.engine, self.store)

    def clear(self) -> None:
        """Do what is due every hour."""
        with self.around():
            clear(self.engine, self.store)


def open_desk(
    url: str,
    engine: Engine,
    store: Store,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Desk:
    """The desk with the queue at `url`; sessions of `engine` find it."""
    desk = Desk(url, engine, store, around)
    engine.update_execution_options(desk=desk)
    return desk


def start(session: Session, account: Account, work: str, arguments: dict[str, Any]) -> Job:
    """Hand in the work called `work` for `account`; commits, for the worker has to see the job.

    Asked for twice in a row, as by a button pressed twice, it is the job that is under way.
    `arguments` are plain JSON values: ids and figures, no personal data.
    """
    assert work in WORKS, f"no work is called {work}"
    same = _under_way(session, account, work, arguments)
    if same:
        return same
    job = Job(account_id=account.id, work=work, arguments=arguments)
    session.add(job)
    session.flush()
    note(session, Actor(account.id), "job.start", f"job:{job.id}", work=work)
    session.commit()
    session.refresh(job)
    assert job.id is not None
    desk: Desk = session.get_bind().get_execution_options()["desk"]
    desk.hand_in(job.id)
    return job


def _under_way(
    session: Session, account: Account, work: str, arguments: dict[str, Any]
) -> Job | None:
    last = session.exec(
        select(Job)
        .where(Job.account_id == account.id, Job.work == work)
        .order_by(col(Job.id).desc())
        .limit(1)
    ).first()
    if last is None or last.stand not in (Stand.WAITING, Stand.RUNNING):
        return None
    alike = last.arguments == json.loads(json.dumps(arguments))
    return last if alike and now() - last.created_at < TWICE else None
