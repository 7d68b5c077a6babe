"""The API: who may do what, and what is refused and how."""

import json
import re
from datetime import timedelta

import pytest
from sqlmodel import select

from diagnose.records import Account, Token
from diagnose.records.columns import now
from diagnose.web.api.resources import RESOURCES
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_account, sign_in
from tests.diagnose.web.api.calling import EVERYTHING, Caller, actions, check_error


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

    monkeypatch.setattr("diagnose.web.api.coverage.count_coverage", crash)
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
