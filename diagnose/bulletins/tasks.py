"""The tasks of a district's plans, each with its light."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from diagnose.campaigns.lights import Light, elapsed, light
from diagnose.records import Task, TaskPlan, TaskStage

OVER = (TaskStage.DONE, TaskStage.CLOSED)


def task_lines(session: Session, district: str, day: date) -> list[dict[str, Any]]:
    """A line a task, by due day; its value only where one was entered."""
    tasks = session.exec(
        select(Task)
        .join(TaskPlan, col(TaskPlan.id) == Task.plan_id)
        .where(TaskPlan.district == district)
        .order_by(col(Task.due_on), col(Task.number))
    )
    return [
        {
            "number": task.number,
            "title": task.title,
            "lead": task.lead,
            "value": task.value,
            "goal": task.goal,
            "unit": task.unit,
            "due": task.due_on.isoformat(),
            "light": str(_light(task, day)),
        }
        for task in tasks
    ]


def _light(task: Task, day: date) -> Light:
    if task.stage in OVER:
        return Light.GREEN
    if task.due_on < day:
        return Light.RED
    if task.goal is None or task.value is None or task.starts_on is None:
        return Light.GREY
    return light(task.value, task.goal, elapsed(task.starts_on, task.due_on, day))
