"""One firm's file as the bureau may see it: verified level and scores, never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from diagnose.reading import judge, raw_firm, verified_answers
from diagnose.records import (
    Account,
    Assessment,
    Diagnosis,
    Firm,
    Kind,
    Project,
    Provider,
    Report,
    Spell,
    Status,
)
from diagnose.story import Until
from diagnose.web.reading import questionnaire_of
from questionnaires.check import check_answers
from questionnaires.clock import today
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension or scene of the standard with its points."""

    title: Text
    points: float
    full: float


@dataclass(frozen=True, slots=True)
class Verified:
    """What an accepted report found: level and points as frozen, and their parts."""

    report: Report
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class File:
    """All that a firm's page shows."""

    firm: Firm
    diagnoses: Sequence[tuple[Diagnosis, str | None]]
    account: Account | None
    submitted: Assessment | None
    verified: Verified | None
    projects: Sequence[Project]
    spell: Spell | None

    @property
    def latest(self) -> Diagnosis | None:
        """The diagnosis that is under way, or the last one."""
        return self.diagnoses[0][0] if self.diagnoses else None


def file_of(session: Session, firm: Firm) -> File:
    """The file of a firm."""
    diagnoses: Sequence[Any] = session.exec(
        select(Diagnosis, Provider.name)
        .outerjoin(Provider, col(Provider.id) == Diagnosis.provider_id)
        .where(Diagnosis.firm_id == firm.id)
        .order_by(col(Diagnosis.id).desc())
    ).all()
    account = session.exec(
        select(Account)
        .where(Account.firm_id == firm.id, Account.kind == Kind.FIRM)
        .order_by(col(Account.id))
    ).first()
    submitted = session.exec(
        select(Assessment)
        .where(Assessment.firm_id == firm.id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc())
    ).first()
    done = next((each for each, _provider in diagnoses if each.state == "done"), None)
    return File(
        firm,
        diagnoses,
        account,
        submitted,
        verified_of(session, firm, done) if done else None,
        projects_of(session, done) if done else [],
        _spell_of(session, firm),
    )


def _spell_of(session: Session, firm: Firm) -> Spell | None:
    """How the firm stands on the roster by today."""
    own = (Spell.firm_id == firm.id, Spell.district == firm.district, col(Spell.since) <= today())
    return session.exec(select(Spell).where(*own).order_by(col(Spell.since).desc())).first()


def verified_of(session: Session, firm: Firm, diagnosis: Diagnosis) -> Verified | None:
    """The verified level and scores of an accepted diagnosis."""
    report = latest_report(session, diagnosis)
    if report is None:
        return None
    return Verified(report, _parts(session, firm, diagnosis, report))


def latest_report(session: Session, diagnosis: Diagnosis) -> Report | None:
    """The version issued last."""
    return session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()


def projects_of(session: Session, diagnosis: Diagnosis) -> Sequence[Project]:
    """The plan of a diagnosis, in its order."""
    return session.exec(
        select(Project)
        .where(Project.diagnosis_id == diagnosis.id)
        .order_by(col(Project.year), col(Project.position), col(Project.id))
    ).all()


def _parts(session: Session, firm: Firm, diagnosis: Diagnosis, report: Report) -> tuple[Part, ...]:
    """The points by dimension; none where they no longer add up to what the report says."""
    assessment = session.get(Assessment, diagnosis.assessment_id or 0)
    if assessment is None or assessment.id is None or report.score is None:
        return ()
    asked = questionnaire_of(assessment)
    answers = verified_answers(session, assessment.id)
    sheets = check_answers(asked, answers, raw_firm(firm.uscc, assessment)).sheets
    scores = judge().diagnose(sheets, Until.SCORE).batch.scores
    if abs(float(scores.score[0]) - report.score) > 0.005:  # noqa: PLR2004  # as reports round
        return ()
    return tuple(
        Part(part.title, float(points), float(part.full))
        for part, points in zip(scores.standard.parts, scores.parts[0], strict=True)
    )
