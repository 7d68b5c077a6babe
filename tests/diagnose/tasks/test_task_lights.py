"""The light of a task, and when a letter follows."""

from datetime import date

import pytest

from diagnose.campaigns.lights import Light
from diagnose.records import Task
from diagnose.tasks.lights import light_of, months_before, share_of, value_of

DAY = date(2026, 7, 1)


def task(**changes):
    held = {"plan_id": 1, "number": "1", "title": "普查", "lead": "甲局", "stage": "under_way"}
    held |= {"starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 31), "others": []}
    return Task.model_validate(held | changes)


@pytest.mark.parametrize(
    ("changes", "value", "found"),
    [
        ({"goal": 100}, 50, Light.GREEN),
        ({"goal": 100}, 45, Light.YELLOW),
        ({"goal": 100}, 20, Light.RED),
        ({"goal": 100}, 100, Light.GREEN),
        ({"goal": 100}, None, Light.GREEN),
        ({"due_on": date(2026, 6, 30)}, None, Light.RED),
        ({"due_on": date(2026, 6, 30), "goal": 10}, 10, Light.YELLOW),
        ({"due_on": date(2026, 7, 20), "stage": "waiting"}, None, Light.YELLOW),
        ({"starts_on": date(2026, 9, 1), "stage": "waiting"}, None, Light.GREY),
        ({"stage": "done", "due_on": date(2026, 6, 30)}, None, Light.GREEN),
        ({"stage": "closed"}, None, Light.GREY),
    ],
)
def test_lights_by_due_day_and_by_elapsed_share(changes, value, found):
    """programme.md §3.14, §4.3: 状态灯; red below 80 % of the curve, yellow below 95 %."""
    assert light_of(task(**changes), value, DAY) == found


def test_a_value_typed_for_a_later_day_is_not_known_before_it():
    it = task(value=7.0, value_on=date(2026, 6, 15))
    assert value_of(it, {}, date(2026, 6, 14)).value is None
    assert value_of(it, {}, date(2026, 6, 15)).value == 7.0


def test_a_share_is_cut_never_rounded_up():
    assert share_of(task(goal=3), 2.9999) == 99.9
    assert share_of(task(goal=3), 4) == 100.0
    assert share_of(task(), 4) is None


def test_the_ends_of_the_months_before():
    assert months_before(date(2026, 3, 15), 2) == [date(2026, 2, 28), date(2026, 1, 31)]
