"""Tasks of the plans (3.14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from diagnose.campaigns.lights import Light
from diagnose.ledgers.frames import (
    Frame,
    framed,
)
from diagnose.records import (
    Account,
    Task,
    TaskPlan,
)
from diagnose.tasks.following import follow
from diagnose.tasks.stages import STANDINGS
from questionnaires.text import Text

LIGHTS: Mapping[str, Text] = {
    Light.GREEN: Text("绿", "green"),
    Light.YELLOW: Text("黄", "yellow"),
    Light.RED: Text("红", "red"),
    Light.GREY: Text("灰", "grey"),
}


def tasks(session: Session, account: Account, day: date) -> Frame:
    """Every task of the district's plans, with its light and letters."""
    held = session.exec(
        select(Task)
        .join(TaskPlan, col(TaskPlan.id) == Task.plan_id)
        .where(TaskPlan.district == account.district)
        .order_by(col(Task.plan_id), col(Task.id))
    ).all()
    cells = {
        "task": lambda r: r.task.number,
        "clause": lambda r: r.task.clause,
        "title": lambda r: r.task.title,
        "indicator": lambda r: r.task.indicator,
        "goal": lambda r: r.task.goal,
        "unit": lambda r: r.task.unit,
        "lead": lambda r: r.task.lead,
        "others": lambda r: "、".join(r.task.others),
        "due": lambda r: r.task.due_on,
        "value": lambda r: r.value.value,
        "share": lambda r: r.share,
        "light": lambda r: LIGHTS[r.light],
        "standing": lambda r: STANDINGS[r.standing],
        "proof": lambda r: r.task.proof,
        "letters": lambda r: len(r.letters),
        "letter": lambda r: r.letters[-1].number if r.letters else None,
        "mend_by": lambda r: r.letters[-1].mend_by if r.letters else None,
        "closed_on": lambda r: r.task.closed_on,
    }
    return framed(follow(session, account.district, held, day), cells)
