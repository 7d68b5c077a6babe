"""One thing for a firm to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, why, where, and by when; without an address there is nothing to do."""

    title: str
    words: str
    address: str = ""
    label: str = ""
    due: datetime | date | None = None
