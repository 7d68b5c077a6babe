import runpy
from pathlib import Path

import pytest
from flask import abort

from diagnose.settings import Settings
from diagnose.web import DatabaseOutdatedError, create_app
from tests.diagnose.web.pages import Page


def test_the_start_page_says_what_this_is_and_who_is_let_in(visitor):
    page = visitor.get("/")
    assert "127.0.0.1" in page.text
    assert [e["href"] for e in page.all("a") if "btn" in (e.get("class") or "")] == [
        "/assessments/new",
        "/district/",
    ]


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("10.0.0.7", {}),
        ("::ffff:10.0.0.7", {}),
        ("nonsense", {}),
        ("127.0.0.1", {"headers": {"Host": "evil.example"}}),
        ("127.0.0.1", {"headers": {"Host": "127.0.0.1.evil.example"}}),
        ("127.0.0.1", {"headers": {"Host": "localhost:bad"}}),
        ("127.0.0.1", {"headers": {"X-Forwarded-For": "10.0.0.7"}}),
    ],
)
def test_visitors_from_elsewhere_are_refused_and_logged(app, caplog, address, options):
    client = app.test_client()
    refused = client.get("/", environ_base={"REMOTE_ADDR": address}, **options)
    page = Page(refused).check()
    assert page.status == 403
    assert "仅限本机访问" in page.heading
    assert "refused a request" in caplog.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:5000"])
def test_every_name_of_this_machine_is_let_in(app, host):
    response = app.test_client().get("/", headers={"Host": host})
    assert response.status_code == 200


def test_pages_carry_headers_that_forbid_foreign_and_inline_code(visitor):
    headers = visitor.get("/").response.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_reply_to_a_form_can_be_gone_back_to(visitor):
    page = visitor.send(visitor.get("/assessments/new"), status=422)
    assert page.response.headers["Cache-Control"] == "private, no-cache"


def test_a_crash_shows_a_page_in_the_house_look_and_no_traceback(app, visitor, caplog):
    @app.get("/crash")
    def crash():
        raise RuntimeError("secret detail")

    page = visitor.get("/crash", status=500)
    assert page.heading == "系统出错了"
    assert "secret detail" not in page.html
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 500, 503])
def test_every_error_has_its_page_in_both_languages(app, visitor, code):
    app.add_url_rule("/broken", view_func=lambda: abort(code))
    chinese = visitor.get("/broken", status=code)
    with visitor.client.session_transaction() as kept:
        kept["language"] = "en"
    english = visitor.get("/broken", status=code)
    assert chinese.heading.isascii() is False
    assert english.heading.isascii()


@pytest.mark.parametrize("path", ["/", "/district/", "/assessments/1/sections/profile"])
def test_a_database_that_is_gone_is_told_and_takes_no_answers(app, begin, visitor, caplog, path):
    """Connections that stay open would write into the deleted file, and lose it at the end."""
    page = begin()
    Path(app.extensions["database"].url.database).unlink()
    lost = visitor.get(path, status=503)
    assert lost.heading == "数据库无法使用"
    assert "Traceback" not in lost.html
    assert "is gone" in caplog.text
    visitor.send(page, status=503, fields={"q.founded": "1999"})
    with visitor.client.get("/static/diagnose.css") as sheet:
        assert sheet.status_code == 200


def test_a_database_without_its_tables_is_told(session, visitor):
    session.connection().exec_driver_sql("DROP TABLE judgement")
    session.commit()
    assert visitor.get("/district/", status=503).heading == "数据库无法使用"


def test_a_page_that_is_too_long_is_refused(visitor):
    page = Page(visitor.client.post("/assessments/new", data={"name": "长" * 700_000}))
    assert page.check().status == 413


def test_posting_without_a_token_is_refused_everywhere(app, begin):
    begin()
    client = app.test_client()
    paths = [
        str(rule).replace("<int:assessment_id>", "1").replace("<section_id>", "profile")
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
    ]
    assert len(paths) >= 5
    for path in paths:
        assert client.post(path, data={"language": "en", "truthful": "y"}).status_code == 400, path


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
