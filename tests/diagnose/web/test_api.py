"""The API: who may do what, what is refused and how, and that its description is true."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from diagnose.access import Capability
from diagnose.records import (
    Account,
    Answer,
    Assessment,
    AuditEntry,
    Consent,
    Firm,
    Report,
    Token,
)
from diagnose.records.audit import Actor
from diagnose.records.columns import now
from diagnose.tokens import GRANTABLE, issue
from diagnose.web.api.resources import RESOURCES
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm, sign_in

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


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def officer(client, session):
    return Caller(client, session, make_account(session, "officer"))


@pytest.fixture
def firm(client, session):
    return Caller(client, session, make_account(session, "firm"))


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


@pytest.mark.parametrize("kind", ["firm", "officer"])
def test_a_token_opens_what_it_is_good_for_and_nothing_else(client, session, kind):
    account, grantable = make_account(session, kind), EVERYTHING[kind]
    for one in RESOURCES:
        others = tuple(c for c in grantable if c != one.needs)
        without = Caller(client, session, account, others)
        without(one.method, address(one), 403, json={})
        assert actions(session)[-1] == ("access.refused", f"api.{one.name}")
        if one.needs not in grantable:
            continue
        exact = Caller(client, session, account, [one.needs])
        reply = client.open(
            f"/api/v1{address(one)}",
            method=one.method,
            json={} if one.takes else None,
            headers={"Authorization": f"Bearer {exact.token}"},
        )
        assert reply.status_code in {200, 404, 422}


def test_without_a_token_nothing_opens_not_even_with_a_session(client, session):
    sign_in(client, make_account(session, "officer"))
    for one in RESOURCES:
        for headers in ({}, {"Authorization": "Bearer dx_wrong"}, {"Authorization": "Basic YTpi"}):
            reply = client.open(f"/api/v1{address(one)}", method=one.method, headers=headers)
            assert reply.status_code == 401
            assert check_error(reply)["code"] == "unauthorized"
            assert reply.headers["WWW-Authenticate"] == "Bearer"


def address(one):
    path = re.sub(r"<int:\w+>", "999", one.path)
    return path.replace("<uscc>", make_uscc()).replace("<edition>", "x")


@pytest.mark.parametrize("end", ["revoked", "expired", "account off"])
def test_a_token_that_has_ended_opens_nothing(session, officer, end):
    officer.get("/coverage")
    token = session.exec(select(Token)).one()
    if end == "revoked":
        token.revoked_at = now()
    elif end == "expired":
        token.expires_at = now() - timedelta(seconds=1)
    else:
        session.get(Account, officer.account.id).active = False
    session.commit()
    officer.get("/coverage", 401)


def test_only_the_hash_of_a_token_is_kept_and_its_last_use_noted(session, officer):
    assert session.exec(select(Token)).one().used_at is None
    officer.get("/coverage")
    session.expire_all()
    token = session.exec(select(Token)).one()
    assert token.used_at is not None
    assert officer.token not in json.dumps(token.model_dump(mode="json"))


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("DELETE", "/roster", {}, 405, "method_not_allowed"),
        ("GET", "/roster?size=0", {}, 422, "invalid"),
        ("GET", "/roster?colour=red", {}, 422, "invalid"),
        ("GET", "/coverage?on=yesterday", {}, 422, "invalid"),
        ("PUT", f"/roster/{make_uscc()}", {"data": "{"}, 415, "not_json"),
        (
            "PUT",
            f"/roster/{make_uscc()}",
            {"data": "{", "content_type": "application/json"},
            422,
            "invalid",
        ),
        ("PUT", f"/roster/{make_uscc()}", {"json": {"name": "x" * (1 << 20)}}, 413, "too_large"),
        ("GET", "/reports/99999999999999999999/zh.pdf", {}, 404, "not_found"),
    ],
)
def test_every_error_has_one_shape_in_the_callers_language(
    officer, method, path, options, status, code
):
    told = {}
    for language in ("zh-CN,zh;q=0.9", "en-GB"):
        reply = officer(method, path, status, headers={"Accept-Language": language}, **options)
        assert reply["error"]["code"] == code
        told[language[:2]] = reply["error"]["message"]
    assert re.search("[一-鿿]", told["zh"])
    assert not re.search("[一-鿿]", told["en"])


def test_a_crash_tells_its_number_and_nothing_else(app, officer, monkeypatch):
    def crash(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("diagnose.web.api.bureau.count_coverage", crash)
    app.testing = False
    reply = officer.get("/coverage", 500)
    assert reply["error"]["code"] == "internal"
    assert "secret" not in json.dumps(reply)


def test_more_requests_than_a_token_may_make_are_refused(app, client, session, officer):
    app.config["API_PER_MINUTE"] = 3
    for _ in range(3):
        officer.get("/coverage")
    assert officer.get("/coverage", 429)["error"]["code"] == "too_many"
    Caller(client, session, make_account(session, "officer")).get("/coverage")


class TestRoster:
    def test_it_lists_the_district_page_by_page(self, session, officer):
        for number in range(5):
            make_firm(session, name=f"第{number}厂")
        make_firm(session, district="江汉区", name="邻区")
        first = officer.get("/roster?size=2&q=厂")
        assert (first["count"], first["pages"], len(first["items"])) == (5, 3, 2)
        names, reply = [], first
        while True:
            names += [row["name"] for row in reply["items"]]
            if reply["next"] is None:
                break
            reply = officer.get(reply["next"].removeprefix("/api/v1"))
        assert names == [f"第{number}厂" for number in range(5)]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=%E7%94%B2", {"甲"}),
            ("region=谌家矶街道", {"甲"}),
            ("industry=34", {"甲", "乙"}),
            ("on_roster=false", {"乙"}),
            ("state=none", {"甲", "乙"}),
            ("state=done", set()),
            ("q=%25", set()),
        ],
    )
    def test_it_can_be_narrowed(self, session, officer, query, found):
        make_firm(session, name="甲", region="谌家矶街道")
        make_firm(session, name="乙", on_roster=False)
        assert {row["name"] for row in officer.get(f"/roster?{query}")["items"]} == found

    def test_a_firm_is_added_read_and_changed(self, session, officer):
        uscc = make_uscc()
        facts = {"name": "新厂", "industry": "3484", "employees": 30, "revenue": 3000}
        made = officer("PUT", f"/roster/{uscc}", 201, json=facts)
        assert (made["name"], made["state"], made["covered"]) == ("新厂", "to_assign", False)
        assert officer.get(f"/roster/{uscc}") == made
        change = facts | {"name": "更名后", "version": made["version"]}
        changed = officer("PUT", f"/roster/{uscc}", json=change)
        assert changed["name"] == "更名后"
        officer("PUT", f"/roster/{uscc}", 409, json=change | {"name": "又改"})
        assert session.exec(select(Firm)).one().name == "更名后"
        assert ("firm.change", "firm:1") in actions(session)

    def test_what_is_wrong_is_told_item_by_item(self, session, officer):
        uscc = make_uscc()
        wrong = {"name": "", "employees": -1, "surprise": 1}
        reply = officer("PUT", f"/roster/{uscc}", 422, json=wrong)
        places = {one["where"] for one in reply["error"]["details"]}
        assert places == {"body.name", "body.employees", "body.surprise"}
        reply = officer("PUT", "/roster/91420102MA4K00001A", 422, json={"name": "x"})
        assert "body.uscc" in {one["where"] for one in reply["error"]["details"]}
        assert not session.exec(select(Firm)).all()

    @pytest.mark.parametrize("method", ["GET", "PUT"])
    def test_another_districts_firm_is_not_there_and_that_is_logged(self, session, officer, method):
        other = make_firm(session, district="江汉区")
        officer(method, f"/roster/{other.uscc}", 404, json={"name": "我的"})
        assert actions(session)[-1] == ("access.foreign", f"firm:{other.id}")
        session.expire_all()
        assert other.name != "我的"

    def test_no_personal_data_leave_by_it(self, session, officer):
        make_firm(session, contact="王五", phone="13800000000")
        assert "王五" not in json.dumps(officer.get("/roster"), ensure_ascii=False)
        assert "13800000000" not in json.dumps(officer.get("/roster"))


class TestBureau:
    def test_results_are_the_verified_ones_and_the_firm_sees_who_looked(self, session, officer):
        known, other = make_firm(session), make_firm(session, district="江汉区")
        accepted(session, known)
        accepted(session, other)
        make_diagnosis(session, make_firm(session), state="with_firm")
        [row] = officer.get("/results")["items"]
        assert (row["uscc"], row["score"], row["level"]) == (known.uscc, 61.25, 2)
        looked = session.exec(select(AuditEntry).where(AuditEntry.firm_id == known.id)).all()
        assert [(e.action, e.account_id) for e in looked] == [("view.result", officer.account.id)]

    def test_coverage_counts_the_district(self, session, officer):
        accepted(session, make_firm(session))
        make_firm(session)
        found = officer.get("/coverage")
        assert (found["total"]["due"], found["total"]["covered"]) == (2, 1)
        assert found["total"]["share"] == 50.0
        assert {"region", "division", "size", "provider"} <= set(found["by"])
        past = officer.get("/coverage?on=2020-01-01")
        assert (past["day"], past["total"]["covered"]) == ("2020-01-01", 0)

    def test_a_full_report_takes_the_firms_consent(self, app, session, officer):
        known = make_firm(session)
        report = accepted(session, known)
        app.extensions["store"].put(report.files["zh.open.pdf"]["key"], b"%PDF-1")
        [row] = officer.get("/reports")["items"]
        assert (row["number"], row["files"]) == (report.number, {})
        reply = officer.get(f"/reports/{report.id}/zh.pdf", 403)
        assert reply["error"]["code"] == "consent_needed"
        consent = keep(session, Consent(firm_id=known.id, use="full_report"))
        [row] = officer.get("/reports")["items"]
        file = officer.get(row["files"]["zh.open.pdf"].removeprefix("/api/v1"))
        assert file.data == b"%PDF-1"
        assert "attachment" in file.headers["Content-Disposition"]
        assert actions(session)[-1] == ("report.download", f"report:{report.id}")
        assert set(row["files"]) == {"zh.open.pdf"}
        for other in ("secret.docx", "zh.pdf"):
            officer.get(f"/reports/{report.id}/{other}", 404)
        consent.withdrawn_at = now()
        session.commit()
        officer.get(f"/reports/{report.id}/zh.pdf", 403)

    def test_another_districts_report_is_not_there_and_that_is_logged(self, session, officer):
        report = accepted(session, make_firm(session, district="江汉区"))
        officer.get(f"/reports/{report.id}/zh.pdf", 404)
        assert actions(session)[-1] == ("access.foreign", f"report:{report.id}")

    def test_lists_take_as_many_statements_for_many_firms_as_for_few(self, app, session, officer):
        officer.get("/coverage")  # that the token was used is noted once
        paths = ("/roster?size=3", "/results?size=3", "/reports", "/coverage")
        counts = []
        for many in (3, 30):
            for _ in range(many):
                accepted(session, make_firm(session))
            counts.append([statements(app, lambda path=path: officer.get(path)) for path in paths])
        assert counts[0] == counts[1]


class TestOwn:
    def test_a_sheet_is_written_into_a_draft_and_read_back(self, session, firm):
        firm.get("/own/sheet", 404)
        made = firm("POST", "/own/sheet", 201, json={"answers": {"network": ["a", "b"]}})
        assert made["answers"] == {"network": ["a", "b"]}
        assert made["settled"] > 0
        sent = {"answers": {"planning": {"state": "unknown"}}, "edition": made["edition"]}
        more = firm("POST", "/own/sheet", json=sent)
        assert more["answers"] == made["answers"] | sent["answers"]
        assert firm.get("/own/sheet") == more
        assert session.exec(select(Assessment)).one().status == "draft"
        assert firm("POST", "/own/sheet", 409, json=sent)["error"]["code"] == "conflict"

    def test_a_sheet_with_a_wrong_answer_is_refused_whole(self, session, firm):
        sent = {
            "firm": {"employees": -3},
            "answers": {"network": ["a"], "planning": "zz", "no_such": 1},
        }
        reply = firm("POST", "/own/sheet", 422, json=sent)
        places = {one["where"] for one in reply["error"]["details"]}
        assert places == {"body.answers.planning", "body.answers.no_such", "body.firm.employees"}
        assert not session.exec(select(Answer)).all()

    def test_another_firms_sheet_cannot_be_handed_in(self, session, firm):
        other = make_firm(session)
        sent = {"firm": {"uscc": other.uscc}, "answers": {"network": ["a"]}}
        reply = firm("POST", "/own/sheet", 422, json=sent)
        assert reply["error"]["details"][0]["where"] == "body.firm.uscc"
        assert not session.exec(select(Assessment)).all()

    def test_another_firms_report_is_not_there_and_that_is_logged(self, session, firm):
        report = accepted(session, make_firm(session))
        firm.get(f"/own/reports/{report.id}/zh.pdf", 404)
        assert actions(session)[-1] == ("access.foreign", f"report:{report.id}")
        assert firm.get("/own/reports")["items"] == []
        assert firm.get("/own/results")["items"] == []


class TestDescription:
    @pytest.fixture
    def document(self, client):
        return client.get("/api/v1/openapi.json").json

    def test_every_route_is_in_it(self, app, document):
        offered = {
            (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }
        described = {(path, way) for path, ways in document["paths"].items() for way in ways}
        assert described == offered

    def test_it_holds_together(self, document):
        assert document["openapi"] == "3.1.0"
        schemas = document["components"]["schemas"]
        for ref in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)):
            assert ref in schemas
        names = [op["operationId"] for ways in document["paths"].values() for op in ways.values()]
        assert len(names) == len(set(names))
        for path, ways in document["paths"].items():
            for said in ways.values():
                inside = {p["name"] for p in said["parameters"] if p["in"] == "path"}
                assert inside == set(re.findall(r"{(\w+)}", path))
                assert {"200", "401", "403", "429", "500"} <= set(said["responses"])
                for code, reply in said["responses"].items():
                    [content] = reply["content"].values()
                    error = content["schema"] == {"$ref": "#/components/schemas/ErrorReply"}
                    assert error == (int(code) >= 400)

    def test_what_is_answered_is_what_it_describes(self, session, officer, document):
        make_firm(session)
        for path in ("/roster", "/coverage", "/results", "/reports"):
            said = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
            name = said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            schema = document["components"]["schemas"][name]
            reply = officer.get(path)
            assert set(reply) == set(schema["properties"])

    def test_it_is_told_in_both_languages(self, client):
        for language, word in (("zh", "名录"), ("en", "Roster")):
            text = client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json
            assert text["paths"]["/api/v1/roster"]["get"]["summary"].startswith(word)


class TestPages:
    @pytest.fixture
    def officer(self, visitor, session):
        account = make_account(session, "officer")
        sign_in(visitor.client, account)
        return account

    def test_a_token_is_made_shown_once_used_and_ended(self, visitor, session, officer):
        page = visitor.get("/tokens/")
        page = visitor.send(page, name="台账系统", granted=["coverage.read"], days="30")
        [plain] = [e["text"] for e in page.all("code")]
        assert plain not in visitor.get("/tokens/").html
        headers = {"Authorization": f"Bearer {plain}"}
        fresh = visitor.client.application.test_client()
        assert fresh.get("/api/v1/coverage", headers=headers).status_code == 200
        assert fresh.get("/api/v1/roster", headers=headers).status_code == 403
        token = session.exec(select(Token)).one()
        assert token.capabilities == ["coverage.read"]
        assert token.expires_at < now() + timedelta(days=31)
        visitor.get("/tokens/")
        visitor.client.post(f"/tokens/{token.id}/end", data=csrf(visitor))
        assert fresh.get("/api/v1/coverage", headers=headers).status_code == 401
        assert [a for a, _ in actions(session) if a.startswith("token")] == [
            "token.issue",
            "token.revoke",
        ]
        assert officer.id == token.account_id

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"granted": []}, {"granted": ["account.manage"]}, {"days": "9999"}],
    )
    def test_a_wrong_form_makes_no_token(self, visitor, session, officer, wrong):  # noqa: ARG002
        right = {"name": "ERP", "granted": ["coverage.read"], "days": "30"}
        visitor.send(visitor.get("/tokens/"), 422, **(right | wrong))
        assert not session.exec(select(Token)).all()

    def test_anothers_token_cannot_be_ended(self, visitor, session, officer):  # noqa: ARG002
        other = make_account(session, "officer")
        issue(session, other, "x", [Capability.ROSTER], 30, Actor(other.id))
        token = session.exec(select(Token)).one()
        visitor.get("/tokens/")
        reply = visitor.client.post(f"/tokens/{token.id}/end", data=csrf(visitor))
        assert reply.status_code == 404
        assert actions(session)[-1] == ("access.foreign", f"token:{token.id}")
        session.expire_all()
        assert token.revoked_at is None

    def test_the_reference_names_every_resource(self, visitor, officer):  # noqa: ARG002
        page = visitor.get("/tokens/api")
        for one in RESOURCES:
            assert one.title.zh in page.text


def csrf(visitor):
    [field] = visitor.get("/tokens/").all("meta", name="csrf-token")
    return {"csrf_token": field["content"]}


def statements(app, do):
    """How many statements a request takes."""
    found = []
    engine = app.extensions["database"]

    def count(*given):
        found.append(given[2])

    event.listen(engine, "before_cursor_execute", count)
    do()
    event.remove(engine, "before_cursor_execute", count)
    return len(found)
