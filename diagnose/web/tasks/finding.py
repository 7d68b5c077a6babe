"""Plans, tasks and letters of the officer's own district; another's are not there."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from diagnose.records import Task, TaskLetter, TaskPlan
from diagnose.web.access import LARGEST_ID, me, refuse_and_note
from diagnose.web.database import records


def find_plan(number: int) -> TaskPlan:
    """A plan by its id."""
    found = records().get(TaskPlan, number) if number <= LARGEST_ID else None
    return _own(found, f"plan:{number}")


def find_task(number: int) -> tuple[TaskPlan, Task]:
    """A task by its id, with its plan."""
    found = records().get(Task, number) if number <= LARGEST_ID else None
    plan = records().get(TaskPlan, found.plan_id) if found else None
    owned = _own(plan, f"task:{number}")
    assert found is not None
    return owned, found


def find_letter(number: int) -> tuple[TaskPlan, Task, TaskLetter]:
    """A letter by its id, with its task and plan."""
    found = records().get(TaskLetter, number) if number <= LARGEST_ID else None
    task = records().get(Task, found.task_id) if found else None
    plan = records().get(TaskPlan, task.plan_id) if task else None
    owned = _own(plan, f"letter:{number}")
    assert found is not None
    assert task is not None
    return owned, task, found


def _own(plan: TaskPlan | None, subject: str) -> TaskPlan:
    if plan is None:
        raise NotFound
    if plan.district != me().district:
        refuse_and_note("access.foreign", subject)
        raise NotFound
    return plan
