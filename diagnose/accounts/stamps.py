"""The stamp of an account, which is part of each of its sessions."""

from __future__ import annotations

import secrets

from diagnose.records import Account


def new_stamp() -> str:
    """A stamp that no session knows yet."""
    return secrets.token_hex(16)


def sign_out_everywhere(account: Account) -> None:
    """End every session of `account`; the caller commits."""
    account.stamp = new_stamp()
