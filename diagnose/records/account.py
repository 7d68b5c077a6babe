"""Accounts: who may come in, as what, and how their door is locked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, check, now, one_of


class Kind(StrEnum):
    """What somebody is here. What each kind may do: `diagnose.access.capabilities`."""

    FIRM = "firm"
    CONSULTANT = "consultant"
    REVIEWER = "reviewer"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


class AccountEntry(SQLModel):
    """An account as given. A firm's belongs to a firm, a consultant's to a provider.

    An officer and a reviewer work for one `district`; a reviewer employed by a provider names it,
    so that nobody reviews their own house. `username` is folded to lower case.
    """

    kind: Kind
    username: str = Field(min_length=3, max_length=60)
    name: str = Field(min_length=1, max_length=100)
    certificate: str = Field(default="", max_length=60)
    district: str = Field(default="", max_length=100)
    firm_id: int | None = Field(default=None, foreign_key="firm.id", ondelete="CASCADE", index=True)
    provider_id: int | None = Field(default=None, foreign_key="provider.id", index=True)


class Account(AccountEntry, table=True):
    """An account. Without `password_hash` it waits to be activated.

    `stamp` is part of every session: a new one signs out everywhere. `totp_secret` is set while a
    second factor is on; `totp_step` is the last time step used, so that no code works twice;
    `recovery` holds the hashes of the codes that stand in for a lost phone.
    """

    __table_args__ = (
        one_of("kind", Kind),
        check("firm_of_firm", "(kind = 'firm') = (firm_id IS NOT NULL)"),
        check("provider_of_consultant", "kind <> 'consultant' OR provider_id IS NOT NULL"),
        check("failures_counted", "failures >= 0"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)  # type: ignore[assignment]  # kept as text
    username: str = Field(max_length=60, unique=True)
    active: bool = True
    password_hash: str = Field(default="", max_length=200)
    stamp: str = Field(max_length=40)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Moment)
    totp_secret: str = Field(default="", max_length=64)
    totp_step: int = 0
    recovery: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    terms_accepted_at: datetime | None = Field(default=None, sa_type=Moment)
    signed_in_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=now, sa_type=Moment)


class Activation(SQLModel, table=True):
    """A one-time code that opens an account for the first time, or again after a lost password.

    Only the hash is kept; a newer code of the same account replaces the older.
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    code_hash: str = Field(max_length=64, unique=True)
    issued_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    issued_at: datetime = Field(default_factory=now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
