"""Before a report goes to the firm, to the reviewer, and is accepted."""

from __future__ import annotations

from sqlmodel import select

from diagnose.quality import quality_from
from diagnose.records import (
    Decision,
    Defect,
    Remark,
    Review,
)
from diagnose.workflow.guards.asking import Ask
from questionnaires.text import Text

ROUNDS = 2  # how often a reviewer may return a report


def another_checks(ask: Ask) -> Text | None:
    """The internal check is made by somebody else than the lead."""
    if ask.account is None or ask.account.id != ask.diagnosis.lead_id:
        return None
    return Text(
        "内审应由诊断组长以外的同事完成。",
        "Somebody else than the lead has to make the internal check.",
    )


def quality_reached(ask: Ask) -> Text | None:
    """The version issued last scores enough and has no red item."""
    report = ask.latest_report()
    quality = quality_from(report.quality if report else {})
    if report is None or quality.good:
        return None
    red_zh, red_en = (
        "；".join(t.zh for t in quality.red_texts),
        "; ".join(t.en for t in quality.red_texts),
    )
    return Text(
        f"质量分 {quality.score:g}，应不低于 {quality.accept:g}"
        + (f"；红线项：{red_zh}" if red_zh else "")
        + "。",
        f"The quality score is {quality.score:g}; it takes {quality.accept:g}"
        + (f"; red items: {red_en}" if red_en else "")
        + ".",
    )


def report_issued(ask: Ask) -> Text | None:
    """A version was issued since drafting began."""
    report = ask.latest_report()
    if report is not None and report.issued_at >= ask.diagnosis.state_since:
        return None
    return Text("请先生成报告版本。", "Issue a version of the report first.")


def objection_made(ask: Ask) -> Text | None:
    """At least one item is objected to and not answered yet."""
    if _open_objections(ask):
        return None
    return Text("请至少对一项写明异议。", "Object to at least one item, with the reason.")


def objections_answered(ask: Ask) -> Text | None:
    """No objection waits for an answer."""
    waiting = _open_objections(ask)
    if not waiting:
        return None
    return Text(
        f"还有 {waiting} 项异议没有答复。", f"{waiting} objections have not been answered yet."
    )


def report_signed(ask: Ask) -> Text | None:
    """The firm's head signed the confirmation page of the version issued last."""
    report = ask.latest_report()
    if report is not None and report.signed_at is not None:
        return None
    return Text("请由企业负责人署名确认。", "The head of the firm has to sign the confirmation.")


def defects_listed(ask: Ask) -> Text | None:
    """The review that returns a report numbers what is to be mended."""
    review = ask.latest_review()
    if review is not None and review.decision == Decision.RETURNED and _defects(ask, review):
        return None
    return Text("请逐条写明要修改的问题。", "List what is to be mended, one by one.")


def rounds_left(ask: Ask) -> Text | None:
    """A reviewer may return a report only so often."""
    if ask.diagnosis.rounds < ROUNDS:
        return None
    return Text(
        f"已退回 {ROUNDS} 次，请交主管部门处理。",
        f"It was returned {ROUNDS} times already; the bureau has to decide.",
    )


def defects_answered(ask: Ask) -> Text | None:
    """Every defect of the last review has its answer."""
    review = ask.latest_review()
    waiting = [d for d in _defects(ask, review) if not d.answer] if review else []
    if not waiting:
        return None
    return Text(
        f"还有 {len(waiting)} 条复核意见没有答复。",
        f"{len(waiting)} defects of the review have no answer yet.",
    )


def review_accepted(ask: Ask) -> Text | None:
    """A reviewer accepted the version issued last."""
    review = ask.latest_review()
    if review is not None and review.decision == Decision.ACCEPTED:
        return None
    return Text("复核专家还没有通过这一版报告。", "No reviewer has accepted this version yet.")


def _open_objections(ask: Ask) -> int:
    report = ask.latest_report()
    if report is None:
        return 0
    remarks = ask.session.exec(select(Remark).where(Remark.report_id == report.id))
    return sum(not remark.agreed and not remark.answer for remark in remarks)


def _defects(ask: Ask, review: Review) -> list[Defect]:
    return list(ask.session.exec(select(Defect).where(Defect.review_id == review.id)))
