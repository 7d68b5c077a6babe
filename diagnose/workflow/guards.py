"""Guards: what must hold before a diagnosis moves on. Each returns what is wrong, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.agenda import agenda_of
from diagnose.quality import quality_from
from diagnose.reading import verifications
from diagnose.records import (
    CLOSED,
    Account,
    Attachment,
    Decision,
    Defect,
    Diagnosis,
    Finding,
    Interest,
    Provider,
    Purpose,
    Remark,
    Report,
    Review,
    Visit,
)
from diagnose.records.columns import now
from diagnose.reporting.order import plan_faults
from questionnaires.text import Text

ROUNDS = 2  # how often a reviewer may return a report
PRESENT = 2  # consultants at a visit
TRIES = 3  # contacts before a firm counts as unreachable


@dataclass(frozen=True, slots=True)
class Ask:
    """What a guard looks at: the diagnosis, who asks, and what the move would set and log."""

    session: Session
    diagnosis: Diagnosis
    account: Account | None
    reason: str
    sets: Mapping[str, Any]
    facts: Mapping[str, Any]

    def latest_report(self) -> Report | None:
        """The version issued last."""
        return self.session.exec(
            select(Report)
            .where(Report.diagnosis_id == self.diagnosis.id)
            .order_by(col(Report.version).desc())
        ).first()

    def latest_review(self) -> Review | None:
        """The review of the version issued last."""
        report = self.latest_report()
        if report is None:
            return None
        return self.session.exec(
            select(Review).where(Review.report_id == report.id).order_by(col(Review.id).desc())
        ).first()


def provider_fit(ask: Ask) -> Text | None:
    """The provider is valid, has no interest in the firm, and has room."""
    provider = ask.session.get(Provider, ask.sets.get("provider_id") or 0)
    if provider is None:
        return Text("请选择服务机构。", "Choose a provider.")
    lead = ask.session.get(Account, ask.sets.get("lead_id") or 0)
    if ask.sets.get("lead_id") and (lead is None or lead.provider_id != provider.id):
        return Text("诊断组长不属于所选机构。", "The lead does not belong to this provider.")
    if provider.valid_until and provider.valid_until < now().date():
        return Text("该机构的资格已过期。", "This provider's admission has ended.")
    interest = ask.session.exec(
        select(Interest).where(
            Interest.provider_id == provider.id, Interest.firm_id == ask.diagnosis.firm_id
        )
    ).first()
    if interest is not None:
        return Text(
            f"该机构与企业有利益关系：{interest.note}",
            f"This provider has an interest in the firm: {interest.note}",
        )
    held = ask.session.exec(
        select(func.count())
        .select_from(Diagnosis)
        .where(
            Diagnosis.provider_id == provider.id,
            Diagnosis.id != ask.diagnosis.id,
            col(Diagnosis.state).not_in(CLOSED),
        )
    ).one()
    if held >= provider.load:
        return Text(
            f"该机构在手 {held} 项，已到上限 {provider.load} 项。",
            f"This provider holds {held} diagnoses; its limit is {provider.load}.",
        )
    return None


def confidentiality_signed(ask: Ask) -> Text | None:
    """The signed promise of confidentiality is here."""
    if _attached(ask, Purpose.CONFIDENTIALITY):
        return None
    return Text("请先上传已签字的保密承诺。", "Upload the signed promise of confidentiality first.")


def contact_tried(ask: Ask) -> Text | None:
    """A firm counts as unreachable only after enough tries."""
    tries = ask.facts.get("tries") or []
    if ask.facts.get("cause") != "unreachable" or len(tries) >= TRIES:
        return None
    return Text(
        f"联系不上企业须有至少 {TRIES} 次联系记录。",
        f"“Cannot be reached” takes a log of at least {TRIES} tries.",
    )


def visit_planned(ask: Ask) -> Text | None:
    """A visit with its day is planned."""
    if _visit(ask):
        return None
    return Text("请先填写到访日期。", "Enter the day of the visit first.")


def sheet_submitted(ask: Ask) -> Text | None:
    """The firm has submitted its self-assessment."""
    if ask.diagnosis.assessment_id is not None:
        return None
    return Text(
        "企业还没有提交自评，暂时没有可核实的答卷。",
        "The firm has not submitted its self-assessment; there is nothing to verify yet.",
    )


def visit_signed(ask: Ask) -> Text | None:
    """The record is signed and sealed, with enough consultants present."""
    visit = _visit(ask)
    if visit is None or visit.scan_id is None or visit.ended_at is None:
        return Text(
            "请填写诊断记录的起止时间，并上传签字盖章的扫描件。",
            "Enter when the visit began and ended, and upload the signed record.",
        )
    if sum(person.get("side") == "provider" for person in visit.people) < PRESENT:
        return Text(
            f"到访诊断人员应不少于 {PRESENT} 人。",
            f"At least {PRESENT} consultants must be present.",
        )
    return None


def agenda_worked_off(ask: Ask) -> Text | None:
    """Every answer that the visit's agenda names is verified."""
    if ask.diagnosis.assessment_id is None:
        return None
    verified = verifications(ask.session, ask.diagnosis.assessment_id)
    waiting = len(agenda_of(ask.session, ask.diagnosis).open(verified))
    if not waiting:
        return None
    return Text(
        f"核实清单上还有 {waiting} 题没有核实。",
        f"{waiting} questions of the visit's agenda have not been verified yet.",
    )


def findings_written(ask: Ask) -> Text | None:
    """There is at least one finding."""
    if ask.session.exec(select(Finding.id).where(Finding.diagnosis_id == ask.diagnosis.id)).first():
        return None
    return Text("请至少写一条问题。", "Write at least one finding.")


def another_checks(ask: Ask) -> Text | None:
    """The internal check is made by somebody else than the lead."""
    if ask.account is None or ask.account.id != ask.diagnosis.lead_id:
        return None
    return Text(
        "内审应由诊断组长以外的同事完成。",
        "Somebody else than the lead has to make the internal check.",
    )


def plan_in_order(ask: Ask) -> Text | None:
    """Costs rise from low to high, and every missing prerequisite has its reason."""
    faults = plan_faults(ask.session, ask.diagnosis)
    if not faults:
        return None
    return Text(
        f"项目计划还有 {len(faults)} 处要处理：" + "；".join(fault.zh for fault in faults),
        f"The project plan needs attention ({len(faults)}): "
        + "; ".join(fault.en for fault in faults),
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


def proof_given(ask: Ask) -> Text | None:
    """A proof of the exemption is here."""
    if _attached(ask, Purpose.PROOF):
        return None
    return Text("请上传免诊的证明材料。", "Upload the proof of the exemption.")


def none_open(ask: Ask) -> Text | None:
    """The firm has no other open diagnosis."""
    other = ask.session.exec(
        select(Diagnosis.id).where(
            Diagnosis.firm_id == ask.diagnosis.firm_id, col(Diagnosis.state).not_in(CLOSED)
        )
    ).first()
    if other is None:
        return None
    return Text("该企业已有进行中的诊断。", "The firm already has an open diagnosis.")


def _attached(ask: Ask, purpose: Purpose) -> bool:
    found = ask.session.exec(
        select(Attachment.id).where(
            Attachment.diagnosis_id == ask.diagnosis.id,
            Attachment.purpose == purpose,
            col(Attachment.removed_at).is_(None),
        )
    ).first()
    return found is not None


def _visit(ask: Ask) -> Visit | None:
    return ask.session.exec(
        select(Visit).where(Visit.diagnosis_id == ask.diagnosis.id).order_by(col(Visit.id).desc())
    ).first()


def _open_objections(ask: Ask) -> int:
    report = ask.latest_report()
    if report is None:
        return 0
    remarks = ask.session.exec(select(Remark).where(Remark.report_id == report.id))
    return sum(not remark.agreed and not remark.answer for remark in remarks)


def _defects(ask: Ask, review: Review) -> list[Defect]:
    return list(ask.session.exec(select(Defect).where(Defect.review_id == review.id)))


Guard = Callable[[Ask], Text | None]

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        provider_fit,
        confidentiality_signed,
        contact_tried,
        visit_planned,
        sheet_submitted,
        visit_signed,
        agenda_worked_off,
        findings_written,
        plan_in_order,
        another_checks,
        quality_reached,
        report_issued,
        objection_made,
        objections_answered,
        report_signed,
        defects_listed,
        rounds_left,
        defects_answered,
        review_accepted,
        proof_given,
        none_open,
    )
}
"""Guards by the name that `states.yaml` gives them."""
