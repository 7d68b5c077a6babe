"""Which change is possible when, and how a firm stands after it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from diagnose.records.roster import ANSWERING, Change, Ground, Listing
from diagnose.roster.stands import SURVIVES, TOLD, Event, Stand
from diagnose.roster.words import CHANGES, LISTINGS
from models.firms import division_names
from questionnaires.text import Text

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


def stand_after(stand: Stand | None, event: Event, first: Mapping[str, Any]) -> Stand | Text:
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


def is_industrial(code: str) -> bool:
    """Whether an industry code lies in sections B to D, or is not known."""
    return not code or code[:2] in division_names()
