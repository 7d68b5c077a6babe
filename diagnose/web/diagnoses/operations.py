"""What is written when the bureau moves diagnoses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from diagnose.assigning.placing import Placing
from diagnose.records import Diagnosis, Firm, Purpose
from diagnose.web.access import actor, me
from diagnose.web.attachments.operations import take
from diagnose.web.diagnoses.chosen import move_for
from diagnose.workflow import MoveRefused, Wanted, move
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many diagnoses were assigned, and which were left out, and why."""

    assigned: list[tuple[Firm, int]] = field(default_factory=list)
    left_out: list[tuple[Firm, Text]] = field(default_factory=list)


def make_move(session: Session, diagnosis: Diagnosis, wanted: Wanted) -> None:
    """Make one move and commit, or raise `MoveRefused`."""
    move(session, diagnosis, wanted, me(), actor())
    session.commit()


def assign_placed(
    session: Session,
    pairs: Mapping[int, tuple[Diagnosis, Firm]],
    placings: Iterable[Placing],
    *,
    package: str,
    lead_id: int | None = None,
    reason: str = "",
) -> Outcome:
    """Assign what has a place, each with its own audit row; commits."""
    outcome = Outcome()
    for placing in placings:
        diagnosis, firm = pairs[placing.wish.diagnosis_id]
        if placing.provider_id is None:
            outcome.left_out.append((firm, placing.problem or Text("", "")))
            continue
        sets = {"provider_id": placing.provider_id, "lead_id": lead_id}
        named = {"package": package} if package else {}
        wanted = Wanted(
            move_for(diagnosis), reason, sets | named, {"provider": placing.provider_id}
        )
        try:
            move(session, diagnosis, wanted, me(), actor())
        except MoveRefused as refused:
            outcome.left_out.append((firm, refused.problems[0]))
        else:
            outcome.assigned.append((firm, placing.provider_id))
    session.commit()
    return outcome


def exempt(session: Session, diagnosis: Diagnosis, wanted: Wanted, proof: FileStorage) -> None:
    """Keep the proof and exempt the firm; raises `UploadRefused` or `MoveRefused`, keeping neither.

    Commits.
    """
    take(
        session, proof, firm_id=diagnosis.firm_id, purpose=Purpose.PROOF, diagnosis_id=diagnosis.id
    )
    try:
        make_move(session, diagnosis, wanted)
    except MoveRefused:
        session.rollback()
        raise
