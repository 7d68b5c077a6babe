"""Coming in and going out, as visitors meet it and as the log keeps it."""

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from diagnose.accounts import activation, passwords
from diagnose.records import Account, Activation, Actor, AuditEntry
from diagnose.records.columns import now
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.pages import Page, Visitor

PASSWORD = "紫铜 grapefruit 42 oars"
OTHER = "quiet marmots sail 17 north"
BY = Actor(None, "test")


@pytest.fixture(scope="module")
def kept_hash():
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def person(session, kept_hash):
    return make_account(session, "consultant", password_hash=kept_hash, username="wang")


@pytest.fixture
def come(visitor):
    """Send the page of sign-in."""

    def send(username="wang", password=PASSWORD, path="/account/sign-in", **options):
        return visitor.send(visitor.get(path), username=username, password=password, **options)

    return send


def actions(session):
    session.expire_all()
    return [entry.action for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]


def issue(session, account, days=30):
    code = activation.issue(session, account, BY, days)
    session.commit()
    return code


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


# Activation


def test_a_code_opens_an_account_once(visitor, session):
    account = make_account(session, "firm", password_hash="", username="91420102ma4k00001x")
    code = issue(session, account)
    page = visitor.send(visitor.get("/account/activate"), code=f" {code.lower().replace('-', ' ')}")
    assert "武汉一号机械有限公司" in page.text
    assert "91420102MA4K00001X" in page.text
    assert page.all("input", autocomplete="username")[0]["value"] == "91420102MA4K00001X"
    chosen = {"password": PASSWORD, "repeat": PASSWORD, "accepted": "y"}
    home = visitor.client.post("/account/activate", data=page.filled() | chosen)
    assert home.location == "/firm/"
    session.refresh(account)
    assert account.terms_accepted_at is not None
    assert passwords.verify(account.password_hash, PASSWORD)
    assert actions(session) == ["account.code", "account.activate", "account.sign_in"]
    other = Visitor(visitor.client.application.test_client())
    assert "不能使用" in other.get(f"/account/activate?code={code}", status=422).problems()[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "kurz", "repeat": "kurz"}, "至少 10 个字符"),
        ({"repeat": "something else entirely"}, "两次"),
        ({"password": "password1234", "repeat": "password1234"}, "容易被猜到"),
        ({"password": "wang wang wang", "repeat": "wang wang wang"}, "用户名"),
        ({"accepted": ""}, "勾选"),
    ],
)
def test_what_a_first_password_lacks_is_said_and_the_code_still_works(
    visitor, session, changes, said
):
    account = make_account(session, "reviewer", username="wang", password_hash="")
    code = issue(session, account)
    page = visitor.get(f"/account/activate?code={code}")
    sent = {"password": PASSWORD, "repeat": PASSWORD, "accepted": "y"} | changes
    answer = Page(visitor.client.post("/account/activate", data=page.filled() | sent))
    assert answer.check().status == 422
    assert said in " ".join(answer.problems())
    session.refresh(account)
    assert account.password_hash == ""
    assert activation.holder(session, code).id == account.id


def test_codes_that_do_not_work(session):
    account = make_account(session, "reviewer", password_hash="")
    old = issue(session, account)
    new = issue(session, account)
    assert activation.holder(session, old) is None
    row = session.exec(select(Activation)).one()
    assert new not in (row.code_hash, str(row))
    row.expires_at = now() - timedelta(seconds=1)
    keep(session, row)
    assert activation.holder(session, new) is None
    assert activation.redeem(session, new, PASSWORD, BY) is None
    closed = make_account(session, "reviewer", active=False)
    assert activation.holder(session, issue(session, closed)) is None


def test_codes_are_long_and_readable(session):
    account = make_account(session, "reviewer")
    codes = {issue(session, account) for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    assert not set("".join(codes)) & set("01OI")


def test_guessing_codes_is_stopped(visitor):
    for number in range(20):
        visitor.get(f"/account/activate?code=AAAA-{number}", status=422)
    visitor.get("/account/activate?code=AAAA", status=429)


def test_a_new_code_after_a_lost_password_ends_old_sessions_and_keeps_the_second_factor(
    app, visitor, session, person
):
    person.totp_secret = pyotp.random_base32()
    keep(session, person)
    before = app.test_client()
    sign_in(before, person)
    code = issue(session, person)
    page = visitor.get(f"/account/activate?code={code}")
    assert before.get("/account/").status_code == 200
    sent = {"password": OTHER, "repeat": OTHER, "accepted": "y"}
    answer = visitor.client.post("/account/activate", data=page.filled() | sent)
    assert answer.location == "/account/second-factor"
    assert before.get("/account/").status_code == 302


# One's own account


def test_another_password(app, visitor, session, person):
    sign_in(visitor.client, person)
    elsewhere = app.test_client()
    sign_in(elsewhere, person)
    page = visitor.get("/account/password")
    assert page.all("input", autocomplete="username")[0]["value"] == person.username
    given = {"present": PASSWORD, "password": OTHER, "repeat": OTHER}
    wrong = visitor.send(page, status=422, **(given | {"present": "no"}))
    assert "现在的密码" in " ".join(wrong.problems())
    assert visitor.send(page, **given).heading == "我的账号"
    assert elsewhere.get("/account/").status_code == 302
    session.refresh(person)
    assert passwords.verify(person.password_hash, OTHER)
    assert "account.password" in actions(session)


def test_the_second_factor_on_used_and_off(visitor, session, person, come):
    sign_in(visitor.client, person)
    page = visitor.get("/account/totp")
    secret = page.all("code")[0]["text"].replace(" ", "")
    assert page.all("img")[0]["src"].startswith("data:image/svg+xml")
    visitor.send(page, status=422, code="000000")
    on = visitor.send(page, code=pyotp.TOTP(secret).now())
    recovery = [e["text"] for e in on.all("code")]
    assert len(set(recovery)) == 8
    session.refresh(person)
    assert person.totp_secret == secret
    assert not set(recovery) & set(person.recovery)

    visitor.client.delete_cookie("session")
    asked = come()
    assert asked.response.request.path == "/account/second-factor"
    assert visitor.client.get("/account/").status_code == 302
    visitor.send(asked, status=422, code=pyotp.TOTP(secret).now())  # that code was used above
    later = pyotp.TOTP(secret).at(now() + timedelta(seconds=30))
    assert visitor.send(asked, code=later).response.request.path == "/work/"

    visitor.client.delete_cookie("session")
    visitor.send(come(), code=recovery[0].lower())
    visitor.client.delete_cookie("session")
    visitor.send(come(), status=422, code=recovery[0])
    session.refresh(person)
    assert len(person.recovery) == 7

    sign_in(visitor.client, person)
    page = visitor.get("/account/totp")
    visitor.send(page, status=422, present="no", wanted="off")
    renewed = visitor.send(page, present=PASSWORD, wanted="codes")
    assert not {e["text"] for e in renewed.all("code")} & set(recovery)
    visitor.send(page, present=PASSWORD, wanted="off")
    session.refresh(person)
    assert (person.totp_secret, person.recovery) == ("", [])
    assert [a for a in actions(session) if a.startswith(("account.factor", "account.rec"))] == [
        "account.factor_on",
        "account.recovery",
        "account.factor_off",
    ]


def test_guessing_the_second_factor_locks_the_account_whatever_the_password(
    visitor, session, person, come
):
    person.totp_secret = pyotp.random_base32()
    keep(session, person)
    asked = come()
    for _ in range(4):
        visitor.send(asked, status=422, code="123")
    visitor.send(come(), status=422, code="123")
    come(status=422)
    session.refresh(person)
    assert person.locked_until > now()


def test_a_second_factor_is_asked_of_the_bureau_first_where_it_is_required(
    app, visitor, session, person
):
    app.config["SECOND_FACTOR_REQUIRED"] = True
    officer = make_account(session, "officer")
    sign_in(visitor.client, officer)
    page = visitor.get("/administration/log")
    assert page.response.request.path == "/account/totp"
    secret = page.all("code")[0]["text"].replace(" ", "")
    visitor.send(page, code=pyotp.TOTP(secret).now())
    assert visitor.get("/administration/log").response.request.path == "/administration/log"
    sign_in(visitor.client, person)
    assert visitor.get("/account/").response.request.path == "/account/"
