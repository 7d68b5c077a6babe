"""Projects and what belongs to them, as rows: factories for tests."""

from datetime import date, timedelta

from diagnose.records import Acceptance, Contract, Figure, Month, Project
from diagnose.records.columns import now
from tests.diagnose.people import keep, make_diagnosis


def make_project(session, firm, stage="pooled", **changes):
    held = {"name": "设备联网", "firm_id": firm.id, "stage": stage, "origin": "application"}
    held |= {"stage_since": now(), "decided_at": now()}
    held |= {"reason": "资金紧"} if stage in {"postponed", "rejected"} else {}
    return keep(session, Project.model_validate(held | changes))


def make_recommended(session, firm, accepted_on, stage="pooled", **changes):
    """A project that an accepted report recommends."""
    dates = {"accepted_on": accepted_on, "valid_until": accepted_on + timedelta(1000)}
    diagnosis = make_diagnosis(session, firm, state="done", **dates)
    return make_project(session, firm, stage, origin="system", diagnosis_id=diagnosis.id, **changes)


def make_contract(session, project, **changes):
    held = {"signed_on": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    held |= {"ends_on": date(2026, 12, 31), "total": 60, "eligible": 40, "number": "HT-1"}
    return keep(session, Contract.model_validate(held | {"project_id": project.id} | changes))


def make_month(session, project, month, spent=10, progress=20):
    held = {"month": month, "spent": spent, "progress": progress}
    return keep(session, Month.model_validate(held | {"project_id": project.id}))


def make_figure(session, project, **changes):
    held = {"name": "订单准时交付率", "unit": "%", "baseline": 82, "goal": 92}
    return keep(session, Figure.model_validate(held | {"project_id": project.id} | changes))


def payment(number="12345678", amount=30.0, **changes):
    held = {"number": number, "day": "2026-06-30", "amount": amount, "eligible": True}
    return held | {"payer": "武汉一号机械有限公司", "payee": "软件公司"} | changes


def make_acceptance(session, project, **changes):
    held = {"asked_on": date(2026, 7, 10), "finished_on": date(2026, 7, 1)}
    held |= {"project_id": project.id, "payments": [payment()]}
    return keep(session, Acceptance.model_validate(held | changes))
