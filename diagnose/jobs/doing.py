"""Doing a job: from the row that says what is wanted to the result in the store."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from threading import Event
from time import monotonic
from typing import Any

from sqlalchemy import CursorResult, Engine, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from diagnose.jobs.board import Board, HowFar
from diagnose.jobs.works import WORKS, Context, WorkFailed
from diagnose.records import Account, Job, Stand
from diagnose.records.columns import now
from diagnose.records.database import is_busy
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


BUSY = Text(
    "数据库正被另一项大批量写入占用，本任务没有写入任何内容。请稍等片刻再提交一次。",
    "The database was taken by another large write and nothing of this job was written. Wait a "
    "moment and start it once more.",
)


class _Interrupted(BaseException):
    """The worker is to stop; no work may take this for an error of its own."""


def perform(engine: Engine, store: Store, job_id: int, stopping: Event, board: Board) -> None:
    """Do a waiting job; one that is taken or over already is left alone."""
    if not _set(engine, job_id, Stand.WAITING, stand=Stand.RUNNING):
        return
    try:
        _do(engine, store, job_id, _Progress(board, job_id, stopping))
    except WorkFailed as failed:
        _fail(engine, job_id, failed.message)
    except _Interrupted:
        _set(engine, job_id, Stand.RUNNING, stand=Stand.WAITING, done=0, total=0)
    except Exception as error:
        LOG.exception("job %s crashed", job_id)
        busy = isinstance(error, OperationalError) and is_busy(error)
        _fail(engine, job_id, BUSY if busy else CRASHED.format(job=job_id))
    finally:
        board.wipe(job_id)


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


def _do(engine: Engine, store: Store, job_id: int, progress: _Progress) -> None:
    with Session(engine) as session:
        job = session.get_one(Job, job_id)
        account = session.get_one(Account, job.account_id)
        work, arguments = WORKS[job.work], dict(job.arguments)
        session.commit()
        name, content = work.do(Context(session, store, account, arguments, progress))
    key = f"jobs/{job_id}"
    store.put(key, content)
    ended = {"stand": Stand.DONE, "name": name[:255], "key": key, "ended_at": now()}
    far = progress.last
    _set(engine, job_id, Stand.RUNNING, done=far.done, total=far.total, **ended)


class _Progress:
    """Writes down how far a job is, now and then, and stops it when the worker is to stop."""

    def __init__(self, board: Board, job_id: int, stopping: Event) -> None:
        self.board, self.job_id, self.stopping = board, job_id, stopping
        self.last, self.told = HowFar(0, 0), -TELL_EVERY

    def __call__(self, done: int, total: int, doing: Text | None = None) -> None:
        if self.stopping.is_set():
            raise _Interrupted
        self.last = HowFar(done, total, doing)
        if done < total and monotonic() - self.told < TELL_EVERY:
            return
        self.told = monotonic()
        self.board.write(self.job_id, self.last)


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
