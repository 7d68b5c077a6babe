"""Roster events of one firm in one district, folded into how it stood day by day; no database.

Events count from their effective day, several of a day in the order of recording; an event that
was voided never happened. What is impossible has no effect and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Any

from diagnose.records.roster import Change
from diagnose.roster.rules import stand_after
from diagnose.roster.stands import SAYS, TOLD, Event, Folded, Impossible, Span, Stand, Step
from questionnaires.text import Text


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
            then = stand_after(stand, event, first)
            if isinstance(then, Text):
                impossible.append(Impossible(event, then))
            else:
                steps.append(Step(event, stand, then))
                stand = then
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
