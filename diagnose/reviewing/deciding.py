"""Ending a review: accepted, or returned with numbered defects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col

from diagnose.records import Account, Actor, Decision, Defect, Diagnosis, Review, note
from diagnose.records.claiming import claim
from diagnose.records.columns import now
from diagnose.refusing import Refused
from diagnose.workflow import Wanted, move
from questionnaires.text import Text

MEANWHILE = Text(
    "这项复核刚刚在别处有了改动，请重新打开后再操作。",
    "This review was changed elsewhere meanwhile; open it again.",
)
NO_MARKS = Text("请先保存各项评分。", "Save the marks first.")
RED_LEFT = Text(
    "报告有红线项，不能通过，请退回修改。",
    "The report has red items: it cannot be accepted, only returned.",
)
TOO_LOW = Text(
    "评分低于 {least:g} 分，不能通过。", "The score is below {least:g}: it cannot be accepted."
)
NOTHING_LISTED = Text("请至少写一条要修改的问题。", "List at least one defect.")


class DecisionRefused(Refused):
    """The review cannot end so; `message` says why."""


def accept(session: Session, review: Review, actor: Actor, *, edition: int, least: float) -> None:
    """Accept the report; the diagnosis stays in review until the bureau accepts. Caller commits."""
    if review.score is None:
        raise DecisionRefused(NO_MARKS)
    if review.red:
        raise DecisionRefused(RED_LEFT)
    if review.score < least:
        raise DecisionRefused(TOO_LOW.format(least=least))
    _decide(session, review, Decision.ACCEPTED, edition)
    _note(session, review, actor, "review.accept")


def return_(
    session: Session,
    review: Review,
    diagnosis: Diagnosis,
    defects: Sequence[tuple[str, str]],
    reviewer: Account,
    actor: Actor,
    *,
    edition: int,
) -> None:
    """Return the report with its defects (place, text); may raise `MoveRefused`. Caller commits."""
    if not defects:
        raise DecisionRefused(NOTHING_LISTED)
    _decide(session, review, Decision.RETURNED, edition)
    assert review.id is not None
    for number, (place, text) in enumerate(defects, 1):
        session.add(Defect(review_id=review.id, number=number, place=place, text=text))
    session.flush()
    _note(session, review, actor, "review.return", defects=len(defects))
    move(session, diagnosis, Wanted("return"), reviewer, actor)


def _decide(session: Session, review: Review, decision: Decision, edition: int) -> None:
    """Close the review if it stands as it was opened."""
    undecided = col(Review.decision) == Decision.OPEN
    if not claim(session, review, edition, undecided, decision=decision, decided_at=now()):
        raise DecisionRefused(MEANWHILE)


def _note(session: Session, review: Review, actor: Actor, action: str, **details: Any) -> None:
    note(
        session,
        actor,
        action,
        f"review:{review.id}",
        diagnosis=review.diagnosis_id,
        report=review.report_id,
        score=review.score,
        **details,
    )
