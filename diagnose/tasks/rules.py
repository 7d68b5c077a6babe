"""When a task lags and when a letter follows, as data: `rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Rules:
    """See the file for what each value means."""

    yellow_below: float
    red_below: float
    begin_before: int
    reds: int
    mend_days: int
    number: str


@cache
def rules() -> Rules:
    """The rules in force."""
    held = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return Rules(**held["lights"], **held["letters"])
