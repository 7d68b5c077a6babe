"""The report of one submitted assessment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from diagnose.records import Assessment, Firm, Status
from diagnose.story import Until
from diagnose.web.judging import judge
from diagnose.web.reading import questionnaire_of, raw_answers, raw_firm
from diagnose.web.results.pool import find_pool
from questionnaires.check import RawSheet
from questionnaires.text import Text
from reports.dossier import Dossier
from reports.dossier.builder import DossierBuilder

AMONG_FICTIONAL = Text(
    "注意：下面比较的对象是虚构园区里的企业，只用来展示比较的样子，不能说明本企业在真实企业中的位置。",
    "Mind that the firms compared with are those of the fictional district. They show what the "
    "comparison looks like and say nothing about this firm's place among real ones.",
)


def last_submitted(session: Session, firm_id: int) -> Assessment | None:
    """The sheet a firm submitted last."""
    return session.exec(
        select(Assessment)
        .where(Assessment.firm_id == firm_id, Assessment.status == Status.SUBMITTED)
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).first()


def tell(session: Session, assessment: Assessment, firm: Firm, day: date) -> Dossier:
    """The dossier of a submitted assessment, its report bearing the date `day`."""
    questionnaire_of(assessment)
    assert assessment.id is not None
    pool = find_pool(session)
    if firm.fictional:
        sheets, row = pool.sheets, pool.places[firm.uscc]
    else:
        answers = raw_answers(session, assessment.id)
        sheets, row = pool.with_firm(RawSheet(0, raw_firm(firm.uscc, assessment), answers))
    found = judge().diagnose(sheets, Until.PEERS, grouping=pool.grouping)
    roadmap = judge().planner.plan(sheets, row)
    # The builder reads the roadmap of its own row alone.
    batch = replace(found.batch, roadmaps=[roadmap] * len(sheets))
    builder = DossierBuilder(
        judge().scorer, judge().catalogue, found.grouping, fictional=firm.fictional
    )
    dossier = builder.build(batch, row, day)
    if firm.fictional or not pool.rows:
        return dossier
    peers = replace(dossier.peers, lead=(AMONG_FICTIONAL, *dossier.peers.lead))
    return replace(dossier, peers=peers)
