"""Diagnoses on the bureau's pages, as tests need them."""

from sqlmodel import select

from diagnose.records import AuditEntry, Report
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.people import keep
from tests.diagnose.web.pages import Page


def audited(session, action):
    session.expire_all()
    return session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()


def form_of(page, path):
    """What the form sent to `path` holds as it stands."""
    form = next(e for e in page.all("form") if (e.get("action") or "").endswith(path))
    fields = [e for e in page.elements if e["form"] is form and e.get("name")]
    return {e["name"]: e.get("value", "") for e in fields if e["tag"] == "input"}


def post(visitor, page, path, **fields):
    sent = form_of(page, path) | fields
    return visitor.client.post(path, data=sent, follow_redirects=True)


def plan_in(answer):
    return {"plan": Page(answer).all("input", name="plan")[0]["value"]}


def report_of(session, diagnosis, **changes):
    held = {
        "diagnosis_id": diagnosis.id,
        "number": "BG1",
        "version": 1,
        "dated": today(),
        "standard": "sme-2024",
        "standard_version": "1.0.0",
        "level": 2,
        "score": 61.5,
        "signed_at": now(),
        "signed_by": "周立言",
        "signed_post": "总经理",
    }
    return keep(session, Report(**(held | changes)))
