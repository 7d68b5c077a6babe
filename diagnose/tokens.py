"""Tokens with which a firm's or the bureau's own systems use the API: a part of an account."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType

from sqlmodel import Session, col, select

from diagnose.access import Capability
from diagnose.records import Account, Actor, Kind, Token, note
from diagnose.records.columns import now

PREFIX = "dx_"  # so that a token left lying about is known for what it is
LONGEST_DAYS = 365
MOST = 20  # live tokens of one account
NOTED_EVERY = timedelta(minutes=10)  # how exactly the last use is kept

GRANTABLE: Mapping[Kind, tuple[Capability, ...]] = MappingProxyType(
    {
        Kind.FIRM: (Capability.FILL, Capability.RESULT),
        Kind.OFFICER: (
            Capability.ROSTER,
            Capability.ROSTER_CHANGE,
            Capability.COVERAGE,
            Capability.SHORT_REPORT,
        ),
    }
)
"""What the tokens of each kind of account may be good for."""


def issue(
    session: Session,
    account: Account,
    name: str,
    granted: Collection[Capability],
    days: int,
    actor: Actor,
) -> str:
    """Make a token and give it away: it is shown this once and cannot be read again. Commits."""
    assert set(granted) <= set(GRANTABLE[Kind(account.kind)])
    assert 1 <= days <= LONGEST_DAYS
    assert account.id is not None
    plain = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        account_id=account.id,
        name=name,
        token_hash=_hash(plain),
        capabilities=sorted(granted),
        expires_at=now() + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    note(session, actor, "token.issue", f"token:{token.id}", days=days, granted=sorted(granted))
    session.commit()
    return plain


def tokens_of(session: Session, account: Account) -> list[Token]:
    """The tokens of an account, the newest first; those long over are left out."""
    since = now() - timedelta(days=LONGEST_DAYS)
    return list(
        session.exec(
            select(Token)
            .where(Token.account_id == account.id, col(Token.expires_at) > since)
            .order_by(col(Token.id).desc())
        )
    )


def is_live(token: Token) -> bool:
    """Whether a token still opens anything."""
    return token.revoked_at is None and token.expires_at > now()


def revoke(session: Session, token: Token, actor: Actor) -> None:
    """End a token from this moment on. Commits."""
    if token.revoked_at is None:
        token.revoked_at = now()
        note(session, actor, "token.revoke", f"token:{token.id}")
        session.commit()


def bearer(session: Session, plain: str) -> tuple[Account, Token] | None:
    """Whose token this is, if it is good; that it was used is kept, now and then."""
    token = session.exec(select(Token).where(Token.token_hash == _hash(plain))).first()
    if token is None or not is_live(token):
        return None
    account = session.get_one(Account, token.account_id)
    if not account.active:
        return None
    if token.used_at is None or now() - token.used_at > NOTED_EVERY:
        token.used_at = now()
        session.commit()
    return account, token


def _hash(plain: str) -> str:
    return sha256(plain.encode()).hexdigest()
