"""Row-level access: the condition under which an account may see a record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import SQLModel, col, select

from diagnose.records import (
    Account,
    Assessment,
    Attachment,
    Decision,
    Diagnosis,
    Firm,
    Kind,
    Purpose,
    Review,
)
from diagnose.records.columns import now

AFTERWARDS = timedelta(days=30)  # a provider keeps access so long after its report is accepted
NOT_AT_WORK = ("done", "expired", "exempt")
UNDER_REVIEW = "in_review"


def visible(account: Account, table: type[SQLModel]) -> ColumnElement[bool]:
    """The WHERE condition on `table` (Firm, Diagnosis, Assessment, Attachment) for `account`.

    A firm sees itself; a consultant what is assigned to their provider, until 30 days after the
    report is accepted; a reviewer what is under their open review; an officer the own district's
    firms and diagnoses, never their answer sheets; an administrator nothing of a firm. Files are
    seen with their sheet or diagnosis, by an officer only where the bureau itself handed them in.
    """
    kind = Kind(account.kind)
    if table is Diagnosis:
        return _diagnoses(account, kind)
    if table is Assessment:
        return _assessments(account, kind)
    if table is Firm:
        return _firms(account, kind)
    if table is Attachment:
        return _attachments(account, kind)
    raise LookupError(f"no rule for {table.__name__}")


def _firms(account: Account, kind: Kind) -> ColumnElement[bool]:
    if kind == Kind.FIRM:
        return col(Firm.id) == account.firm_id
    if kind == Kind.OFFICER:
        return col(Firm.district) == account.district
    return col(Firm.id).in_(select(Diagnosis.firm_id).where(_diagnoses(account, kind)))


def _diagnoses(account: Account, kind: Kind) -> ColumnElement[bool]:
    if kind == Kind.FIRM:
        return col(Diagnosis.firm_id) == account.firm_id
    if kind == Kind.CONSULTANT:
        return and_(col(Diagnosis.provider_id) == account.provider_id, _at_work())
    if kind == Kind.REVIEWER:
        opened: Any = select(Review.diagnosis_id).where(
            Review.reviewer_id == account.id, Review.decision == Decision.OPEN
        )
        # The bureau may take a report out of review before the reviewer has decided.
        return and_(col(Diagnosis.id).in_(opened), col(Diagnosis.state) == UNDER_REVIEW)
    if kind == Kind.OFFICER:
        return col(Diagnosis.firm_id).in_(select(Firm.id).where(Firm.district == account.district))
    return false()


def _assessments(account: Account, kind: Kind) -> ColumnElement[bool]:
    if kind == Kind.FIRM:
        return col(Assessment.firm_id) == account.firm_id
    if kind in {Kind.CONSULTANT, Kind.REVIEWER}:
        diagnosed: Any = select(Diagnosis.assessment_id).where(
            _diagnoses(account, kind), col(Diagnosis.assessment_id).is_not(None)
        )
        return col(Assessment.id).in_(diagnosed)
    return false()


def _attachments(account: Account, kind: Kind) -> ColumnElement[bool]:
    if kind == Kind.FIRM:
        return col(Attachment.firm_id) == account.firm_id
    if kind == Kind.OFFICER:
        return and_(
            col(Attachment.purpose) == Purpose.PROOF,
            col(Attachment.firm_id).in_(select(Firm.id).where(_firms(account, kind))),
        )
    diagnoses: Any = select(Diagnosis.id).where(_diagnoses(account, kind))
    sheets: Any = select(Assessment.id).where(_assessments(account, kind))
    return or_(
        col(Attachment.diagnosis_id).in_(diagnoses), col(Attachment.assessment_id).in_(sheets)
    )


def _at_work() -> ColumnElement[bool]:
    since = (now() - AFTERWARDS).date()
    return or_(
        col(Diagnosis.state).not_in(NOT_AT_WORK),
        and_(col(Diagnosis.state) == "done", col(Diagnosis.accepted_on) >= since),
    )
