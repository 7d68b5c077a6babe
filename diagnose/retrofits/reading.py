"""All that is known of one project: report → finding → project → figure, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from diagnose.records import (
    Acceptance,
    Account,
    AuditEntry,
    Contract,
    Diagnosis,
    Figure,
    Finding,
    FindingProject,
    Firm,
    Month,
    Need,
    Project,
    Report,
    Verdict,
)
from diagnose.retrofits.lateness import Run, delays, due_on, effect_days, run_of
from diagnose.retrofits.levels import Standing, standings_by_id
from diagnose.retrofits.stages import LIFE, Step, step_of
from questionnaires.text import Text

TAKEN_IN = Text("进入项目库登记", "Registered for the pool")
DECLARED = Text("企业申报", "Declared by the firm")
CHANGED = Text("企业修改申报", "Declaration changed by the firm")
DECIDED = Text("决定", "Decision")
CONTRACTED = Text("合同变更", "Contract changed")
OTHERS = {
    "project.declare": DECLARED,
    "project.declaration": CHANGED,
    "project.take_in": TAKEN_IN,
    "project.contract_change": CONTRACTED,
}
ACTIONS = (*OTHERS, "project.decide", "project.move")


@dataclass(frozen=True, slots=True)
class Event:
    """One move: when, what, to which stage, by whom (None: the system)."""

    at: datetime
    title: Text
    stage: Text | None
    by: str | None


@dataclass(frozen=True)
class Whole:
    """One project with everything that belongs to it; lists are oldest first."""

    project: Project
    firm: Firm
    diagnosis: Diagnosis | None
    report: Report | None
    findings: Sequence[Finding]
    need: Need | None
    contracts: Sequence[Contract]
    months: Sequence[Month]
    figures: Sequence[Figure]
    acceptances: Sequence[Acceptance]
    standings: Mapping[int, Standing]

    @property
    def stage(self) -> Step:
        """Where it stands."""
        return step_of(self.project)

    @property
    def contract(self) -> Contract | None:
        """The contract in force."""
        return self.contracts[-1] if self.contracts else None

    @property
    def acceptance(self) -> Acceptance | None:
        """The acceptance asked for last."""
        return self.acceptances[-1] if self.acceptances else None

    @property
    def spent(self) -> float:
        """Money spent so far, in 万元."""
        return round(sum(month.spent for month in self.months), 6)

    @property
    def run(self) -> Run:
        """How it runs."""
        force = self.contract
        reported = {month.month for month in self.months}
        if force is None:
            return run_of(self.project, None, None, reported)
        return run_of(self.project, force.starts_on, force.ends_on, reported)

    @property
    def due(self) -> date | None:
        """The day by which it should leave its stage."""
        run = self.run
        return due_on(run.stage, run.since)

    def delays(self, day: date) -> tuple[Text, ...]:
        """Why it counts as late."""
        return delays(self.run, day)

    @property
    def effects(self) -> tuple[tuple[int, date, bool], ...]:
        """The looks at its effect: months after the end of works, the day, whether reported."""
        passed = next((a for a in reversed(self.acceptances) if a.verdict == Verdict.PASSED), None)
        if passed is None:
            return ()
        told = (
            any(figure.half_year is not None for figure in self.figures),
            any(figure.full_year is not None for figure in self.figures),
        )
        days = effect_days(passed.finished_on)
        return tuple((*each, there) for each, there in zip(days, told, strict=False))


def read_whole(session: Session, project: Project, firm: Firm) -> Whole:
    """Everything about one project, in a constant number of statements."""
    diagnosis = session.get(Diagnosis, project.diagnosis_id) if project.diagnosis_id else None
    acceptances = session.exec(
        select(Acceptance).where(Acceptance.project_id == project.id).order_by(col(Acceptance.id))
    ).all()
    sheets = {id_ for a in acceptances for id_ in (a.before_id, a.after_id) if id_ is not None}
    return Whole(
        project=project,
        firm=firm,
        diagnosis=diagnosis,
        report=_report(session, diagnosis),
        findings=_findings(session, project),
        need=session.exec(select(Need).where(Need.project_id == project.id)).first(),
        contracts=session.exec(
            select(Contract).where(Contract.project_id == project.id).order_by(col(Contract.id))
        ).all(),
        months=session.exec(
            select(Month).where(Month.project_id == project.id).order_by(col(Month.month))
        ).all(),
        figures=session.exec(
            select(Figure).where(Figure.project_id == project.id).order_by(col(Figure.id))
        ).all(),
        acceptances=acceptances,
        standings=standings_by_id(session, sheets),
    )


def history(session: Session, project: Project) -> list[Event]:
    """What happened to a project, from the audit log, the latest first."""
    rows = session.exec(
        select(AuditEntry, Account.name)
        .join(Account, col(Account.id) == col(AuditEntry.account_id), isouter=True)
        .where(AuditEntry.subject == f"project:{project.id}", col(AuditEntry.action).in_(ACTIONS))
        .order_by(col(AuditEntry.id).desc())
    )
    return [_event(entry, name) for entry, name in rows]


def _event(entry: AuditEntry, name: str | None) -> Event:
    move = LIFE.moves.get(entry.details.get("move", ""))
    stage = LIFE.stages.get(entry.details.get("after", ""))
    title = move.title if move else OTHERS.get(entry.action, DECIDED)
    return Event(entry.at, title, stage.title if stage else None, name)


def _report(session: Session, diagnosis: Diagnosis | None) -> Report | None:
    if diagnosis is None:
        return None
    return session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()


def _findings(session: Session, project: Project) -> Sequence[Finding]:
    return session.exec(
        select(Finding)
        .join(FindingProject, col(FindingProject.finding_id) == Finding.id)
        .where(FindingProject.project_id == project.id)
        .order_by(col(Finding.position), col(Finding.id))
    ).all()
