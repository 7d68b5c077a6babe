"""Moving a project: capability, stage, reason and guards, then one update and one audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col

from diagnose.moves import Move, MoveRefused, Wanted, barred, open_to, standing_against
from diagnose.records import Account, Actor, Project, Stage, note
from diagnose.records.claiming import claim
from diagnose.retrofits.guards import GUARDS, Ask
from diagnose.retrofits.stages import LIFE, Step
from questionnaires.clock import day_of
from questionnaires.text import Text

NOT_FROM_HERE = Text(
    "项目目前“{place}”，不能“{move}”。", "From “{place}” there is no way to “{move}”."
)
MOVED_MEANWHILE = Text(
    "别人刚刚改动了这个项目，请查看最新情况后再操作。",
    "Somebody changed this project meanwhile; look at how it stands now.",
)
DECISIONS = (Stage.ADOPTED, Stage.POSTPONED, Stage.REJECTED)


def moves_open(account: Account, project: Project) -> tuple[Move, ...]:
    """The moves this account could make from here, whether or not their guards hold yet."""
    return open_to(account, LIFE.moves, project.stage)


def lacking(session: Session, project: Project, step: Move, moment: datetime) -> tuple[Text, ...]:
    """What still stands against a move, a reason aside; nothing is moved."""
    ask = Ask(session, project, day_of(moment))
    return tuple(problem for guard in step.guards if (problem := GUARDS[guard](ask)))


def move(
    session: Session, project: Project, wanted: Wanted, account: Account | None, actor: Actor
) -> Step:
    """Make a move, or raise `MoveRefused` with every reason against it; the caller commits.

    `account` None is the system itself, which needs no capability but passes every guard. The
    reason stays with the project; the log keeps where it came from and went to.
    """
    step = LIFE.moves[wanted.move]
    session.flush()
    _refuse(session, project, step, wanted, account, actor.moment)
    before = project.stage
    _claim(session, project, wanted, _columns(step, wanted, actor.moment))
    note(
        session,
        actor,
        "project.move",
        f"project:{project.id}",
        firm_id=project.firm_id,
        move=step.id,
        before=before,
        after=step.target,
        **wanted.facts,
    )
    return LIFE.stages[step.target]


def _refuse(
    session: Session,
    project: Project,
    step: Move,
    wanted: Wanted,
    account: Account | None,
    moment: datetime,
) -> None:
    title = LIFE.stages[project.stage].title
    no_way = barred(step, account, project.stage, title, NOT_FROM_HERE)
    if no_way:
        raise MoveRefused(no_way)
    problems = standing_against(step, wanted, lacking(session, project, step, moment))
    if problems:
        raise MoveRefused(*problems)


def _columns(step: Move, wanted: Wanted, moment: datetime) -> dict[str, Any]:
    """What a move sets; a decision of the firm replaces its reason and its day."""
    columns: dict[str, Any] = {"stage": step.target, "stage_since": moment}
    if step.target in DECISIONS:
        columns["decided_at"] = moment
    if step.reason or step.target in DECISIONS:
        columns["reason"] = wanted.reason.strip()
    return columns | dict(wanted.sets)


def _claim(session: Session, project: Project, wanted: Wanted, columns: Mapping[str, Any]) -> None:
    """Set the columns if nobody was faster."""
    edition = project.edition if wanted.edition is None else wanted.edition
    if not claim(session, project, edition, col(Project.stage) == project.stage, **columns):
        raise MoveRefused(MOVED_MEANWHILE)
