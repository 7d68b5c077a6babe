"""Tasks on their way: 未启动 → 推进中 → 完成 or 逾期 → 督办 → 销号."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from diagnose.campaigns.lights import Light
from diagnose.records import Actor, AuditEntry, TaskEntry
from diagnose.tasks.examples import examples
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.following import follow, tasks_of
from diagnose.tasks.stages import Standing
from diagnose.tasks.writing import (
    TaskRefused,
    add_task,
    answer_letter,
    make_move,
    merge_tasks,
    set_value,
    write_letter,
)
from tests.diagnose.people import DISTRICT
from tests.diagnose.tasks.conftest import ACTOR

DAY = date(2026, 7, 1)
NOW = Actor(at=datetime(2026, 7, 1, tzinfo=UTC))


def entry(**changes):
    held = {"number": "1", "title": "需求普查", "lead": "科经局", "due_on": date(2026, 4, 15)}
    return TaskEntry.model_validate(held | changes)


def seen(session, task, day=DAY):
    (it,) = follow(session, DISTRICT, [task], day)
    return it


def test_a_task_is_late_chased_answered_done_and_closed(session, plan):
    task = add_task(session, ACTOR, plan, entry())
    make_move(session, NOW, task, "start", task.edition)
    it = seen(session, task)
    assert (it.standing, it.light, it.reds) == (Standing.OVERDUE, Light.RED, 2)
    assert it.letter_due
    letter = write_letter(session, NOW, it, "进度滞后", date(2026, 7, 16))
    assert letter.number == "督办〔2026〕1号"
    assert seen(session, task).standing == Standing.CHASED
    assert not seen(session, task).letter_due
    set_value(session, NOW, task, (None, DAY, "普查报告"), task.edition)
    make_move(session, NOW, task, "finish", task.edition)
    with pytest.raises(TaskRefused):
        make_move(session, NOW, task, "close", task.edition)
    answer_letter(session, NOW, letter, "已整改", DAY)
    make_move(session, NOW, task, "close", task.edition)
    assert (task.stage, task.closed_on) == ("closed", DAY)
    session.commit()
    said = session.exec(select(AuditEntry.details)).all()
    assert "进度滞后" not in str(said)
    assert "普查报告" not in str(said)


def test_one_month_in_red_is_no_letter_yet(session, plan):
    task = add_task(session, ACTOR, plan, entry(due_on=date(2026, 6, 15)))
    it = seen(session, task)
    assert (it.light, it.reds, it.letter_due) == (Light.RED, 1, False)


def test_nothing_is_done_without_proof(session, plan):
    task = add_task(session, ACTOR, plan, entry())
    with pytest.raises(TaskRefused):
        make_move(session, NOW, task, "finish", task.edition)


def test_a_page_opened_before_another_s_save_changes_nothing(session, plan):
    task = add_task(session, ACTOR, plan, entry())
    make_move(session, NOW, task, "start", 0)
    with pytest.raises(TaskRefused):
        set_value(session, NOW, task, (3.0, DAY, "佐证"), 0)


def test_what_the_system_counts_cannot_be_typed(session, plan):
    task = add_task(session, ACTOR, plan, entry(feed="coverage.dynamic"))
    with pytest.raises(TaskRefused):
        set_value(session, NOW, task, (99.0, DAY, "佐证"), task.edition)


def test_letters_are_numbered_through_the_year(session, plan):
    numbers = []
    for number in ("1", "2"):
        task = add_task(session, ACTOR, plan, entry(number=number))
        letter = write_letter(session, NOW, seen(session, task), "滞后", date(2026, 7, 16))
        numbers.append(letter.number)
    assert numbers == ["督办〔2026〕1号", "督办〔2026〕2号"]


def test_merging_adds_changes_and_leaves(session, plan):
    merge_tasks(session, ACTOR, plan, [entry(), entry(number="2")])
    again = [entry(title="需求普查（全部企业）"), entry(number="2"), entry(number="10")]
    assert merge_tasks(session, ACTOR, plan, again) == (1, 1)
    assert [task.number for task in tasks_of(session, plan)] == ["1", "2", "10"]


def test_the_example_is_the_manufacturing_clause_and_says_what_is_our_reading(session, plan):
    """programme.md §0.1 [S1]: lead unit, document and clause as the source has them."""
    held = examples()["jiangan-2021"]
    assert held.document == "岸政办〔2021〕16号"
    assert held.published_on == date(2021, 5, 21)
    assert {entry.lead for entry in held.entries} == {"区科学技术和经济信息化局"}
    assert {entry.clause for entry in held.entries} == {"三(三)1"}
    assert {entry.due_on.year for entry in held.entries} == {2022}
    assert {entry.feed for entry in held.entries} <= {"", *FEEDS}
    assert held.readings[""].keys() == {"others", "starts_on", "due_on"}
    assert merge_tasks(session, ACTOR, plan, held.entries) == (len(held.entries), 0)
