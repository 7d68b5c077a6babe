"""The clock of the programme: days and hours are China's, wherever the machine stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
"""The time zone in which people read hours and days; what is kept is in UTC."""


def day_of(moment: datetime) -> date:
    """The day that an aware moment falls on in China."""
    return moment.astimezone(HERE).date()


def today() -> date:
    """The day it is in China."""
    return day_of(datetime.now(UTC))
