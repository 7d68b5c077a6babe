"""Doing a job: from the row that says what is wanted to the result in the store."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from threading import Event
from time import monotonic
from typing import Any

from sqlalchemy import CursorResult, Engine, update
from sqlmodel import Session, col, select

from diagnose.jobs.works import WORKS, Context, WorkFailed
from diagnose.records import Account, Job, Stand
from diagnose.records.columns import now
from diagnose.storage import Store
from questionnaires.text import Text

TELL_EVERY = 0.5  # seconds between two words of progress that are written down
LOG = logging.getLogger(__name__)

CRASHED = Text(
    "处理时出现错误，没有生成结果。请再试一次；若仍不行，请把任务号 {job} 告诉管理员。",
    "Something went wrong and there is no result. Try once more; if it fails again, give the "
    "number of the job, {job}, to the administrator.",
)
CUT_OFF = Text(
    "服务在处理途中停止，没有生成结果。请重新提交一次。",
    "The service stopped in the middle of this job and there is no result. Start it once more.",
)


class _Interrupted(BaseException):
    """The worker is to stop; no work may take this for an error of its own."""


def perform(engine: Engine, store: Store, job_id: int, stopping: Event) -> None:
    """Do a waiting job; one that is taken or over already is left alone."""
    if not _set(engine, job_id, Stand.WAITING, stand=Stand.RUNNING):
        return
    try:
        _do(engine, store, job_id, stopping)
    except WorkFailed as failed:
        _fail(engine, job_id, failed.message)
    except _Interrupted:
        _set(engine, job_id, Stand.RUNNING, stand=Stand.WAITING, done=0, total=0)
    except Exception:
        LOG.exception("job %s crashed", job_id)
        _fail(engine, job_id, CRASHED.format(job=job_id))


def recover(engine: Engine, before: datetime) -> list[int]:
    """Fail what a killed worker left behind; the jobs that still wait, to be handed in anew.

    Before a worker begins; `before` spares the younger jobs, which another may have in work.
    """
    with Session(engine) as session:
        left = session.exec(
            select(Job.id).where(Job.stand == Stand.RUNNING, col(Job.created_at) < before)
        ).all()
    for job_id in left:
        _fail(engine, job_id or 0, CUT_OFF)
    with Session(engine) as session:
        waiting = session.exec(
            select(Job.id).where(Job.stand == Stand.WAITING).order_by(col(Job.id))
        )
        return [job_id for job_id in waiting if job_id is not None]


def problem_of(job: Job) -> Text | None:
    """Why a job failed."""
    return Text(**json.loads(job.problem)) if job.problem else None


def _do(engine: Engine, store: Store, job_id: int, stopping: Event) -> None:
    with Session(engine) as session:
        job = session.get_one(Job, job_id)
        account = session.get_one(Account, job.account_id)
        progress = _Progress(engine, job_id, stopping)
        work, arguments = WORKS[job.work], dict(job.arguments)
        session.commit()
        name, content = work.do(Context(session, store, account, arguments, progress))
    key = f"jobs/{job_id}"
    store.put(key, content)
    _set(engine, job_id, Stand.RUNNING, stand=Stand.DONE, name=name[:255], key=key, ended_at=now())


class _Progress:
    """Writes down how far a job is, now and then, and stops it when the worker is to stop."""

    def __init__(self, engine: Engine, job_id: int, stopping: Event) -> None:
        self.engine, self.job_id, self.stopping = engine, job_id, stopping
        self.told = -TELL_EVERY

    def __call__(self, done: int, total: int) -> None:
        if self.stopping.is_set():
            raise _Interrupted
        if done < total and monotonic() - self.told < TELL_EVERY:
            return
        self.told = monotonic()
        _set(self.engine, self.job_id, Stand.RUNNING, done=done, total=total)


def _fail(engine: Engine, job_id: int, message: Text) -> None:
    problem = json.dumps({"zh": message.zh, "en": message.en}, ensure_ascii=False)
    _set(engine, job_id, Stand.RUNNING, stand=Stand.FAILED, problem=problem, ended_at=now())


def _set(engine: Engine, job_id: int, at: Stand, /, **columns: Any) -> bool:
    """Change a job that stands at `at`; False where it does not."""
    with Session(engine) as session:
        result = session.exec(
            update(Job).where(col(Job.id) == job_id, col(Job.stand) == at).values(**columns)
        )
        session.commit()
        assert isinstance(result, CursorResult)
        return result.rowcount == 1
