"""Giving a report to a reviewer."""

from __future__ import annotations

from sqlmodel import Session, col, select

from diagnose.records import (
    Account,
    Actor,
    Decision,
    Diagnosis,
    Interest,
    Kind,
    Report,
    Review,
    note,
)
from diagnose.refusing import Refused
from questionnaires.text import Text

NOT_IN_REVIEW = Text("这项诊断不在待复核状态。", "This diagnosis is not in review.")
NO_REPORT = Text("还没有可复核的报告。", "There is no report to review yet.")
NO_REVIEWER = Text("请选择在用的复核专家。", "Choose a reviewer whose account is active.")
OWN_HOUSE = Text(
    "该专家来自编制报告的服务机构，须回避。",
    "This reviewer belongs to the provider that wrote the report.",
)
INTERESTED = Text(
    "该专家所在机构与企业有利益关系，须回避。",
    "The reviewer's house has an interest in the firm.",
)
TAKEN = Text("这一版报告已有专家在复核。", "A reviewer is at work on this version already.")
DECIDED = Text("该专家已复核过这一版报告。", "This reviewer has decided on this version already.")


class ReviewerRefused(Refused):
    """The reviewer cannot have this report; `message` says why."""


def assign(session: Session, diagnosis: Diagnosis, reviewer: Account, actor: Actor) -> Review:
    """Give a reviewer the version issued last, or raise `ReviewerRefused`; the caller commits."""
    report = session.exec(
        select(Report)
        .where(Report.diagnosis_id == diagnosis.id)
        .order_by(col(Report.version).desc())
    ).first()
    problem = _problem(session, diagnosis, report, reviewer)
    if problem is not None or report is None:
        raise ReviewerRefused(problem or NO_REPORT)
    assert diagnosis.id is not None
    assert report.id is not None
    assert reviewer.id is not None
    review = Review(
        diagnosis_id=diagnosis.id,
        report_id=report.id,
        reviewer_id=reviewer.id,
        red=[*report.quality.get("red", ())],
    )
    session.add(review)
    session.flush()
    note(
        session,
        actor,
        "review.assign",
        f"review:{review.id}",
        firm_id=diagnosis.firm_id,
        diagnosis=diagnosis.id,
        report=report.id,
        reviewer=reviewer.id,
    )
    return review


def _problem(
    session: Session, diagnosis: Diagnosis, report: Report | None, reviewer: Account
) -> Text | None:
    if diagnosis.state != "in_review":
        return NOT_IN_REVIEW
    if report is None:
        return NO_REPORT
    if reviewer.kind != Kind.REVIEWER or not reviewer.active:
        return NO_REVIEWER
    return _bias(session, diagnosis, reviewer) or _repeated(session, report, reviewer)


def _bias(session: Session, diagnosis: Diagnosis, reviewer: Account) -> Text | None:
    """Why somebody employed by a provider may not judge this report."""
    if reviewer.provider_id is None:
        return None
    if reviewer.provider_id == diagnosis.provider_id:
        return OWN_HOUSE
    touched = select(Interest.id).where(
        Interest.provider_id == reviewer.provider_id, Interest.firm_id == diagnosis.firm_id
    )
    return INTERESTED if session.exec(touched).first() is not None else None


def _repeated(session: Session, report: Report, reviewer: Account) -> Text | None:
    reviews = session.exec(select(Review).where(Review.report_id == report.id)).all()
    if any(review.decision == Decision.OPEN for review in reviews):
        return TAKEN
    return DECIDED if any(review.reviewer_id == reviewer.id for review in reviews) else None
