"""The pages on PostgreSQL: what SQL they speak is understood there too."""

from datetime import date

import pytest
from sqlmodel import select

from diagnose.access import capabilities
from diagnose.records import (
    Answer,
    Assessment,
    AuditEntry,
    Consent,
    Diagnosis,
    Kind,
    Report,
    connect,
    upgrade,
)
from diagnose.records.audit import Actor
from diagnose.records.chain import check_chain
from diagnose.settings import Settings
from diagnose.tokens import GRANTABLE, issue
from diagnose.web import create_app
from diagnose.workflow import Wanted, move, open_diagnosis
from tests.diagnose import postgresql
from tests.diagnose.people import keep, make_account, make_firm, make_provider, sign_in
from tests.diagnose.web.pages import Visitor

DAY = date(2026, 1, 5)


@pytest.fixture
def settings(tmp_path, server):
    with postgresql.database(server) as url:
        yield Settings(
            instance=tmp_path / "instance", database_url=url, queue_url="immediate://"
        ).ready()


@pytest.fixture
def engine(settings):
    engine = connect(settings.database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def app(settings, engine):  # noqa: ARG001  # the database is migrated first
    app = create_app(settings)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def people(session):
    """One account of each kind, and a firm whose diagnosis is under way."""
    provider, firm = make_provider(session), make_firm(session)
    found = {
        "firm": make_account(session, "firm", firm_id=firm.id),
        "consultant": make_account(session, "consultant", provider_id=provider.id),
        "reviewer": make_account(session, "reviewer"),
        "officer": make_account(session, "officer"),
        "administrator": make_account(session, "administrator"),
    }
    make_firm(session, name="还没有诊断的企业", revenue=None)
    diagnosis = open_diagnosis(session, firm, Actor())
    wanted = Wanted("assign", sets={"provider_id": provider.id, "lead_id": found["consultant"].id})
    move(session, diagnosis, wanted, found["officer"], Actor(found["officer"].id))
    session.commit()
    return found


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_every_page_of_every_kind_is_shown(app, people, kind):
    visitor = Visitor(app.test_client())
    sign_in(visitor.client, people[kind])
    granted = capabilities(kind)
    seen = 0
    for rule in app.url_map.iter_rules():
        wanted = getattr(app.view_functions[rule.endpoint], "needs", None)
        if rule.arguments or "GET" not in rule.methods or rule.rule.startswith("/api/"):
            continue
        if wanted in granted and not rule.endpoint.startswith("accounts.sign_out"):
            reply = visitor.client.get(rule.rule)
            assert reply.status_code in {200, 302}, (rule.rule, reply.status_code)
            seen += 1
    assert seen > 1


def test_a_sheet_is_filled_by_page_and_by_token(app, session, people):
    visitor = Visitor(app.test_client())
    sign_in(visitor.client, people["firm"])
    visitor.send(visitor.get("/assessments/new"))
    sheet = session.exec(select(Assessment)).one()
    [token] = visitor.get("/assessments/").all("meta", name="csrf-token")
    saved = visitor.client.post(
        f"/assessments/{sheet.id}/answers",
        json={"edition": 0, "answers": {"network": {"given": ["a", "b"]}}},
        headers={"X-CSRFToken": token["content"]},
    )
    assert saved.status_code == 200, saved.text
    plain = issue(session, people["firm"], "ERP", GRANTABLE[Kind.FIRM], 30, Actor())
    reply = app.test_client().post(
        "/api/v1/own/sheet",
        json={"edition": saved.json["edition"], "answers": {"planning": {"state": "unknown"}}},
        headers={"Authorization": f"Bearer {plain}"},
    )
    assert reply.status_code == 200, reply.text
    kept = {answer.question: answer.raw for answer in session.exec(select(Answer))}
    assert kept == {"network": ["a", "b"], "planning": {"state": "unknown"}}
    assert check_chain(session).whole


def test_the_bureaus_lists_are_read_by_token(app, session, people):
    officer = people["officer"]
    firm = make_firm(session, name="已验收的企业")
    diagnosis = keep(
        session,
        Diagnosis(number="ZD2026-9", firm_id=firm.id, state="done", accepted_on=DAY),
    )
    held = {"diagnosis_id": diagnosis.id, "number": "ZD2026-9", "version": 1}
    keep(session, Report(**held, dated=DAY, standard="sme-2024", standard_version="1"))
    keep(session, Consent(firm_id=firm.id, use="full_report"))
    plain = issue(session, officer, "台账", GRANTABLE[Kind.OFFICER], 30, Actor())
    headers = {"Authorization": f"Bearer {plain}"}
    for path, count in (("roster", 3), ("roster?q=%E9%AA%8C%E6%94%B6", 1), ("results", 1)):
        reply = app.test_client().get(f"/api/v1/{path}", headers=headers)
        assert reply.json["count"] == count, reply.text
    assert app.test_client().get("/api/v1/coverage", headers=headers).json["total"]["listed"] == 3
    assert app.test_client().get("/api/v1/reports", headers=headers).json["count"] == 1
    looked = session.exec(select(AuditEntry).where(AuditEntry.action == "view.result")).all()
    assert [entry.firm_id for entry in looked] == [firm.id]
