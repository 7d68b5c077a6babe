"""Tasks as they stood on a day that is over, as the log of moves and values tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from diagnose.records import AuditEntry, Task
from diagnose.records.earlier import before_moves
from questionnaires.clock import HERE


def tasks_on(session: Session, tasks: Sequence[Task], day: date) -> list[Task]:
    """Copies of tasks with the stage and the typed value of the end of a day."""
    end = datetime.combine(day + timedelta(days=1), time(), HERE)
    own = col(AuditEntry.subject).in_([f"task:{task.id}" for task in tasks])
    stages = before_moves(session, "task.move", own, col(AuditEntry.at) >= end)
    values = _values(session, own, day)
    found = []
    for task in tasks:
        then = Task(**task.model_dump())
        then.stage = stages.get(task.id or 0, task.stage)
        if task.value_on is not None and task.value_on > day:
            then.value, then.value_on = values.get(task.id or 0, (None, None))
        found.append(then)
    return found


def _values(session: Session, own: Any, day: date) -> dict[int, tuple[float | None, date]]:
    """The value typed last for each task of those that speak of a day not after `day`."""
    rows = session.execute(
        select(col(AuditEntry.subject), col(AuditEntry.details))
        .where(col(AuditEntry.action) == "task.value", own)
        .order_by(col(AuditEntry.id))
    )
    said = [(subject, told["value"], date.fromisoformat(told["on"])) for subject, told in rows]
    return {int(subject.partition(":")[2]): (value, on) for subject, value, on in said if on <= day}
