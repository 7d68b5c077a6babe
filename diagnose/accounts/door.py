"""Sign-in: a name, a password, a second factor; tries are counted, too many shut the door."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from diagnose.accounts import factor, passwords
from diagnose.records import Account, Actor, note
from diagnose.records.columns import now

TRIES = 5
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(hours=4)


def folded(username: str) -> str:
    """A username as it is kept: small letters, no full-width forms, no spaces around it."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def knock(session: Session, username: str, password: str, origin: str) -> Account | None:
    """The account whose name and password these are; None for whatever reason.

    The try is counted, and committed, before the password is looked at: many tries at once are
    no more than many tries. It is taken back by `welcome`, or by `let_ask` before a second factor.
    """
    account = session.exec(select(Account).where(Account.username == folded(username))).first()
    counted = account is not None and _count(session, account)
    session.commit()
    right = passwords.verify(account.password_hash if account and counted else "", password)
    if account is None or not right:
        _log_failure(session, account, origin, counted=counted)
        session.commit()
        return None
    if passwords.outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    return account


def let_ask(session: Session, account: Account) -> None:
    """Take the try of a right password back, while the second factor is still to come. Commits."""
    session.exec(
        update(Account)
        .where(col(Account.id) == account.id)
        .values(failures=Account.failures - 1, locked_until=None)
    )
    session.commit()


def second(session: Session, account: Account, code: str, origin: str) -> bool:
    """Whether `code` is the account's second factor now; counted like a password. Commits."""
    counted = _count(session, account)
    right = counted and factor.accepts(session, account, code)
    if not right:
        _log_failure(session, account, origin, counted=counted)
    session.commit()
    return right


def confirmed(session: Session, account: Account, password: str, origin: str) -> bool:
    """Whether whoever is signed in knows their password; counted like a sign-in. Commits."""
    if knock(session, account.username, password, origin) is None:
        return False
    account.failures, account.locked_until = 0, None
    session.add(account)
    session.commit()
    return True


def welcome(session: Session, account: Account, origin: str) -> None:
    """Note that `account` came in and forget its failures. Commits."""
    account.failures, account.locked_until = 0, None
    account.signed_in_at = now()
    session.add(account)
    note(session, Actor(account.id, origin), "account.sign_in", f"account:{account.id}")
    session.commit()


def lock_after(failures: int) -> timedelta:
    """How long the door stays shut after so many failures: longer each time."""
    doubled = min(failures // TRIES - 1, 10)
    return min(FIRST_LOCK * (1 << doubled), LONGEST_LOCK)


def _count(session: Session, account: Account) -> bool:
    """Count a try; False where the account is closed, or locked for now."""
    counted = session.exec(
        update(Account)
        .where(
            col(Account.id) == account.id,
            col(Account.active),
            or_(col(Account.locked_until).is_(None), col(Account.locked_until) <= now()),
        )
        .values(failures=Account.failures + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(account)
    if counted.rowcount and account.failures % TRIES == 0:
        account.locked_until = now() + lock_after(account.failures)
        session.add(account)
        session.flush()
    return bool(counted.rowcount)


def _log_failure(session: Session, account: Account | None, origin: str, *, counted: bool) -> None:
    """Log a failure; a name that nobody has is not kept: it may be a mistyped password."""
    subject = f"account:{account.id}" if account else ""
    note(session, Actor(None, origin), "account.refuse", subject)
    if account and counted and account.failures % TRIES == 0:
        minutes = round(lock_after(account.failures).total_seconds() / 60)
        note(session, Actor(None, origin), "account.lock", subject, minutes=minutes)
