"""How a firm stands, and the history that its events tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from math import nan
from typing import Any, Protocol

import numpy as np

from diagnose.records.roster import Change, Ground, Listing
from models.firms import size_classes
from questionnaires.text import Text

FACTS = (
    "name",
    "uscc",
    "industry",
    "region",
    "park",
    "chain",
    "employees",
    "revenue",
    "honours",
    "grid",
    "remark",
)
"""What events say of a firm that its row repeats as of today."""
TOLD = (*FACTS, "how")
SAYS: Mapping[str, str] = {
    Change.RENAMED: "name",
    Change.RECODED: "uscc",
    Change.INDUSTRY: "industry",
}
"""The one fact that a change is about."""
SURVIVES = "survives"
"""The fact of a split after which the firm goes on beside its children."""
BRANCH = "branch"
"""The fact of a merger that is none: the firm is a branch, counted with its legal unit."""


class Event(Protocol):
    """What the fold reads of an event; rows of the table and tuples of a statement have it."""

    @property
    def id(self) -> int | None:
        """The order of recording."""

    @property
    def change(self) -> str:
        """A `Change`."""

    @property
    def effective_on(self) -> date:
        """The day it counts from."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What it says of the firm."""

    @property
    def voids_id(self) -> int | None:
        """The event it takes back."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a firm stands; `entered` is the day of the latest entering, else of the first event."""

    entered: date
    listing: Listing = Listing.BELOW
    ground: Ground = Ground.NONE
    stopped: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def division(self) -> int:
        """The first two digits of the industry code, 0 where it is not known."""
        return int((self.facts.get("industry") or "0")[:2])

    @property
    def size(self) -> int:
        """The size class, -1 where it is not known."""
        return size_of(self.facts.get("employees"), self.facts.get("revenue"))

    @property
    def due(self) -> bool:
        """Whether it counts in the denominator of the day: on the roster, not exempt."""
        return self.listing == Listing.LISTED and self.ground == Ground.NONE

    @property
    def counted(self) -> tuple[Any, ...]:
        """All that a spell keeps of it, names in place of ids."""
        facts = self.facts
        return (
            self.listing,
            self.ground,
            self.stopped,
            self.entered,
            facts.get("region") or "",
            facts.get("park") or "",
            facts.get("chain") or "",
            self.division,
            self.size,
            facts.get("honours") or 0,
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A firm stands so from `since` until the day before `until` (None: still)."""

    since: date
    until: date | None
    stand: Stand


@dataclass(frozen=True, slots=True)
class Impossible:
    """An event that cannot have happened, and why."""

    event: Event
    why: Text


@dataclass(frozen=True, slots=True)
class Step:
    """An event that had its effect: how the firm stood before it (None: not known) and after."""

    event: Event
    before: Stand | None
    after: Stand

    @property
    def effect(self) -> int:
        """By how many firms it changes the number of those that are due."""
        return self.after.due - (self.before is not None and self.before.due)


@dataclass(frozen=True, slots=True)
class Folded:
    """A history: how the firm stood from event to event, and what in it is impossible."""

    spans: tuple[Span, ...]
    steps: tuple[Step, ...]
    impossible: tuple[Impossible, ...]

    def on(self, day: date) -> Stand | None:
        """How the firm stood on a day; None before anything was known of it."""
        for span in reversed(self.spans):
            if span.since <= day:
                return span.stand
        return None

    def spells(self) -> tuple[Span, ...]:
        """The spans as they are counted: those that differ only in words are one."""
        found: list[Span] = []
        for _counted, alike in groupby(self.spans, lambda span: span.stand.counted):
            some = list(alike)
            found.append(Span(some[0].since, some[-1].until, some[0].stand))
        return tuple(found)


@lru_cache(maxsize=1 << 16)
def size_of(employees: int | None, revenue: float | None) -> int:
    """The size class of one firm, -1 where its figures leave it open."""
    persons = np.array([nan if employees is None else employees], float)
    yuan = np.array([nan if revenue is None else revenue], float)
    return int(size_classes(persons, yuan)[0])
