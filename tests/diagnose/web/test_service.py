import runpy
from pathlib import Path

import pytest
from flask import abort
from sqlmodel import select

from diagnose.records import AuditEntry, Provider
from diagnose.settings import Settings
from diagnose.web import DatabaseOutdatedError, create_app
from diagnose.web.access import public
from tests.diagnose.people import make_account, sign_in
from tests.diagnose.web.pages import Page, Visitor


def test_the_start_page_says_what_this_is_and_leads_to_sign_in_or_activation(visitor):
    page = visitor.get("/")
    assert "127.0.0.1" not in page.text
    assert [e["href"] for e in page.all("a") if "btn" in (e.get("class") or "")] == [
        "/account/sign-in",
        "/account/activate",
    ]


def test_whoever_is_signed_in_starts_on_their_own_first_page(visitor, session):
    sign_in(visitor.client, make_account(session, "administrator"))
    assert visitor.get("/").response.request.path == "/administration/accounts"


def test_pages_carry_headers_that_forbid_foreign_and_inline_code(visitor):
    headers = visitor.get("/").response.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_reply_to_a_form_can_be_gone_back_to(visitor):
    page = visitor.send(visitor.get("/account/sign-in"), status=422)
    assert page.response.headers["Cache-Control"] == "private, no-cache"


def test_over_https_alone_where_the_deployment_says_so(settings, engine):  # noqa: ARG001
    settings.https, settings.proxies = True, 1
    app = create_app(settings)
    client = app.test_client()
    led = client.get("/account/sign-in", base_url="http://diagnose.example")
    assert led.location == "https://diagnose.example/account/sign-in"
    assert client.get("/healthz", base_url="http://127.0.0.1").status_code == 200
    served = client.get("/account/sign-in", base_url="https://diagnose.example")
    assert "max-age=31556926" in served.headers["Strict-Transport-Security"]
    cookie = served.headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))
    app.extensions["database"].dispose()


@pytest.mark.parametrize(("proxies", "origin"), [(0, "127.0.0.1"), (1, "10.0.0.7")])
def test_forwarding_headers_count_only_behind_own_proxies(settings, session, proxies, origin):
    settings.proxies = proxies
    app = create_app(settings)
    visitor = Visitor(app.test_client())
    page = visitor.get("/account/sign-in")
    visitor.client.post(
        "/account/sign-in",
        data=page.filled() | {"username": "nobody", "password": "x"},
        headers={"X-Forwarded-For": "10.0.0.7"},
    )
    assert session.exec(select(AuditEntry)).one().origin == origin
    app.extensions["database"].dispose()


def test_without_https_the_cookie_is_still_kept_from_scripts_and_other_sites(visitor):
    answer = visitor.client.get("/account/sign-in")
    assert "Strict-Transport-Security" not in answer.headers
    assert all(word in answer.headers["Set-Cookie"] for word in ("HttpOnly", "SameSite=Lax"))


def test_health_is_told_without_details(app):
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    Path(app.extensions["database"].url.database).unlink()
    ill = client.get("/healthz")
    assert (ill.status_code, ill.json) == (503, {"status": "unavailable"})


def test_what_was_typed_in_an_earlier_session_can_be_sent_once_more(visitor, session):
    officer = make_account(session, "officer")
    administrator = make_account(session, "administrator")
    sign_in(visitor.client, administrator)
    typed = {"code": "P77", "name": "东湖<b>中心", "load": "12", "csrf_token": "of an earlier one"}
    path = "/administration/providers/new"
    own = {"Origin": "http://localhost"}
    stale = Page(visitor.client.post(path, data=typed, headers=own)).check(typed["name"])
    assert stale.status == 400
    again = {e["name"]: e["value"] for e in stale.all("input") if e["form"]["action"] == path}
    assert again.pop("csrf_token") != typed.pop("csrf_token")
    assert again == typed
    assert session.exec(select(Provider)).all() == []
    foreign = {"Origin": "https://evil.example"}
    assert "P77" not in Page(visitor.client.post(path, data=typed, headers=foreign)).html
    sign_in(visitor.client, officer)
    password = {"present": "geheim", "csrf_token": "x"}
    kept = visitor.client.post("/account/password", data=password, headers=own)
    assert b"geheim" not in kept.data


def test_a_form_sent_after_the_session_ended_is_told(visitor):
    page = Page(visitor.client.post("/account/password", follow_redirects=True)).check()
    assert "登录已失效" in page.text


def test_a_crash_shows_a_page_in_the_house_look_and_no_traceback(app, visitor, caplog):
    @app.get("/crash")
    @public
    def crash():
        raise RuntimeError("secret detail")

    page = visitor.get("/crash", status=500)
    assert page.heading == "系统出错了"
    assert "secret detail" not in page.html
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 429, 500, 503])
def test_every_error_has_its_page_in_both_languages(app, visitor, code):
    app.add_url_rule("/broken", view_func=public(lambda: abort(code)))
    chinese = visitor.get("/broken", status=code)
    with visitor.client.session_transaction() as kept:
        kept["language"] = "en"
    english = visitor.get("/broken", status=code)
    assert chinese.heading.isascii() is False
    assert english.heading.isascii()


@pytest.mark.parametrize("path", ["/", "/account/", "/administration/log"])
def test_a_database_that_is_gone_is_told_and_takes_nothing(app, session, visitor, caplog, path):
    """Connections that stay open would write into the deleted file, and lose it at the end."""
    sign_in(visitor.client, make_account(session, "administrator"))
    page = visitor.get("/administration/providers/new")
    Path(app.extensions["database"].url.database).unlink()
    lost = visitor.get(path, status=503)
    assert lost.heading == "数据库无法使用"
    assert "Traceback" not in lost.html
    assert "is gone" in caplog.text
    given = {"csrf_token": page.all("meta", name="csrf-token")[0]["content"], "name": "甲"}
    assert visitor.client.post("/administration/providers/new", data=given).status_code == 503
    with visitor.client.get("/static/diagnose.css") as sheet:
        assert sheet.status_code == 200


def test_a_database_without_its_tables_is_told(session, visitor):
    sign_in(visitor.client, make_account(session, "administrator"))
    session.connection().exec_driver_sql("DROP TABLE audithead")
    session.commit()
    token = visitor.get("/account/").all("meta", name="csrf-token")[0]["content"]
    lost = Page(visitor.client.post("/account/sign-out", data={"csrf_token": token})).check()
    assert (lost.status, lost.heading) == (503, "数据库无法使用")


def test_a_page_that_is_too_long_is_refused(visitor):
    page = Page(visitor.client.post("/account/sign-in", data={"username": "长" * 700_000}))
    assert page.check().status == 413


def test_an_outdated_database_is_told_at_the_start(tmp_path):
    with pytest.raises(DatabaseOutdatedError, match="diagnose upgrade"):
        create_app(Settings(instance=tmp_path))


def test_the_routes_are_those_of_the_list(app):
    """routes.txt is committed, so that a change of the public surface shows in review."""
    found = sorted(
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule}"
        for rule in app.url_map.iter_rules()
    )
    assert found == Path(__file__).with_name("routes.txt").read_text().splitlines()


@pytest.mark.usefixtures("engine")
def test_any_wsgi_server_finds_the_app(settings, monkeypatch):
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(settings.instance))
    app = runpy.run_path(str(Path(__file__).parents[3] / "wsgi.py"))["app"]
    assert app.test_client().get("/").status_code == 200
    assert app.instance_path == str(settings.instance)
    app.extensions["database"].dispose()
