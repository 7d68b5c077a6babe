"""What must hold before a project moves on. Each guard returns what is wrong, or None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from diagnose.records import (
    Acceptance,
    Contract,
    Diagnosis,
    Figure,
    Month,
    Project,
    Verdict,
)
from diagnose.retrofits.days import months_on
from diagnose.retrofits.stages import LIFE
from questionnaires.text import Text

ACCEPTED = ("done", "expired")
"""States of a diagnosis whose report stands accepted."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a guard looks at: the project, on which day."""

    session: Session
    project: Project
    day: date

    def acceptance(self) -> Acceptance | None:
        """The acceptance asked for last."""
        return latest_acceptance(self.session, self.project)


Guard = Callable[[Ask], Text | None]


def latest_acceptance(session: Session, project: Project) -> Acceptance | None:
    """The acceptance asked for last."""
    return session.exec(
        select(Acceptance)
        .where(Acceptance.project_id == project.id)
        .order_by(col(Acceptance.id).desc())
    ).first()


def report_accepted(ask: Ask) -> Text | None:
    """The report that suggested the project is accepted; others need none."""
    if ask.project.diagnosis_id is None:
        return None
    diagnosis = ask.session.get_one(Diagnosis, ask.project.diagnosis_id)
    if diagnosis.state in ACCEPTED:
        return None
    return Text("诊断报告还没有验收。", "The report has not been accepted yet.")


def contract_recorded(ask: Ask) -> Text | None:
    """There is a contract."""
    found = ask.session.exec(select(Contract.id).where(Contract.project_id == ask.project.id))
    if found.first() is not None:
        return None
    return Text("请先填写合同信息。", "Record the contract first.")


def month_reported(ask: Ask) -> Text | None:
    """A month was reported."""
    found = ask.session.exec(select(Month.id).where(Month.project_id == ask.project.id))
    if found.first() is not None:
        return None
    return Text("请先填报第一份月报。", "Report the first month first.")


def acceptance_asked(ask: Ask) -> Text | None:
    """An acceptance was asked for that is not decided yet."""
    found = ask.acceptance()
    if found is not None and found.verdict == Verdict.OPEN:
        return None
    return Text("请先填写验收申请。", "Fill in the application for acceptance first.")


def _verdict(wanted: Verdict) -> Guard:
    def guard(ask: Ask) -> Text | None:
        found = ask.acceptance()
        if found is not None and found.verdict == wanted:
            return None
        return Text("请先填写验收结论。", "Enter the verdict of the acceptance first.")

    return guard


def half_year_over(ask: Ask) -> Text | None:
    """The first look at the effect is due."""
    found = ask.acceptance()
    due = months_on(found.finished_on, LIFE.rules.effects[0]) if found else None
    if due is not None and due <= ask.day:
        return None
    months, day = LIFE.rules.effects[0], due.isoformat() if due else "–"
    return Text(
        f"完工满 {months} 个月（{day}）后才能确认见效。",
        f"The effect can be confirmed {months} months after the end of works ({day}).",
    )


def effect_reported(ask: Ask) -> Text | None:
    """At least one figure has its value after half a year or a year."""
    found = ask.session.exec(
        select(Figure.id).where(
            Figure.project_id == ask.project.id,
            or_(col(Figure.half_year).is_not(None), col(Figure.full_year).is_not(None)),
        )
    )
    if found.first() is not None:
        return None
    return Text(
        "企业还没有填报 6 个月或 12 个月的成效。",
        "The firm has not reported any effect after 6 or 12 months.",
    )


GUARDS: dict[str, Guard] = {
    "report_accepted": report_accepted,
    "contract_recorded": contract_recorded,
    "month_reported": month_reported,
    "acceptance_asked": acceptance_asked,
    "verdict_to_mend": _verdict(Verdict.TO_MEND),
    "verdict_failed": _verdict(Verdict.FAILED),
    "verdict_passed": _verdict(Verdict.PASSED),
    "half_year_over": half_year_over,
    "effect_reported": effect_reported,
}
"""Guards by the name that `stages.yaml` gives them."""
