"""Before and after the visit: what the report is written from."""

from __future__ import annotations

from sqlmodel import select

from diagnose.agenda import agenda_of
from diagnose.reading import verifications
from diagnose.records import (
    Finding,
)
from diagnose.reporting.order import plan_faults
from diagnose.workflow.guards.asking import Ask
from questionnaires.text import Text

PRESENT = 2  # consultants at a visit


def visit_planned(ask: Ask) -> Text | None:
    """A visit with its day is planned."""
    if ask.visit():
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
    visit = ask.visit()
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
