"""Tasks with their values, lights and letters, for a list or one page; who is due a letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from diagnose.campaigns.lights import Light
from diagnose.records import Task, TaskLetter, TaskPlan
from diagnose.tasks.feeds import Reading, read_feeds
from diagnose.tasks.lights import Value, light_of, months_before, share_of, value_of
from diagnose.tasks.rules import rules
from diagnose.tasks.stages import OVER, Standing, standing

Readings = Mapping[str, Reading | None]


@dataclass(frozen=True, slots=True)
class Followed:
    """A task on a day: its value, light and letters; `reds` months ended red, up to the last."""

    task: Task
    value: Value
    light: Light
    standing: Standing
    letters: Sequence[TaskLetter]
    reds: int

    @property
    def share(self) -> float | None:
        """Reached per cent of the goal."""
        return share_of(self.task, self.value.value)

    @property
    def letter_due(self) -> bool:
        """Whether a letter should follow: red long enough, and none is waiting for an answer."""
        open_ = any(letter.answered_on is None for letter in self.letters)
        return self.light == Light.RED and self.reds >= rules().reds and not open_


def follow(session: Session, district: str, tasks: Sequence[Task], day: date) -> list[Followed]:
    """The tasks as they stand on `day`; a constant number of statements for any number."""
    ends = months_before(day, rules().reds)
    feeds = {task.feed for task in tasks if task.feed}
    at = {each: read_feeds(session, district, each, feeds) for each in (day, *ends)}
    letters = _letters(session, tasks)
    return [_followed(task, letters[task.id or 0], at, day, ends) for task in tasks]


def tasks_of(session: Session, plan: TaskPlan) -> list[Task]:
    """The tasks of a plan by number."""
    found = session.exec(select(Task).where(Task.plan_id == plan.id)).all()
    return sorted(found, key=lambda task: [_sortable(part) for part in task.number.split(".")])


def plans_of(session: Session, district: str) -> list[TaskPlan]:
    """The plans of a district, the latest first."""
    query = select(TaskPlan).where(TaskPlan.district == district)
    return list(session.exec(query.order_by(col(TaskPlan.id).desc())))


def _followed(
    task: Task,
    letters: Sequence[TaskLetter],
    at: Mapping[date, Readings],
    day: date,
    ends: Sequence[date],
) -> Followed:
    value = value_of(task, at[day], day)
    return Followed(
        task=task,
        value=value,
        light=light_of(task, value.value, day),
        standing=standing(task, letters, day),
        letters=letters,
        reds=_reds(task, at, ends),
    )


def _reds(task: Task, at: Mapping[date, Readings], ends: Iterable[date]) -> int:
    """How many months ended red, one before the other; a task that is over has none."""
    count = 0
    for end in ends if task.stage not in OVER else ():
        if light_of(task, value_of(task, at[end], end).value, end) != Light.RED:
            break
        count += 1
    return count


def _letters(session: Session, tasks: Sequence[Task]) -> Mapping[int, list[TaskLetter]]:
    found: defaultdict[int, list[TaskLetter]] = defaultdict(list)
    plans = {task.plan_id for task in tasks}
    rows = session.exec(
        select(TaskLetter)
        .join(Task, col(Task.id) == TaskLetter.task_id)
        .where(col(Task.plan_id).in_(plans))
        .order_by(col(TaskLetter.id))
    )
    for letter in rows:
        found[letter.task_id].append(letter)
    return found


def _sortable(part: str) -> tuple[int, int, str]:
    """Numbers by their value, words after them."""
    return (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part)
