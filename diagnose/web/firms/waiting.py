"""What waits for a firm beside its diagnosis: census, projects, questions of chain leaders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, col, select

from diagnose.benchmarks.chains import LinkState, links_with, state_of
from diagnose.benchmarks.naming import unanswered
from diagnose.needs.states import CensusState
from diagnose.records import Project, Stage
from diagnose.retrofits.lateness import due_on, effects_due_by, months_owed_by
from diagnose.web.firms.standing import Standing
from diagnose.web.firms.steps import Step
from diagnose.web.retrofits.words import name_of
from questionnaires.clock import day_of

DONE = 100  # per cent


def waits(session: Session, standing: Standing, day: date) -> list[Step]:
    """What waits, what is due first in front; in a fixed number of statements."""
    firm_id = standing.firm.id or 0
    found = [
        *_questions(session, firm_id),
        *_namings(session, firm_id),
        *_months(session, firm_id, day),
        *_effects(session, firm_id, day),
        *_projects(session, firm_id),
        *_census(standing),
    ]
    return sorted(found, key=lambda step: step.due or date.max)


def _questions(session: Session, firm_id: int) -> Iterator[Step]:
    for link, leader in links_with(session, firm_id):
        if link.supplier_id == firm_id and state_of(link) == LinkState.ASKED:
            yield Step(
                _("A chain leader asks what you share"),
                _("%(leader)s sees nothing before you agree, item by item.", leader=leader.name),
                url_for("chains.mine"),
                _("Answer"),
            )


def _namings(session: Session, firm_id: int) -> Iterator[Step]:
    for project in unanswered(session, firm_id):
        yield Step(
            _("The bureau asks whether your firm may be named"),
            _("“%(project)s” is proposed as an example for others.", project=name_of(project)),
            url_for("benchmarks.mine"),
            _("Answer"),
        )


def _months(session: Session, firm_id: int, day: date) -> Iterator[Step]:
    owed = sorted(
        months_owed_by(session, firm_id, day), key=lambda each: (each.project.id, each.month)
    )
    for project_id, group in groupby(owed, key=lambda each: each.project.id):
        rows = list(group)
        month = f"{rows[0].month:%Y-%m}"
        yield Step(
            _("Monthly report of “%(project)s”", project=name_of(rows[0].project)),
            _(
                "Reports not here yet: %(count)s, the first of them for %(month)s.",
                count=len(rows),
                month=month,
            ),
            url_for("retrofits.month", project_id=project_id, month=month),
            _("Report the month"),
            rows[0].due,
        )


def _effects(session: Session, firm_id: int, day: date) -> Iterator[Step]:
    for look in effects_due_by(session, firm_id):
        if look.due <= day and not look.reported:
            yield Step(
                _("Effects of “%(project)s”", project=name_of(look.project)),
                _("%(months)s months have passed since the end of works.", months=look.months),
                url_for("retrofits.show", project_id=look.project.id),
                _("Open the project"),
                look.due,
            )


def _projects(session: Session, firm_id: int) -> Iterator[Step]:
    """Projects to mend, to hand in for acceptance, to contract."""
    held = session.exec(
        select(Project)
        .where(
            Project.firm_id == firm_id,
            col(Project.stage).in_((Stage.TO_MEND, Stage.UNDER_WAY, Stage.POOLED)),
        )
        .order_by(col(Project.stage_since), col(Project.id))
    ).all()
    for project in held:
        if project.stage == Stage.TO_MEND:
            yield Step(
                _("“%(project)s” is to be mended", project=name_of(project)),
                _("Mend what is wanting, then ask for acceptance again."),
                url_for("retrofits.show", project_id=project.id),
                _("Open the project"),
                _leave_by(project),
            )
        elif project.stage == Stage.UNDER_WAY and project.progress >= DONE:
            yield Step(
                _("Ask for acceptance of “%(project)s”", project=name_of(project)),
                _("It is reported as done."),
                url_for("retrofits.apply", project_id=project.id),
                _("Ask for acceptance"),
            )
    yield from _contracts([project for project in held if project.stage == Stage.POOLED])


def _contracts(pooled: Sequence[Project]) -> Iterator[Step]:
    if pooled:
        yield Step(
            _("Record contracts"),
            ngettext(
                "One project in the pool has no contract yet.",
                "%(num)s projects in the pool have no contract yet.",
                len(pooled),
            ),
            url_for("retrofits.index"),
            _("To our projects"),
            min((day for project in pooled if (day := _leave_by(project))), default=None),
        )


def _census(standing: Standing) -> Iterator[Step]:
    if standing.submitted and standing.census in (CensusState.NONE, CensusState.DRAFT):
        yield Step(
            _("Fill in the census of retrofit needs"),
            _("It asks only what the self-assessment does not tell."),
            url_for("census.show"),
            _("Open the census"),
        )


def _leave_by(project: Project) -> date | None:
    return due_on(project.stage, day_of(project.stage_since) if project.stage_since else None)
