"""Systems that call the API, as tests need them."""

from datetime import date, timedelta

from sqlmodel import select

from diagnose.records import AuditEntry, Report
from diagnose.records.audit import Actor
from diagnose.tokens import GRANTABLE, issue
from tests.diagnose.people import keep, make_diagnosis

EVERYTHING = {kind.value: granted for kind, granted in GRANTABLE.items()}


class Caller:
    """A system with a token of one account."""

    def __init__(self, client, session, account, granted=None):
        self.client, self.account = client, account
        wanted = EVERYTHING[account.kind] if granted is None else granted
        self.token = issue(session, account, "ERP", wanted, 30, Actor(account.id))

    def __call__(self, method, path, status=200, **options):
        headers = {"Authorization": f"Bearer {self.token}"} | options.pop("headers", {})
        reply = self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)
        assert reply.status_code == status, (path, reply.status_code, reply.text)
        if status >= 400:
            check_error(reply)
        return reply.json if reply.mimetype == "application/json" else reply

    def get(self, path, status=200, **options):
        return self("GET", path, status, **options)


def check_error(reply):
    assert reply.mimetype == "application/json"
    assert set(reply.json) == {"error"}
    error = reply.json["error"]
    assert set(error) == {"code", "message", "details", "request"}
    assert error["code"]
    assert error["message"]
    assert error["request"] == reply.headers["X-Request-ID"]
    assert all(set(one) == {"where", "message"} for one in error["details"])
    return error


def accepted(session, firm, **report):
    """An accepted report of a firm with a file in the store."""
    diagnosis = make_diagnosis(
        session,
        firm,
        state="done",
        accepted_on=date.today(),  # noqa: DTZ011  # any day
        valid_until=date.today() + timedelta(days=900),  # noqa: DTZ011  # any day
    )
    held = {
        "diagnosis_id": diagnosis.id,
        "number": diagnosis.number,
        "version": 1,
        "dated": date.today(),  # noqa: DTZ011  # any day
        "standard": "sme-2024",
        "standard_version": "1.0.0",
        "score": 61.25,
        "level": 2,
        "files": {
            edition: {"key": f"reports/{diagnosis.id}/{edition}"}
            for edition in ("zh.pdf", "zh.open.pdf")
        },
    }
    return keep(session, Report(**(held | report)))


def actions(session):
    return [(e.action, e.subject) for e in session.exec(select(AuditEntry).order_by(AuditEntry.id))]
