"""The second factor: codes of a phone that change every 30 seconds, and codes for its loss."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256

import pyotp
from sqlalchemy import update
from sqlmodel import Session, col

from diagnose.accounts.activation import LETTERS
from diagnose.records import Account, Actor, note
from diagnose.records.columns import now

STEP = 30
DRIFT = 1  # steps that a phone's clock may be off, either way
RECOVERY = 8
RECOVERY_LENGTH = 10  # of 5 bits each; guesses are counted like passwords


def new_secret() -> str:
    """A secret to be scanned by a phone."""
    return pyotp.random_base32()


def address(secret: str, username: str, issuer: str) -> str:
    """What the phone's camera reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def step_of(secret: str, code: str) -> int | None:
    """The time step that a code belongs to, if it is one of this moment."""
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    present = _step(now())
    for step in range(present - DRIFT, present + DRIFT + 1):
        if secrets.compare_digest(pyotp.HOTP(secret).at(step).encode(), typed.encode()):
            return step
    return None


def turn_on(session: Session, account: Account, secret: str, step: int, by: Actor) -> list[str]:
    """Require codes of `secret` from now on; the recovery codes, shown once. Caller commits."""
    account.totp_secret, account.totp_step = secret, step
    note(session, by, "account.factor_on", f"account:{account.id}")
    return _draw_recovery(session, account)


def turn_off(session: Session, account: Account, by: Actor) -> None:
    """Ask for the password only. The caller commits."""
    account.totp_secret, account.recovery = "", []
    session.add(account)
    note(session, by, "account.factor_off", f"account:{account.id}")


def new_recovery(session: Session, account: Account, by: Actor) -> list[str]:
    """New recovery codes; the earlier ones stop working. The caller commits."""
    note(session, by, "account.recovery", f"account:{account.id}")
    return _draw_recovery(session, account)


def _draw_recovery(session: Session, account: Account) -> list[str]:
    half = RECOVERY_LENGTH // 2
    codes = ["".join(secrets.choice(LETTERS) for _ in range(2 * half)) for _ in range(RECOVERY)]
    account.recovery = [_hashed(code) for code in codes]
    session.add(account)
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def accepts(session: Session, account: Account, code: str) -> bool:
    """Whether `code` opens the account now, and never again. The caller commits.

    To be asked in the transaction in which the try was counted: it keeps others out.
    """
    if not account.totp_secret:
        return False
    step = step_of(account.totp_secret, code)
    if step is not None:
        taken = session.exec(
            update(Account)
            .where(col(Account.id) == account.id, col(Account.totp_step) < step)
            .values(totp_step=step)
            .execution_options(synchronize_session=False)
        )
        session.refresh(account)
        return bool(taken.rowcount)
    mark = _hashed(code)
    if mark not in account.recovery:
        return False
    account.recovery = [kept for kept in account.recovery if kept != mark]
    session.add(account)
    return True


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def _hashed(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return sha256(plain.encode()).hexdigest()
