"""What is written when tasks are followed; the caller commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CursorResult, func, update
from sqlmodel import Session, col, select

from diagnose.records import Actor, Task, TaskEntry, TaskLetter, TaskPlan, TaskStage, note
from diagnose.records.claiming import claim
from diagnose.refusing import Refused
from diagnose.tasks.following import Followed
from diagnose.tasks.rules import rules
from diagnose.tasks.stages import MOVES, OVER
from questionnaires.clock import day_of
from questionnaires.text import Text

NOT_FROM_HERE = Text(
    "从当前状态不能这样操作，请查看最新状态。",
    "From where the task stands this cannot be done; look at how it stands now.",
)
NO_PROOF = Text(
    "请先登记完成情况和佐证，再报完成。",
    "Enter what was reached and what proves it before you report the task as done.",
)
UNANSWERED = Text(
    "还有督办单没有答复，先登记答复再销号。",
    "A follow-up letter has no answer yet; enter the answer before you close the task.",
)
ANSWERED = Text("这份督办单已登记过答复。", "The letter has its answer already.")
MEANWHILE = Text(
    "别人刚刚修改了这项任务，请核对后再操作。",
    "Somebody changed this task meanwhile; check, then try again.",
)
FED = Text(
    "这项指标由系统计数，不能手工填写。",
    "The system counts this indicator; it cannot be typed.",
)


class TaskRefused(Refused):
    """It cannot be done; `message` says why and what to do first."""


def add_plan(
    session: Session,
    actor: Actor,
    district: str,
    title: str,
    *,
    document: str = "",
    published_on: date | None = None,
) -> TaskPlan:
    """A plan whose clauses are followed."""
    plan = TaskPlan(
        district=district, title=title, document=document, published_on=published_on,
        created_at=actor.moment,
    )  # fmt: skip
    session.add(plan)
    session.flush()
    note(session, actor, "task.plan", f"plan:{plan.id}")
    return plan


def add_task(session: Session, actor: Actor, plan: TaskPlan, entry: TaskEntry) -> Task:
    """A task of a plan."""
    task = Task.model_validate(entry.model_dump() | {"plan_id": plan.id})
    session.add(task)
    session.flush()
    note(session, actor, "task.add", f"task:{task.id}")
    return task


def change_task(
    session: Session, actor: Actor, task: Task, changes: Mapping[str, Any], edition: int
) -> None:
    """Change what a task says; raises `TaskRefused` if somebody was faster."""
    fields = sorted(name for name, value in changes.items() if getattr(task, name) != value)
    _claim(session, task, edition)
    for name in fields:
        setattr(task, name, changes[name])
    session.add(task)
    note(session, actor, "task.change", f"task:{task.id}", fields=fields)


def set_value(
    session: Session,
    actor: Actor,
    task: Task,
    given: tuple[float | None, date, str],
    edition: int,
) -> None:
    """Keep what was reached by a day and what proves it; a task not begun has begun by that.

    The value of an indicator that the system counts is not typed, its proof is.
    """
    value, on, proof = given
    if task.feed and value is not None:
        raise TaskRefused(FED)
    _claim(session, task, edition)
    task.value, task.value_on, task.proof = value, on, proof
    if task.stage == TaskStage.WAITING:
        task.stage = TaskStage.UNDER_WAY
    session.add(task)
    note(session, actor, "task.value", f"task:{task.id}", value=value, on=on.isoformat())


def make_move(session: Session, actor: Actor, task: Task, move: str, edition: int) -> None:
    """Move a task on or back, or raise `TaskRefused`."""
    step = MOVES.get(move)
    if step is None or task.stage not in step.sources:
        raise TaskRefused(NOT_FROM_HERE)
    if move == "finish" and not task.proof:
        raise TaskRefused(NO_PROOF)
    if move == "close" and _unanswered(session, task):
        raise TaskRefused(UNANSWERED)
    _claim(session, task, edition)
    before, task.stage = task.stage, step.target
    task.closed_on = day_of(actor.moment) if step.target == TaskStage.CLOSED else None
    session.add(task)
    note(session, actor, "task.move", f"task:{task.id}", before=before, after=step.target)


def write_letter(
    session: Session, actor: Actor, followed: Followed, reason: str, mend_by: date
) -> TaskLetter:
    """A numbered follow-up letter on a task that is not over, with its figures of the day."""
    task, value = followed.task, followed.value
    if task.stage in OVER:
        raise TaskRefused(NOT_FROM_HERE)
    # The audit row goes first: it makes a second writer wait, so that no number is given twice.
    note(session, actor, "task.letter", f"task:{task.id}", mend_by=mend_by.isoformat())
    day = day_of(actor.moment)
    letter = TaskLetter(
        task_id=task.id or 0,
        number=_next_number(session, day.year),
        written_on=day,
        mend_by=mend_by,
        reason=reason,
        figures={
            "goal": task.goal,
            "value": value.value,
            "on": value.on.isoformat() if value.on else None,
            "part": value.reading.part if value.reading else None,
            "whole": value.reading.whole if value.reading else None,
            "light": followed.light.value,
            "reds": followed.reds,
        },
        account_id=actor.account_id,
    )
    session.add(letter)
    session.flush()
    return letter


def answer_letter(
    session: Session, actor: Actor, letter: TaskLetter, answer: str, on: date
) -> None:
    """Keep what the unit answered, and when; an answer that is kept stays.

    Raises `TaskRefused` for a second one.
    """
    result = session.exec(
        update(TaskLetter)
        .where(col(TaskLetter.id) == letter.id, col(TaskLetter.answered_on).is_(None))
        .values(answer=answer, answered_on=on)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        raise TaskRefused(ANSWERED)
    session.refresh(letter)
    note(session, actor, "task.answer", f"letter:{letter.id}", on=on.isoformat())


def usual_mend_by(day: date) -> date:
    """The day that a letter of `day` gives to mend."""
    return day + timedelta(days=rules().mend_days)


def merge_tasks(
    session: Session, actor: Actor, plan: TaskPlan, entries: Iterable[TaskEntry]
) -> tuple[int, int]:
    """Add tasks whose number is new to the plan, change the others; how many of each."""
    held = session.exec(select(Task).where(col(Task.plan_id) == plan.id)).all()
    known = {task.number: task for task in held}
    added = changed = 0
    for entry in entries:
        task = known.get(entry.number)
        if task is None:
            add_task(session, actor, plan, entry)
            added += 1
        elif differs(task, entry):
            change_task(session, actor, task, entry.model_dump(), task.edition)
            changed += 1
    return added, changed


def differs(task: Task, entry: TaskEntry) -> bool:
    """Whether an entry says something else than the task that is kept."""
    return any(getattr(task, name) != value for name, value in entry.model_dump().items())


def _claim(session: Session, task: Task, edition: int) -> None:
    if not claim(session, task, edition):
        raise TaskRefused(MEANWHILE)


def _unanswered(session: Session, task: Task) -> bool:
    query = select(TaskLetter.id).where(
        TaskLetter.task_id == task.id, col(TaskLetter.answered_on).is_(None)
    )
    return session.exec(query).first() is not None


def _next_number(session: Session, year: int) -> str:
    """The next number of a year, counted over all districts of this deployment."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    count = session.scalar(
        select(func.count())
        .select_from(TaskLetter)
        .where(col(TaskLetter.written_on) >= first, col(TaskLetter.written_on) <= last)
    )
    return rules().number.format(year=year, number=(count or 0) + 1)
