"""What is written when a diagnosis is worked on: moves, the signed promise, answers given."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from diagnose.records import Diagnosis, Purpose, Remark, note
from diagnose.records.columns import now
from diagnose.web.access import actor, me
from diagnose.web.attachments.operations import take
from diagnose.web.worklist.diagnosis_page import latest_visit
from diagnose.workflow import Wanted, move


def make_move(session: Session, diagnosis: Diagnosis, wanted: Wanted) -> None:
    """Make a move with what goes with it, or raise `MoveRefused`."""
    sets = dict(wanted.sets)
    if wanted.move == "accept" and diagnosis.lead_id is None:
        sets["lead_id"] = me().id
    wanted = Wanted(wanted.move, wanted.reason, sets, wanted.facts, wanted.edition)
    move(session, diagnosis, wanted, me(), actor())
    if wanted.move == "check_in":
        visit = latest_visit(session, diagnosis)
        if visit is not None and visit.started_at is None:
            visit.started_at = now()
            visit.edition += 1
    session.commit()


def keep_promise(session: Session, diagnosis: Diagnosis, paper: FileStorage) -> None:
    """Keep the signed promise of confidentiality, or raise `UploadRefused`."""
    take(
        session,
        paper,
        firm_id=diagnosis.firm_id,
        purpose=Purpose.CONFIDENTIALITY,
        diagnosis_id=diagnosis.id,
    )
    session.commit()


def answer_remarks(
    session: Session, diagnosis: Diagnosis, remarks: list[Remark], answers: Mapping[int, str]
) -> None:
    """Keep the answers given to objections, by the remark's id; blank ones wait."""
    for remark in remarks:
        given = answers.get(remark.id or 0, "").strip()
        if given and given != remark.answer:
            remark.answer, remark.answered_at = given, now()
            note(
                session,
                actor(),
                "report.answer",
                f"remark:{remark.id}",
                firm_id=diagnosis.firm_id,
                diagnosis=diagnosis.id,
            )
    session.commit()
