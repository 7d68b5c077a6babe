"""One-time codes that open an account: handed out on paper, kept only as a hash."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from diagnose.accounts import passwords
from diagnose.accounts.stamps import sign_out_everywhere
from diagnose.records import Account, Activation, Actor, note
from diagnose.records.columns import now

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, O, 1 and I, which paper confuses
GROUPS, GROUP = 4, 4  # 16 characters of 5 bits: nobody guesses one, with the database or without
DAYS = 30


def issue(session: Session, account: Account, by: Actor, days: int = DAYS) -> str:
    """A new code for `account`; earlier ones stop working. It is shown once and never again.

    Adds a row to the audit log; the caller commits.
    """
    assert account.id is not None
    session.exec(
        delete(Activation).where(
            col(Activation.account_id) == account.id, col(Activation.used_at).is_(None)
        )
    )
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    moment = now()
    session.add(
        Activation(
            account_id=account.id,
            code_hash=_hashed(code),
            issued_by=by.account_id,
            issued_at=moment,
            expires_at=moment + timedelta(days=days),
        )
    )
    note(session, by, "account.code", f"account:{account.id}", firm_id=account.firm_id, days=days)
    return code


def holder(session: Session, code: str) -> Account | None:
    """Whose code this is, while it works."""
    found = session.exec(
        select(Account)
        .join(Activation, col(Activation.account_id) == Account.id)
        .where(*_working(code))
    ).first()
    return found if found is not None and found.active else None


def redeem(session: Session, code: str, password: str, actor: Actor) -> Account | None:
    """Set the password of the code's account and use the code up; None where it does not work.

    Of two people with one code only the first comes in. The caller commits.
    """
    account = holder(session, code)
    if account is None:
        return None
    used = session.exec(
        update(Activation)
        .where(*_working(code))
        .values(used_at=now())
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:
        return None
    account.password_hash = passwords.hash_password(password)
    account.failures, account.locked_until = 0, None
    account.terms_accepted_at = now()
    sign_out_everywhere(account)
    by = Actor(account.id, actor.origin)
    note(session, by, "account.activate", f"account:{account.id}", firm_id=account.firm_id)
    return account


def _working(code: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Activation.code_hash) == _hashed(code),
        col(Activation.used_at).is_(None),
        col(Activation.expires_at) > now(),
    )


def _hashed(code: str) -> str:
    """The hash of a code, however it was typed: small letters, other dashes, spaces."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return sha256(plain.encode()).hexdigest()
