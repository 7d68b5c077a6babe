"""Lights: how what is done compares with what should be done by today."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class Light(StrEnum):
    """GREY: nothing is due, or not begun."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


@cache
def rules() -> dict[str, Any]:
    """The bounds between the lights, per cent of what should be done."""
    text = Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def elapsed(start: date, end: date, day: date) -> float:
    """The share of the time from `start` to `end` that is over on `day`, from 0 to 1."""
    if day >= end:
        return 1.0
    return max((day - start).days, 0) / (end - start).days


def light(done: float, wanted: float, share: float) -> Light:
    """The light of what is `done` of `wanted` when `share` of the time is over."""
    expected = wanted * share
    if wanted <= 0 or expected <= 0:
        return Light.GREY
    reached = 100 * done
    if reached < rules()["red_below"] * expected:
        return Light.RED
    return Light.YELLOW if reached < rules()["yellow_below"] * expected else Light.GREEN
