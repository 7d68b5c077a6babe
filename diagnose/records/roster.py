"""The roster as events, never overwritten, and what follows from them day by day."""

from datetime import date, datetime
from enum import IntEnum, IntFlag, StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from diagnose.records.columns import KEEP_IDS, Day, Moment, check, now, one_of


class Change(StrEnum):
    """What happened to a firm, as the roster sees it."""

    ENTERED = "entered"
    LEFT = "left"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    STOPPED = "stopped"
    RESUMED = "resumed"
    CLOSED = "closed"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    RECODED = "recoded"
    INDUSTRY = "industry"
    DESCRIBED = "described"
    EXEMPTED = "exempted"
    READMITTED = "readmitted"
    VOIDED = "voided"


class Ground(IntEnum):
    """Why a firm is exempt; NONE: it is not."""

    NONE = 0
    STOPPED = 1
    SECRET = 2
    CLOSING = 3
    BELOW = 4
    OTHER = 5


class Listing(IntEnum):
    """Where a firm stands with respect to the roster."""

    LISTED = 0
    BELOW = 1
    CLOSED = 2
    MOVED_OUT = 3
    MERGED = 4
    SPLIT = 5
    NOT_INDUSTRIAL = 6


ANSWERING = (Listing.LISTED, Listing.BELOW, Listing.NOT_INDUSTRIAL)
"""Where a firm stands while it answers to the district."""


class Honour(IntFlag):
    """Titles that a firm may hold."""

    INNOVATIVE = 1
    SPECIALISED = 2
    LITTLE_GIANT = 4
    CHAMPION = 8
    HIGH_TECH = 16


class TagKind(StrEnum):
    """What the roster is divided by under names of its own."""

    STREET = "street"
    PARK = "park"
    CHAIN = "chain"


class Tag(SQLModel, table=True):
    """A street, park or industry chain of a district."""

    __table_args__ = (one_of("kind", TagKind), UniqueConstraint("district", "kind", "name"))

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100)
    kind: str = Field(max_length=10)
    name: str = Field(min_length=1, max_length=100)


class RosterImport(SQLModel, table=True):
    """A file taken over into the roster; `columns` says which of its columns was read as what."""

    __table_args__ = (check("rows_counted", "taken >= 0 AND refused >= 0"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    district: str = Field(max_length=100, index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    name: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    columns: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    effective_on: date
    added: int = 0
    changed: int = 0
    left: int = 0
    same: int = 0
    taken: int = 0
    refused: int = 0
    done_at: datetime = Field(default_factory=now, sa_type=Moment)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class RosterEvent(SQLModel, table=True):
    """One change of the roster: written once and never altered.

    `facts` holds what the event says of the firm (the fields of `FirmFacts` and more), `other_id`
    the successor of a merger or the parent of a split, `voids_id` the event that a “voided” takes
    back. `proof` names the paper, `proof_id` is its file. `review_on` is when an exemption is
    looked at again. `district` is the one whose roster it belongs to.
    """

    __table_args__ = (
        one_of("change", Change),
        check("void_names_event", "(change = 'voided') = (voids_id IS NOT NULL)"),
        Index("ix_rosterevent_district_effective_on", "district", "effective_on"),
        Index("ix_rosterevent_district_change", "district", "change"),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    district: str = Field(max_length=100)
    change: str = Field(max_length=20)
    effective_on: date = Field(sa_type=Day)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reason: str = Field(default="", max_length=1000)
    other_id: int | None = Field(
        default=None, foreign_key="firm.id", ondelete="SET NULL", index=True
    )
    voids_id: int | None = Field(default=None, foreign_key="rosterevent.id", index=True)
    import_id: int | None = Field(default=None, foreign_key="rosterimport.id", index=True)
    proof: str = Field(default="", max_length=300)
    proof_id: int | None = Field(default=None, foreign_key="attachment.id")
    review_on: date | None = None
    asked_by: str = Field(default="", max_length=200)
    approved_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    recorded_at: datetime = Field(default_factory=now, sa_type=Moment)


class Spell(SQLModel, table=True):
    """How a firm stood from `since` until the day before `until` (None: still).

    Follows from the firm's events and is written anew with each of them. `division` is the first
    two digits of the industry code (0: not known), `size` the size class (-1: not known), `honours`
    an `Honour`, `ground` why it is exempt, `stopped` whether production rests.
    """

    __table_args__ = (
        check("span_ordered", "until IS NULL OR until > since"),
        # Holds all that figures read of a spell, so that they read the index alone, in its order.
        Index(
            "ix_spell_figures",
            "district",
            "firm_id",
            "since",
            "until",
            "listing",
            "ground",
            "stopped",
            "entered",
            "street_id",
            "park_id",
            "chain_id",
            "division",
            "size",
            "honours",
        ),
        KEEP_IDS,
    )

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    district: str = Field(max_length=100)
    since: date = Field(sa_type=Day)
    until: date | None = Field(default=None, sa_type=Day)
    listing: int = Listing.LISTED
    ground: int = Ground.NONE
    stopped: bool = False
    entered: date = Field(sa_type=Day)
    street_id: int | None = Field(default=None, foreign_key="tag.id")
    park_id: int | None = Field(default=None, foreign_key="tag.id")
    chain_id: int | None = Field(default=None, foreign_key="tag.id")
    division: int = 0
    size: int = -1
    honours: int = 0


class Transfer(SQLModel, table=True):
    """A valid report that a firm brought along from another district."""

    __table_args__ = (check("valid_ordered", "valid_until >= accepted_on"), KEEP_IDS)

    id: int | None = Field(default=None, primary_key=True)
    firm_id: int = Field(foreign_key="firm.id", ondelete="CASCADE", index=True)
    district: str = Field(max_length=100)
    origin: str = Field(max_length=200)
    number: str = Field(max_length=60)
    accepted_on: date = Field(sa_type=Day)
    valid_until: date = Field(sa_type=Day)
    proof: str = Field(default="", max_length=300)
    approved_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    recorded_at: datetime = Field(default_factory=now, sa_type=Moment)
