"""The tasks of a district's plans, each as it stands with its light."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from diagnose.tasks.following import follow, plans_of, tasks_of
from diagnose.tasks.past import tasks_on


def task_lines(session: Session, district: str, day: date) -> list[dict[str, Any]]:
    """A line a task, plan by plan, as it stood on the day; its value only where it was known."""
    held = [task for plan in plans_of(session, district) for task in tasks_of(session, plan)]
    tasks = tasks_on(session, held, day)
    return [
        {
            "number": each.task.number,
            "title": each.task.title,
            "lead": each.task.lead,
            "value": each.value.value,
            "goal": each.task.goal,
            "unit": each.task.unit,
            "due": each.task.due_on.isoformat(),
            "light": str(each.light),
        }
        for each in follow(session, district, tasks, day)
    ]
