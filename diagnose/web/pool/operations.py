"""What the bureau writes about projects; each commits, with one audit row for each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col

from diagnose.records import (
    Acceptance,
    Firm,
    Need,
    Origin,
    Project,
    ProjectEntry,
    Verdict,
    note,
)
from diagnose.records.claiming import claim
from diagnose.retrofits import (
    MoveRefused,
    Wanted,
    bind_need,
    is_declared,
    move_project,
    take_declared,
    take_in,
)
from diagnose.web.access import actor, me
from diagnose.web.editions import ChangedMeanwhile
from questionnaires.clock import today

MOVES = {Verdict.PASSED: "pass", Verdict.TO_MEND: "mend", Verdict.FAILED: "fail"}


def register(
    session: Session, firm: Firm, values: Mapping[str, Any], origin: Origin, need: Need | None
) -> Project:
    """Put a firm's project into the pool, and say which need it answers."""
    entry = ProjectEntry.model_validate(dict(values))
    project = take_in(session, firm, entry, origin, me(), actor())
    if need is not None:
        bind_need(session, need, project, actor())
    session.commit()
    return project


def make_move(session: Session, project: Project, move: str, reason: str, edition: int) -> None:
    """Make one of the bureau's moves, or raise `MoveRefused`."""
    wanted, declared = Wanted(move, reason, edition=edition), is_declared(project)
    try:
        move_project(session, project, wanted, me(), actor())
    except MoveRefused:
        session.rollback()
        raise
    if declared:
        take_declared(session, project, wanted, actor())
    session.commit()


def decide(
    session: Session,
    project: Project,
    acceptance: Acceptance,
    values: Mapping[str, Any],
    edition: int,
) -> None:
    """Keep the verdict and move the project accordingly."""
    decided = {"decided_on": today(), "decided_by": me().id}
    note(
        session,
        actor(),
        "project.verify",
        f"project:{project.id}",
        firm_id=project.firm_id,
        acceptance=acceptance.id,
        verdict=values["verdict"],
        approved=values["approved_amount"],
    )
    undecided = col(Acceptance.verdict) == Verdict.OPEN
    if not claim(session, acceptance, edition, undecided, **dict(values) | decided):
        session.rollback()
        raise ChangedMeanwhile
    try:
        move_project(session, project, Wanted(MOVES[Verdict(values["verdict"])]), me(), actor())
    except MoveRefused:
        session.rollback()
        raise
    session.commit()
