"""How coverage came about day by day, and when it would be full at the present pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from weakref import WeakKeyDictionary

import numpy as np
from sqlmodel import Session

from diagnose.coverage.arrays import NEVER, Ints, pairs
from diagnose.coverage.assessed import count, frozen_list
from diagnose.coverage.counting import tenths
from diagnose.coverage.loading import Reports
from diagnose.coverage.panel import Panel
from diagnose.coverage.treatment import TREATMENT
from diagnose.records import Campaign

MOST_POINTS = 36  # months shown
MOST_COUNTED = 5  # days of a campaign, beside the one that its forecast looks back to


@dataclass(frozen=True, slots=True)
class Series:
    """The dynamic figure of every day from `start` on: firms due and covered."""

    start: int
    due: Ints
    covered: Ints

    def at(self, day: int) -> tuple[int, int] | None:
        """Covered and due on a day; None before anything is known."""
        place = min(day - self.start, self.due.size - 1)
        return (int(self.covered[place]), int(self.due[place])) if place >= 0 else None


@dataclass(frozen=True, slots=True)
class Point:
    """A day of the curve; `planned` per cent that the plan asks for by then, None without one."""

    day: date
    done: int
    due: int
    planned: float | None

    @property
    def share(self) -> float | None:
        """Done per cent, cut to one decimal."""
        return tenths(self.done, self.due)


@dataclass(frozen=True, slots=True)
class Forecast:
    """When coverage would be full: `missing` firms at `gained` in the last `days` days.

    `day` is None where the pace leads nowhere, or would lead beyond `FARTHEST` years.
    """

    days: int
    gained: int | None
    missing: int
    day: date | None


FARTHEST = 20


def series_of(panel: Panel) -> Series:
    """The dynamic figure day by day, by adding up who comes and goes; kept with the panel."""
    if panel not in _HELD:
        _HELD[panel] = _series(panel)
    return _HELD[panel]


def dynamic_curve(panel: Panel, day: date) -> tuple[Point, ...]:
    """The dynamic figure at the ends of months up to `day`, and on it."""
    held = series_of(panel)
    first = date.fromordinal(max(held.start, 1)) if held.due.size else day
    found = ((each, held.at(each.toordinal())) for each in _month_ends(first, day))
    return tuple(Point(each, *known, None) for each, known in found if known)


def campaign_curve(
    session: Session, panel: Panel, campaign: Campaign, day: date
) -> tuple[Point, ...]:
    """A campaign's figure at some ends of months from its opening to `day`, beside its plan.

    Each point is a count of the whole list, so there are few of them; one is the day that the
    forecast looks back to.
    """
    held = frozen_list(session, panel, campaign)
    days = set(_few(_month_ends(campaign.opens_on, day)))
    paced = day - timedelta(TREATMENT.pace_days)
    points = []
    for each in sorted(days | {paced} if paced >= campaign.opens_on else days):
        done, due = count(panel, held, each.toordinal())
        points.append(Point(each, done, due, planned(campaign, each)))
    return tuple(points)


def planned(campaign: Campaign, day: date) -> float:
    """Per cent that a straight line from the opening to the due day asks for."""
    length = (campaign.due_on - campaign.opens_on).days
    gone = (day - campaign.opens_on).days
    return campaign.target * (min(max(gone / length, 0), 1) if length else float(gone >= 0))


def forecast(panel: Panel, day: date) -> Forecast:
    """When the dynamic figure would be full if it went on as in the last days."""
    days, held = TREATMENT.pace_days, series_of(panel)
    present, before = (held.at(each.toordinal()) for each in (day, day - timedelta(days)))
    covered, due = present or (0, 0)
    gained = None if before is None else covered - before[0]
    return expected(day, days, gained, due - covered)


def campaign_forecast(session: Session, panel: Panel, campaign: Campaign, day: date) -> Forecast:
    """When a campaign's list would be done if it went on as in the last days."""
    held, days = frozen_list(session, panel, campaign), TREATMENT.pace_days
    done, due = count(panel, held, day.toordinal())
    before, _due = count(panel, held, day.toordinal() - days)
    return expected(day, days, done - before, due - done)


def expected(day: date, days: int, gained: int | None, missing: int) -> Forecast:
    """The day on which nothing is missing, at `gained` in so many days."""
    if missing <= 0:
        return Forecast(days, gained, 0, day)
    if not gained or gained < 0:
        return Forecast(days, gained, missing, None)
    ahead = ceil(missing * days / gained)
    far = ahead > FARTHEST * 365
    return Forecast(days, gained, missing, None if far else day + timedelta(ahead))


def _series(panel: Panel) -> Series:
    spells = panel.spells
    firm, since, until = (
        column[spells.plain] for column in (spells.firm, spells.since, spells.until)
    )
    if not firm.size:
        return Series(0, np.empty(0, np.int64), np.empty(0, np.int64))
    valid_firm, valid_since, valid_until = _united(panel.reports)
    left, right = pairs(firm, valid_firm)
    begin = np.maximum(since[left], valid_since[right])
    end = np.minimum(until[left], valid_until[right])
    met = begin < end
    start = int(since.min())
    last = max(int(each[each < NEVER].max(initial=start)) for each in (since, until, begin, end))
    length = last - start + 1
    return Series(
        start,
        _added_up(since, until, start, length),
        _added_up(begin[met], end[met], start, length),
    )


def _united(reports: Reports) -> tuple[Ints, Ints, Ints]:
    """The spans in which each firm has any valid report, in order, none touching another."""
    until = np.minimum(reports.until, np.where(reports.valid < NEVER, reports.valid + 1, NEVER))
    kept = np.flatnonzero(reports.counts < until)
    order = kept[np.lexsort((reports.counts[kept], reports.firm[kept]))]
    firm, since, until = reports.firm[order], reports.counts[order], until[order]
    if not firm.size:
        return firm, since, until
    # Ends of a firm lie above those of the firms before it, so one running maximum serves all.
    reach = np.maximum.accumulate(firm * (2 * NEVER) + until)
    begins = np.append(True, firm[1:] * (2 * NEVER) + since[1:] > reach[:-1])
    first = np.flatnonzero(begins)
    ends = np.append(first[1:], firm.size) - 1
    return firm[first], since[first], reach[ends] - firm[first] * (2 * NEVER)


def _added_up(since: Ints, until: Ints, start: int, length: int) -> Ints:
    come = np.bincount(since - start, minlength=length + 1)[:length]
    ended = until[until < NEVER] - start
    return np.cumsum(come - np.bincount(ended, minlength=length + 1)[:length])


def _month_ends(first: date, last: date) -> list[date]:
    """The ends of months from `first` on, `last` itself the last; at most `MOST_POINTS`."""
    found: list[date] = [last]
    while len(found) < MOST_POINTS:
        before = found[-1].replace(day=1) - timedelta(1)
        if before < first:
            break
        found.append(before)
    if found[-1] > first and len(found) < MOST_POINTS:
        found.append(first)
    return found[::-1] if last >= first else []


def _few(days: list[date]) -> list[date]:
    """Some of the days, evenly spread, the first and the last among them."""
    steps = min(len(days), MOST_COUNTED) - 1
    return [days[at * (len(days) - 1) // steps] for at in range(steps + 1)] if steps > 0 else days


_HELD: WeakKeyDictionary[Panel, Series] = WeakKeyDictionary()
