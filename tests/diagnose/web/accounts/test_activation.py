"""Codes that open an account."""

from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from diagnose.accounts import activation, passwords
from diagnose.records import Activation
from diagnose.records.columns import now
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.accounts.entering import BY, OTHER, PASSWORD, actions, issue
from tests.diagnose.web.pages import Page, Visitor


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
