"""One's own password and second factor."""

from datetime import timedelta

import pyotp

from diagnose.accounts import passwords
from diagnose.records.columns import now
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.accounts.entering import OTHER, PASSWORD, actions


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
