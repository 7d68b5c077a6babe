"""What is written of a project by its firm; each commits, with one audit row for each change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select
from werkzeug.exceptions import Conflict

from diagnose.records import (
    Contract,
    Figure,
    Firm,
    Month,
    Need,
    Project,
    ProjectEntry,
    Stage,
    note,
)
from diagnose.records.claiming import claim, first_of, remove
from diagnose.retrofits import (
    MoveRefused,
    Wanted,
    declare,
    is_declared,
    link_need,
    move_project,
    take_declared,
)
from diagnose.retrofits.current import contract_of
from diagnose.web.access import actor, me
from diagnose.web.editions import ChangedMeanwhile, edition_of
from diagnose.web.retrofits.forms import seen

OPEN_TO_CHANGES = (Stage.CONTRACTED, Stage.UNDER_WAY, Stage.TO_MEND)
"""Stages in which a contract may be changed and months be reported."""


def register(session: Session, firm: Firm, values: Mapping[str, Any], need: Need | None) -> Project:
    """Keep a project with which the firm applies for the pool."""
    entry = ProjectEntry.model_validate(dict(values))
    project = declare(session, firm, entry, need, actor())
    session.commit()
    return project


def change(
    session: Session, project: Project, values: Mapping[str, Any], need: Need | None, edition: str
) -> None:
    """Change what was declared, as long as the bureau has not taken it in."""
    _note(session, project, "project.declaration")
    still = (col(Project.stage) == Stage.ADOPTED, col(Project.diagnosis_id).is_(None))
    if not claim(session, project, edition_of(edition), *still, **values):
        session.rollback()
        raise ChangedMeanwhile
    link_need(session, project, need)
    session.commit()


def record_contract(
    session: Session, project: Project, values: Mapping[str, Any], change: str, shown: str
) -> None:
    """Keep a contract; the first one moves the project on, a later one says why it changed."""
    entry = Contract.model_validate(
        dict(values) | {"project_id": project.id, "change": change, "recorded_at": actor().moment}
    )
    money = {"total": entry.total, "eligible": entry.eligible}
    if project.stage != Stage.POOLED:
        _note(session, project, "project.contract_change", **money)
    _lock(session, project)
    if seen(contract_of(session, project.id)) != shown:
        raise ChangedMeanwhile
    session.add(entry)
    session.flush()
    if project.stage == Stage.POOLED:
        move_on(session, project, Wanted("contract", facts=money))
    session.commit()


def report_month(
    session: Session, project: Project, month: date, values: Mapping[str, Any], edition: str
) -> None:
    """Keep a month's report; the first one says that works have begun."""
    held = _month(session, project, month)
    saved = {"account_id": me().id, "saved_at": actor().moment}
    _note(session, project, "project.month", month=month.isoformat(), spent=values["spent"])
    if edition == "":
        if held is not None:
            raise ChangedMeanwhile
        given = dict(values) | saved | {"project_id": project.id, "month": month}
        with first_of(session, ChangedMeanwhile()):
            session.add(Month.model_validate(given))
    elif held is None:
        raise ChangedMeanwhile
    else:
        _claim(session, held, edition, dict(values) | saved)
    _take_progress(session, project)
    if project.stage == Stage.CONTRACTED:
        move_on(session, project, Wanted("start"))
    session.commit()


def keep_figure(
    session: Session,
    project: Project,
    figure: Figure | None,
    values: Mapping[str, Any],
    edition: str,
) -> None:
    """Keep a figure, new or changed."""
    if figure is None:
        made = Figure.model_validate(dict(values) | {"project_id": project.id})
        session.add(made)
        session.flush()
        _note(session, project, "project.figure", figure=made.id)
    else:
        _note(session, project, "project.figure", figure=figure.id)
        _claim(session, figure, edition, values)
    session.commit()


def remove_figure(session: Session, project: Project, figure: Figure) -> None:
    """Take a figure away."""
    _note(session, project, "project.figure_remove", figure=figure.id)
    if not remove(session, figure):
        raise Conflict
    session.commit()


def report_effects(
    session: Session,
    project: Project,
    values: Mapping[int, tuple[str, dict[str, float | None]]],
) -> None:
    """Keep what figures came to after half a year and a year: by id, the edition and values."""
    _note(session, project, "project.effect", figures=len(values))
    for id_, (edition, given) in values.items():
        _claim(session, session.get(Figure, id_), edition, given)
    session.commit()


def end(session: Session, project: Project, reason: str, edition: str) -> None:
    """End a project."""
    wanted = Wanted("terminate", reason, edition=edition_of(edition))
    declared = is_declared(project)
    move_on(session, project, wanted)
    if declared:
        take_declared(session, project, wanted, actor())
    session.commit()


def move_on(session: Session, project: Project, wanted: Wanted) -> None:
    """Make a move, or raise `MoveRefused` with nothing kept; the caller commits."""
    try:
        move_project(session, project, wanted, me(), actor())
    except MoveRefused:
        session.rollback()
        raise


def _month(session: Session, project: Project, month: date) -> Month | None:
    return session.exec(
        select(Month).where(Month.project_id == project.id, Month.month == month)
    ).first()


def _take_progress(session: Session, project: Project) -> None:
    """Let the project stand where its latest month does."""
    session.flush()
    latest = select(func.max(Month.month)).where(Month.project_id == project.id).scalar_subquery()
    found = session.exec(
        select(Month.progress).where(Month.project_id == project.id, Month.month == latest)
    ).first()
    project.progress = found or 0
    session.add(project)
    session.flush()


def _lock(session: Session, project: Project) -> None:
    """Wait for whoever else writes about this project."""
    session.exec(
        update(Project)
        .where(col(Project.id) == project.id)
        .values(edition=Project.edition)
        .execution_options(synchronize_session=False)
    )


def _claim(
    session: Session, row: Month | Figure | None, edition: str, values: Mapping[str, Any]
) -> None:
    """Set a row's columns if it is still there as the page showed it."""
    if row is None or not claim(session, row, edition_of(edition), **values):
        session.rollback()
        raise ChangedMeanwhile


def _note(session: Session, project: Project, action: str, **facts: Any) -> None:
    note(session, actor(), action, f"project:{project.id}", firm_id=project.firm_id, **facts)
