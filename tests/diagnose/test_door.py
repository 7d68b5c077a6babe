"""The door itself, without pages: many tries at once, codes that are used once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from diagnose.accounts import activation, door, factor, passwords
from diagnose.records import Account, Actor, AuditEntry
from tests.diagnose.people import make_account

PASSWORD = "紫铜 grapefruit 42 oars"
ORIGIN = "10.0.0.7"
AT_ONCE = 12


@pytest.fixture
def person(engine):
    with Session(engine) as session:
        kept = passwords.hash_password(PASSWORD)
        return make_account(session, "reviewer", username="wang", password_hash=kept).id


def at_once(engine, act):
    """Let several do the same at the same moment, each with a session of their own."""

    def one(_number):
        with Session(engine) as session:
            done = act(session)
            session.commit()
            return bool(done)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_many_guesses_at_once_are_no_more_than_five(engine, person, monkeypatch):
    looked_at = []

    def verify(kept, password):
        looked_at.append(kept)
        return bool(kept) and password == PASSWORD

    monkeypatch.setattr(door.passwords, "verify", verify)
    assert not any(at_once(engine, lambda s: door.knock(s, "wang", "wrong", ORIGIN)))
    assert sum(bool(kept) for kept in looked_at) == door.TRIES
    with Session(engine) as session:
        account = session.get_one(Account, person)
        assert account.failures == door.TRIES
        assert door.knock(session, "wang", PASSWORD, ORIGIN) is None
        locks = select(AuditEntry).where(AuditEntry.action == "account.lock")
        assert len(session.exec(locks).all()) == 1


def test_of_many_with_one_activation_code_one_comes_in(engine, person):
    with Session(engine) as session:
        code = activation.issue(session, session.get_one(Account, person), Actor())
        session.commit()
    came = at_once(engine, lambda s: activation.redeem(s, code, PASSWORD, Actor()))
    assert sum(came) == 1


def test_of_many_with_one_code_of_the_phone_or_for_its_loss_one_comes_in(
    engine, person, monkeypatch
):
    monkeypatch.setattr(door, "TRIES", 1000)
    secret = factor.new_secret()
    with Session(engine) as session:
        account = session.get_one(Account, person)
        recovery = factor.turn_on(session, account, secret, 0, Actor())
        session.commit()
    now_code = factor.pyotp.TOTP(secret).now()
    for code in (now_code, recovery[0]):
        came = at_once(
            engine, lambda s, code=code: door.second(s, s.get_one(Account, person), code, ORIGIN)
        )
        assert sum(came) == 1


def test_locks_grow_up_to_an_end():
    minutes = [door.lock_after(5 * times).total_seconds() / 60 for times in (1, 2, 3, 4, 5, 6, 99)]
    assert minutes == [15, 30, 60, 120, 240, 240, 240]


@pytest.mark.parametrize("password", ["", "x" * 129, "武汉一号机械123", "1234567890", "qwertyuiop"])
def test_passwords_that_are_guessed_first_are_refused(password):
    assert passwords.problem(password, "wang", ("武汉一号机械",)) is not None


@pytest.mark.parametrize("password", [PASSWORD, "x7#Kq9!vLp2m", "窗前 紫铜 骆驼 跑步 q8"])
def test_passwords_that_nobody_guesses_are_taken(password):
    assert passwords.problem(password, "wang", ("武汉一号机械",)) is None
