"""What is done to one's own account, and what is known about it."""

from __future__ import annotations

from diagnose.accounts import passwords
from diagnose.accounts.stamps import sign_out_everywhere
from diagnose.records import Account, Firm, Provider, note
from diagnose.web.access import actor
from diagnose.web.database import records
from questionnaires.text import Text


def belongs_to(account: Account) -> str:
    """The name of the firm, provider or district that an account works for."""
    session = records()
    firm = session.get(Firm, account.firm_id) if account.firm_id else None
    provider = session.get(Provider, account.provider_id) if account.provider_id else None
    if firm is not None:
        return firm.name
    if provider is not None:
        return provider.name
    return account.district


def password_problem(account: Account, password: str) -> Text | None:
    """What is wrong with a new password for `account`."""
    words = (account.name, account.district, belongs_to(account), account.certificate)
    return passwords.problem(password, account.username, words)


def change_password(account: Account, password: str) -> None:
    """Set another password and end every other session. Commits."""
    account.password_hash = passwords.hash_password(password)
    _end_sessions(account, "account.password")


def end_sessions(account: Account) -> None:
    """End every session of `account`. Commits."""
    _end_sessions(account, "account.sign_out_everywhere")


def _end_sessions(account: Account, action: str) -> None:
    sign_out_everywhere(account)
    records().add(account)
    note(records(), actor(), action, f"account:{account.id}")
    records().commit()
