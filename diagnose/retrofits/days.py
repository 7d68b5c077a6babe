"""Reckoning with days and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 12


def months_on(day: date, months: int) -> date:
    """The same day so many months on; where that month is shorter, its last day."""
    count = day.year * MONTHS + day.month - 1 + months
    year, month = count // MONTHS, count % MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from that of `first` to that of `last`."""
    found, month = [], first_of(first)
    while month <= last:
        found.append(month)
        month = months_on(month, 1)
    return found


def days_shared(one: tuple[date, date], other: tuple[date, date]) -> int:
    """How many days two spans share; both ends of each belong to it."""
    shared: timedelta = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared.days + 1)
