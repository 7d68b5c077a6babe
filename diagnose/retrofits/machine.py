"""Moving a project: capability, stage, reason and guards, then one update and one audit row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from diagnose.access import capabilities
from diagnose.records import Account, Actor, Project, Stage, note
from diagnose.retrofits.guards import GUARDS, Ask
from diagnose.retrofits.stages import LIFE, Life, Move, Step
from questionnaires.clock import day_of
from questionnaires.text import Text

__all__ = [
    "LIFE",
    "Life",
    "Move",
    "MoveRefused",
    "Step",
    "Wanted",
    "lacking",
    "move",
    "moves_open",
]

NOT_YOURS = Text("您没有做这一步的权限。", "This step is not yours to make.")
NOT_FROM_HERE = Text(
    "项目目前“{stage}”，不能“{move}”。", "From “{stage}” there is no way to “{move}”."
)
REASON_WANTED = Text("请写明原因。", "Please give the reason.")
MOVED_MEANWHILE = Text(
    "别人刚刚改动了这个项目，请查看最新情况后再操作。",
    "Somebody changed this project meanwhile; look at how it stands now.",
)
DECISIONS = (Stage.ADOPTED, Stage.POSTPONED, Stage.REJECTED)


class MoveRefused(Exception):  # names what the user meets
    """The move cannot be made; `problems` say why, in the user's words."""

    def __init__(self, *problems: Text) -> None:
        super().__init__("; ".join(problem.en for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move that somebody wants, with its reason, columns of the project to set, facts to log.

    `edition` is the one the page was opened on; None takes the project as it stands.
    """

    move: str
    reason: str = ""
    sets: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    edition: int | None = None


def moves_open(account: Account, project: Project) -> tuple[Move, ...]:
    """The moves this account could make from here, whether or not their guards hold yet."""
    granted = capabilities(account.kind)
    return tuple(m for m in LIFE.from_stage(project.stage) if m.by & granted)


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
    if account is not None and not step.by & capabilities(account.kind):
        raise MoveRefused(NOT_YOURS)
    if project.stage not in step.sources:
        stage = LIFE.stages[project.stage].title
        zh = NOT_FROM_HERE.zh.format(stage=stage.zh, move=step.title.zh)
        en = NOT_FROM_HERE.en.format(stage=stage.en, move=step.title.en)
        raise MoveRefused(Text(zh, en))
    unsaid = step.reason and not wanted.reason.strip()
    problems = ((REASON_WANTED,) if unsaid else ()) + lacking(session, project, step, moment)
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
    result = session.exec(
        update(Project)
        .where(
            col(Project.id) == project.id,
            col(Project.edition) == edition,
            col(Project.stage) == project.stage,
        )
        .values(**columns, edition=edition + 1)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        raise MoveRefused(MOVED_MEANWHILE)
    session.refresh(project)
