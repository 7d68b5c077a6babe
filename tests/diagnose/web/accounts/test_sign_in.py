"""Coming in and going out, as visitors meet it and as the log keeps it."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from diagnose.accounts import passwords
from diagnose.records import Account, AuditEntry
from diagnose.records.columns import now
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.accounts.entering import PASSWORD, actions
from tests.diagnose.web.pages import Page


@pytest.mark.parametrize("typed", ["wang", " WANG ", "ｗａｎｇ"])
def test_the_right_password_opens_whatever_way_the_name_is_written(person, come, session, typed):
    page = come(typed)
    assert page.response.request.path == "/work/"
    assert actions(session)[-1] == "account.sign_in"
    assert session.get(Account, person.id).signed_in_at is not None


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("username", "password"),
    [("wang", "wrong"), ("nobody", PASSWORD), ("waiting", ""), ("closed", PASSWORD), ("", "")],
)
def test_every_failure_is_told_in_the_same_words(session, come, kept_hash, username, password):
    make_account(session, "reviewer", username="waiting", password_hash="")
    make_account(session, "reviewer", username="closed", password_hash=kept_hash, active=False)
    page = come(username, password, status=422)
    assert page.all("div", role="alert")[0]["text"].strip().startswith("用户名与密码不符")
    assert PASSWORD not in page.html
    assert (
        come("wang", "x", status=422).all("div", role="alert")[0]["text"]
        == (page.all("div", role="alert")[0]["text"])
    )


def test_a_name_that_nobody_has_costs_a_hash_too_and_is_not_kept(come, session, monkeypatch):
    asked = []
    monkeypatch.setattr(
        passwords, "HASHER", type("Fake", (), {"verify": lambda *a: asked.append(a), "hash": str})()
    )
    come("secret-typed-in-the-wrong-field", "x", status=422)
    assert len(asked) == 1
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.details) == ("account.refuse", "", {})


def test_five_failures_lock_even_the_right_password_out_and_longer_each_time(person, come, session):
    for _ in range(5):
        come(password="wrong", status=422)
    come(status=422)
    session.refresh(person)
    assert timedelta(minutes=14) < person.locked_until - now() <= timedelta(minutes=15)
    assert person.failures == 5
    assert actions(session).count("account.lock") == 1
    person.locked_until = now() - timedelta(seconds=1)
    keep(session, person)
    for _ in range(5):
        come(password="wrong", status=422)
    session.refresh(person)
    assert person.locked_until - now() > timedelta(minutes=29)


def test_success_forgets_failures(person, come, session):
    for _ in range(4):
        come(password="wrong", status=422)
    come()
    session.refresh(person)
    assert (person.failures, person.locked_until) == (0, None)


@pytest.mark.usefixtures("person")
def test_an_address_that_tries_too_often_waits(come, visitor):
    for number in range(20):
        come(f"nobody{number}", "x", status=422)
    page = Page(
        visitor.client.post("/account/sign-in", data=visitor.get("/account/sign-in").filled())
    )
    assert page.check().status == 429
    assert not page.heading.isascii()


def test_a_hash_of_older_parameters_is_renewed(session, come):
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    account = make_account(session, "reviewer", username="li", password_hash=older)
    come("li")
    session.refresh(account)
    assert account.password_hash != older
    assert passwords.verify(account.password_hash, PASSWORD)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("wanted", "end"),
    [
        ("/account/?a=1", "/account/?a=1"),
        ("https://evil.example/x", "/x"),
        ("//evil.example/account/", "/account/"),
        ("\\\\evil.example", "/"),
    ],
)
def test_sign_in_goes_on_to_own_pages_only(app, wanted, end):
    client = app.test_client()
    path = "/account/sign-in"
    page = Page(client.get(path))
    answer = client.post(
        path,
        query_string={"next": wanted},
        data=page.filled() | {"username": "wang", "password": PASSWORD},
    )
    assert answer.location == end


@pytest.mark.usefixtures("person")
def test_nothing_of_the_session_before_remains_but_the_language(visitor):
    page = visitor.get("/account/sign-in")
    with visitor.client.session_transaction() as kept:
        before = kept["csrf_token"]
        kept |= {"planted": 1, "language": "en"}
    visitor.send(page, username="wang", password=PASSWORD)
    with visitor.client.session_transaction() as kept:
        assert "planted" not in kept
        assert kept["language"] == "en"
        assert kept.get("csrf_token") != before


@pytest.mark.parametrize(("key", "hours"), [("seen", 2), ("since", 12)])
def test_sessions_end_without_use_and_after_half_a_day(app, person, key, hours):
    client = app.test_client()
    sign_in(client, person)
    assert client.get("/account/").status_code == 200
    with client.session_transaction() as kept:
        kept[key] -= hours * 3600
    assert client.get("/account/").location == "/account/sign-in?next=/account/"


def test_use_keeps_a_session_awake(app, person):
    client = app.test_client()
    sign_in(client, person)
    with client.session_transaction() as kept:
        kept["seen"] -= 3600
        old = kept["seen"]
    client.get("/account/")
    with client.session_transaction() as kept:
        assert kept["seen"] > old


def test_a_closed_account_is_out_at_once(app, session, person):
    client = app.test_client()
    sign_in(client, person)
    person.active = False
    keep(session, person)
    assert client.get("/account/").status_code == 302


def test_signing_out_and_everywhere(app, person, come, visitor, session):
    come()
    elsewhere = app.test_client()
    sign_in(elsewhere, person)
    assert elsewhere.get("/account/").status_code == 200
    token = visitor.get("/account/").all("meta", name="csrf-token")[0]["content"]
    visitor.client.post("/account/sign-out-everywhere", data={"csrf_token": token})
    assert elsewhere.get("/account/").status_code == 302
    assert visitor.client.get("/account/").status_code == 302
    come()
    token = visitor.get("/account/").all("meta", name="csrf-token")[0]["content"]
    visitor.client.post("/account/sign-out", data={"csrf_token": token})
    assert visitor.client.get("/account/").status_code == 302
    assert actions(session) == [
        "account.sign_in",
        "account.sign_out_everywhere",
        "account.sign_in",
        "account.sign_out",
    ]
