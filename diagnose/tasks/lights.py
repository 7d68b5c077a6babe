"""The light of a task: by its due day, and by its value against the time that is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from diagnose.campaigns.lights import Light, elapsed
from diagnose.records import Task, TaskStage
from diagnose.tasks.feeds import Reading
from diagnose.tasks.rules import Rules, rules
from diagnose.tasks.stages import OVER


@dataclass(frozen=True, slots=True)
class Value:
    """What a task's indicator stands at: the system's figure, or what was typed; None: unknown."""

    value: float | None
    on: date | None
    reading: Reading | None = None


def value_of(task: Task, readings: Mapping[str, Reading | None], day: date) -> Value:
    """The value that counts on `day`; one typed for a later day is not known yet."""
    reading = readings.get(task.feed) if task.feed else None
    if task.feed:
        return Value(reading.value if reading else None, reading.day if reading else None, reading)
    if task.value is None or (task.value_on is not None and task.value_on > day):
        return Value(None, None)
    return Value(task.value, task.value_on)


def share_of(task: Task, value: float | None) -> float | None:
    """Reached per cent of the goal, cut to one decimal and at most 100; None: not known."""
    if task.goal is None or task.goal <= 0 or value is None:
        return None
    return min(int(round(value * 1000 / task.goal, 6)) / 10, 100.0)


def light_of(task: Task, value: float | None, day: date) -> Light:
    """GREY: closed, or nothing can be said yet; done is green."""
    if task.stage in OVER:
        return Light.GREEN if task.stage == TaskStage.DONE else Light.GREY
    reached = task.goal is not None and value is not None and value >= task.goal
    if task.due_on < day:
        return Light.YELLOW if reached else Light.RED
    if reached:
        return Light.GREEN
    if task.goal and value is not None and task.starts_on is not None:
        return _by_curve(task, value, day)
    return _by_days(task, day, rules())


def months_before(day: date, count: int) -> list[date]:
    """The last days of the `count` months before that of `day`, the latest first."""
    found, first = [], day.replace(day=1)
    for _ in range(count):
        last = first - timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return found


def _by_curve(task: Task, value: float, day: date) -> Light:
    assert task.goal is not None
    assert task.starts_on is not None
    expected = task.goal * elapsed(task.starts_on, task.due_on, day)
    if expected <= 0:
        return Light.GREY
    held = rules()
    if 100 * value < held.red_below * expected:
        return Light.RED
    return Light.YELLOW if 100 * value < held.yellow_below * expected else Light.GREEN


def _by_days(task: Task, day: date, held: Rules) -> Light:
    soon = (task.due_on - day).days <= held.begin_before
    if task.stage == TaskStage.WAITING:
        begun = task.starts_on is None or task.starts_on <= day
        return Light.YELLOW if soon else Light.GREY if not begun else Light.GREEN
    return Light.GREEN
