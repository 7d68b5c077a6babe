"""Roster events of one firm in one district, folded into how it stood day by day; no database.

Events count from their effective day, several of a day in the order of recording; an event that
was voided never happened. What is impossible has no effect and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import groupby, zip_longest
from math import nan
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from diagnose.records.roster import ANSWERING, Change, Ground, Listing
from diagnose.roster.words import CHANGES, LISTINGS
from models.firms import division_names, size_classes
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

NOT_THEN = Text(
    "{day}“{change}”：企业当时{listing}，不能这样登记。",
    "“{change}” on {day}: the firm was {listing} then, so this cannot have happened.",
)
NOT_STOPPED = Text(
    "{day}“复产”：企业当时没有停产。", "“Resumed” on {day}: production did not rest then."
)
STOPPED_ALREADY = Text(
    "{day}“停产”：企业当时已经停产。", "“Stopped” on {day}: production rested already."
)
NOT_EXEMPT = Text(
    "{day}“恢复纳入”：企业当时没有免诊。", "“Readmitted” on {day}: the firm was not exempt then."
)
NEVER_ENTERED = Text("不在名录中", "not on the roster")


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


def fold(events: Iterable[Event]) -> Folded:
    """The history that events tell."""
    counting = in_order(events)
    first = _first_told(counting)
    stand: Stand | None = None
    days: list[tuple[date, Stand]] = []
    steps: list[Step] = []
    impossible: list[Impossible] = []
    for day, of_day in groupby(counting, attrgetter("effective_on")):
        for event in of_day:
            after = _after(stand, event, first)
            if isinstance(after, Text):
                impossible.append(Impossible(event, after))
            else:
                steps.append(Step(event, stand, after))
                stand = after
        if stand is not None:
            days.append((day, stand))
    ends = zip_longest(days, (day for day, _stand in days[1:]))
    spans = tuple(Span(day, end, held) for (day, held), end in ends)
    return Folded(spans, tuple(steps), tuple(impossible))


def in_order(events: Iterable[Event]) -> Sequence[Event]:
    """The events that count, as they happened: without those that are void."""
    held = list(events)
    void = {event.voids_id for event in held if event.voids_id is not None}
    counting = [e for e in held if e.change != Change.VOIDED and e.id not in void]
    return sorted(counting, key=lambda event: (event.effective_on, event.id or 0))


@lru_cache(maxsize=1 << 16)
def size_of(employees: int | None, revenue: float | None) -> int:
    """The size class of one firm, -1 where its figures leave it open."""
    persons = np.array([nan if employees is None else employees], float)
    yuan = np.array([nan if revenue is None else revenue], float)
    return int(size_classes(persons, yuan)[0])


def is_industrial(code: str) -> bool:
    """Whether an industry code lies in sections B to D, or is not known."""
    return not code or code[:2] in division_names()


@dataclass(frozen=True, slots=True)
class _Rule:
    """In which listings a change is possible, and which listing follows (None: the same)."""

    within: Collection[Listing]
    follows: Listing | None = None


_ANY = tuple(Listing)
_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        Change.ENTERED: _Rule((Listing.BELOW, Listing.NOT_INDUSTRIAL), Listing.LISTED),
        Change.LEFT: _Rule((Listing.LISTED,), Listing.BELOW),
        Change.MOVED_IN: _Rule((Listing.BELOW, Listing.MOVED_OUT), Listing.LISTED),
        Change.MOVED_OUT: _Rule(ANSWERING, Listing.MOVED_OUT),
        Change.STOPPED: _Rule(ANSWERING),
        Change.RESUMED: _Rule(ANSWERING),
        Change.CLOSED: _Rule((*ANSWERING, Listing.MOVED_OUT), Listing.CLOSED),
        Change.MERGED: _Rule(ANSWERING, Listing.MERGED),
        Change.SPLIT: _Rule(ANSWERING),
        Change.RENAMED: _Rule(_ANY),
        Change.RECODED: _Rule(_ANY),
        Change.INDUSTRY: _Rule(_ANY),
        Change.DESCRIBED: _Rule(_ANY),
        Change.EXEMPTED: _Rule(_ANY),
        Change.READMITTED: _Rule(_ANY),
    }
)
_GOES = frozenset({Change.MOVED_OUT, Change.MERGED, Change.SPLIT})
"""Changes that only a firm which is known here can undergo."""


def _first_told(counting: Sequence[Event]) -> dict[str, Any]:
    """What is first known of each fact, which holds for the time before, too."""
    first: dict[str, Any] = {}
    for event in counting:
        about = SAYS.get(event.change)
        if about and "was" in event.facts:
            first.setdefault(about, event.facts["was"])
        for name in TOLD:
            if name in event.facts:
                first.setdefault(name, event.facts[name])
    return first


def _after(stand: Stand | None, event: Event, first: Mapping[str, Any]) -> Stand | Text:
    """How the firm stands after an event, or why that cannot have happened."""
    change, before = Change(event.change), stand or Stand(event.effective_on, facts=first)
    refused = _refused(stand, before, event)
    if refused is not None:
        return refused
    told = {name: event.facts[name] for name in TOLD if name in event.facts}
    after = replace(before, facts={**before.facts, **told})
    follows = _RULES[change].follows
    if follows is not None:
        after = replace(after, listing=follows)
    also = _ALSO.get(change)
    return also(after, event) if also else after


def _refused(stand: Stand | None, before: Stand, event: Event) -> Text | None:
    change = Change(event.change)
    if before.listing not in _RULES[change].within:
        return _say(NOT_THEN, event, LISTINGS[before.listing])
    if stand is None and change in _GOES:
        return _say(NOT_THEN, event, NEVER_ENTERED)
    if change == Change.STOPPED and before.stopped:
        return _say(STOPPED_ALREADY, event)
    if change == Change.RESUMED and not before.stopped:
        return _say(NOT_STOPPED, event)
    if change == Change.READMITTED and before.ground == Ground.NONE:
        return _say(NOT_EXEMPT, event)
    return None


def _say(text: Text, event: Event, listing: Text = NEVER_ENTERED) -> Text:
    day, change = event.effective_on, CHANGES[event.change]
    return Text(
        text.zh.format(day=day, change=change.zh, listing=listing.zh),
        text.en.format(day=day, change=change.en, listing=listing.en),
    )


def _begin(after: Stand, event: Event) -> Stand:
    """Whoever enters anew brings no exemption and no rest along."""
    return replace(after, entered=event.effective_on, ground=Ground.NONE, stopped=False)


def _exempt(after: Stand, event: Event) -> Stand:
    return replace(after, ground=Ground(event.facts.get("ground", Ground.OTHER)))


def _resume(after: Stand, _event: Event) -> Stand:
    """An exemption that rested on the stop ends with it."""
    ground = Ground.NONE if after.ground == Ground.STOPPED else after.ground
    return replace(after, stopped=False, ground=ground)


def _stop(after: Stand, _event: Event) -> Stand:
    return replace(after, stopped=True)


def _readmit(after: Stand, _event: Event) -> Stand:
    return replace(after, ground=Ground.NONE)


def _split(after: Stand, event: Event) -> Stand:
    """A firm that goes on after its split stands as before."""
    return after if event.facts.get(SURVIVES) else replace(after, listing=Listing.SPLIT)


def _change_industry(after: Stand, _event: Event) -> Stand:
    leaves = after.listing == Listing.LISTED and not is_industrial(after.facts["industry"])
    return replace(after, listing=Listing.NOT_INDUSTRIAL) if leaves else after


_ALSO: Mapping[str, Callable[[Stand, Event], Stand]] = MappingProxyType(
    {
        Change.ENTERED: _begin,
        Change.MOVED_IN: _begin,
        Change.STOPPED: _stop,
        Change.RESUMED: _resume,
        Change.SPLIT: _split,
        Change.INDUSTRY: _change_industry,
        Change.EXEMPTED: _exempt,
        Change.READMITTED: _readmit,
    }
)
