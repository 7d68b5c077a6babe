"""Tokens with which other systems use the API."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Moment, now


class Token(SQLModel, table=True):
    """A token of an account, for some of that account's capabilities. Only its hash is kept."""

    __table_args__ = (KEEP_IDS,)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    name: str = Field(min_length=1, max_length=100)
    token_hash: str = Field(max_length=64, unique=True)
    capabilities: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
