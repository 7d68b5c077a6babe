"""What is written when the bureau works on needs."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col

from diagnose.needs.matching import project_name
from diagnose.records import (
    Census,
    CensusStage,
    Firm,
    Need,
    NeedStage,
    Origin,
    Project,
    ProjectEntry,
    note,
)
from diagnose.records.claiming import claim
from diagnose.records.columns import now
from diagnose.retrofits import bind_need, take_in
from diagnose.web.access import actor, me
from diagnose.web.editions import ChangedMeanwhile
from models.roadmap import load_catalogue


def check(session: Session, census: Census, edition: int) -> None:
    """Say that the sheet was gone through with the firm."""
    note(session, actor(), "census.check", f"census:{census.id}", firm_id=census.firm_id)
    submitted = col(Census.stage) == CensusStage.SUBMITTED
    if not claim(session, census, edition, submitted, stage=CensusStage.CHECKED):
        session.rollback()
        raise ChangedMeanwhile
    session.commit()


def match(session: Session, need: Need, project_type: str, outcome: str, edition: int) -> None:
    """Put a need under a project type, as the officer confirmed."""
    values = {"stage": NeedStage.MATCHED.value, "matched_type": project_type, "outcome": outcome}
    _change(session, need, values, edition, "need.match", type=project_type)


def close(session: Session, need: Need, stage: NeedStage, outcome: str, edition: int) -> None:
    """Say what became of a need; it can be taken up again."""
    values: dict[str, Any] = {"stage": stage.value, "outcome": outcome}
    closed = stage not in {NeedStage.OPEN, NeedStage.MATCHED}
    values["closed_at"] = now() if closed else None
    _change(session, need, values, edition, "need.close", stage=stage.value)


def pool(session: Session, firm: Firm, need: Need, edition: int) -> Project:
    """Take a need into the project pool; once only."""
    values = {"stage": NeedStage.MATCHED.value}
    _claim(session, need, values, edition)
    if need.project_id is not None:
        session.rollback()
        raise ChangedMeanwhile
    project = take_in(session, firm, entry_of(need), Origin.CENSUS, me(), actor())
    bind_need(session, need, project, actor())
    session.commit()
    return project


def entry_of(need: Need) -> ProjectEntry:
    """A need as a project: its cost is what the firm means to spend."""
    type_ = need.matched_type or need.type
    known = type_ in load_catalogue().index
    months = round(load_catalogue()[type_].duration) if known else 6
    return ProjectEntry(
        type=type_,
        name=need.name if not known else f"{need.name}（{project_name(type_).zh}）"[:200],
        content=need.content,
        months=max(1, months),
        cost_low=need.budget,
        cost_mid=need.budget,
        cost_high=need.budget,
    )


def _change(
    session: Session, need: Need, values: dict[str, Any], edition: int, action: str, **details: Any
) -> None:
    note(session, actor(), action, f"need:{need.id}", firm_id=need.firm_id, **details)
    _claim(session, need, values, edition)
    session.commit()


def _claim(session: Session, need: Need, values: dict[str, Any], edition: int) -> None:
    if not claim(session, need, edition, **values):
        session.rollback()
        raise ChangedMeanwhile
