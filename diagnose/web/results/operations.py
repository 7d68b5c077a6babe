"""The report of one submitted assessment: by the firm's own answers, or as verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from diagnose.reading import judge, standard
from diagnose.records import Assessment, Basis, Firm, Judgement, Status
from diagnose.story import Until
from diagnose.web.reading import (
    questionnaire_of,
    raw_answers,
    raw_firm,
    verifications,
    verified_answers,
)
from diagnose.web.results.planning import Own, roadmap_of
from diagnose.web.results.pool import Pool
from questionnaires.check import check_answers
from reports.dossier import Dossier
from reports.dossier.builder import DossierBuilder


@dataclass(frozen=True, slots=True)
class Mark:
    """What an assessment was judged to be on one basis."""

    basis: Basis
    score: float
    level: int


def last_submitted(session: Session, firm_id: int) -> Assessment | None:
    """The sheet a firm submitted last."""
    return session.exec(
        select(Assessment)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).first()


def own_sheet(session: Session, assessment: Assessment, firm: Firm, basis: Basis) -> Own:
    """The sheet of an assessment as the firm filled it in, or as it was verified."""
    assert assessment.id is not None
    read = verified_answers if basis == Basis.VERIFIED else raw_answers
    answers = read(session, assessment.id)
    facts = raw_firm(firm.uscc, assessment)
    return Own.of(check_answers(questionnaire_of(assessment), answers, facts).sheets, answers)


def is_verified(session: Session, assessment: Assessment) -> bool:
    """Whether consultants verified any answer of the sheet."""
    assert assessment.id is not None
    return bool(verifications(session, assessment.id))


def marks(sheets: dict[Basis, Own]) -> tuple[Mark, ...]:
    """Points and level on each basis."""
    found = []
    for basis, own in sheets.items():
        scores = judge().scorer.score(own.sheets)
        found.append(Mark(basis, float(scores.score[0]), int(scores.level[0])))
    return tuple(found)


def judged_then(session: Session, assessment: Assessment, basis: Basis) -> Judgement | None:
    """What was found by a standard that is no longer in force; None where it still is."""
    return session.exec(
        select(Judgement).where(
            Judgement.assessment_id == assessment.id,
            Judgement.standard == standard().id,
            Judgement.basis == basis.value,
            Judgement.standard_hash != standard().hash,
        )
    ).first()


def tell(own: Own, pool: Pool, firm: Firm, day: date) -> Dossier:
    """The dossier of a sheet among the firms of `pool`, its report bearing the date `day`."""
    sheets, row = pool.with_firm(own.sheets)
    found = judge().diagnose(sheets, Until.PEERS, grouping=pool.grouping)
    # The builder reads the roadmap of its own row alone.
    batch = replace(found.batch, roadmaps=[roadmap_of(own)] * len(sheets))
    builder = DossierBuilder(
        judge().scorer, judge().catalogue, found.grouping, fictional=firm.fictional
    )
    return builder.build(batch, row, day)
