"""The fictional district's tasks: a real plan's clause under invented units and other days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from diagnose.demonstration.scene import Scene
from diagnose.records import Actor, TaskEntry, TaskStage
from diagnose.tasks.examples import examples
from diagnose.tasks.following import follow, tasks_of
from diagnose.tasks.writing import (
    add_plan,
    answer_letter,
    make_move,
    merge_tasks,
    set_value,
    usual_mend_by,
    write_letter,
)
from questionnaires.clock import day_of

EXAMPLE = "jiangan-2021"
LEAD = "示例区科学技术和经济信息化局"
OTHERS = ["示例区发展和改革局", "示例区财政局"]
PLAN = "示例区突破性发展数字经济实施方案（制造业部分）"
DONE, LATE = "6", "3"
GOALS = {"5": 6.0, "6": 3.0, "7": 20.0, "8": 50.0}
DIAGNOSED = 0.6  # of the firms, the goal of the second task
SIGNED = 1.2  # contracts a firm, the goal of the third
LENGTH = 330  # days from the first to the last day of most tasks
SHORT = 70  # of the one that is late


def show_tasks(scene: Scene) -> None:
    """A plan with its tasks: most under way, one closed, one late with a letter and its answer."""
    session, cast, table, day = scene.session, scene.cast, scene.table, scene.day
    begun = Actor(cast.officer.id, at=table.opened)
    district = cast.officer.district
    plan = add_plan(session, begun, district, PLAN, document="示政办〔2026〕8号")
    first = day_of(table.opened)
    firms = len(cast.firms)
    goals = GOALS | {"2": float(round(DIAGNOSED * firms)), LATE: float(round(SIGNED * firms))}
    entries = [_moved(entry, first, goals) for entry in examples()[EXAMPLE].entries]
    merge_tasks(session, begun, plan, entries)
    tasks = {task.number: task for task in tasks_of(session, plan)}
    for number, task in tasks.items():
        if number != DONE:
            make_move(session, begun, task, "start", task.edition)
    later = replace(begun, at=table.opened + timedelta(days=60))
    done, late = tasks[DONE], tasks[LATE]
    given = (3.0, first + timedelta(days=60), "三个行业的解决方案汇编（示例）")
    set_value(session, later, done, given, done.edition)
    make_move(session, later, done, "finish", done.edition)
    make_move(session, later, done, "close", done.edition)
    chased = replace(begun, at=table.opened + timedelta(days=SHORT + 20))
    on = day_of(chased.moment)
    if on < day and late.stage == TaskStage.UNDER_WAY:
        (it,) = follow(session, district, [late], on)
        reason = "已超过完成时限，签约项目数没有达到目标，请说明原因并提出措施。"
        letter = write_letter(session, chased, it, reason, usual_mend_by(on))
        answered = replace(begun, at=table.opened + timedelta(days=SHORT + 30))
        if day_of(answered.moment) <= day:
            said = "已逐户对接签约意向，预计下月集中签约。"
            answer_letter(session, answered, letter, said, day_of(answered.moment))
    session.flush()


def _moved(entry: TaskEntry, first: date, goals: Mapping[str, float]) -> TaskEntry:
    """A task of the example under the invented district's units and days."""
    length = SHORT if entry.number == LATE else LENGTH
    return TaskEntry.model_validate(
        entry.model_dump()
        | {
            "lead": LEAD,
            "others": OTHERS,
            "starts_on": first,
            "due_on": first + timedelta(days=length),
            "goal": goals.get(entry.number, entry.goal),
        }
    )
