"""Points as pages, reports and drawings write them: the same score reads the same everywhere."""

from __future__ import annotations

from math import ceil, floor

_HAIR = 1e-6  # makes up for binary fractions


def floored(value: float) -> float:
    """Points cut after the second decimal."""
    return floor(value * 100 + _HAIR) / 100


def points(value: float) -> str:
    """Points to two decimals, never rounded up: that could show a threshold not reached."""
    return _plain(floored(value))


def missing(value: float) -> str:
    """Points that are missing, to two decimals, never rounded down: that could show none."""
    return _plain(ceil(value * 100 - _HAIR) / 100)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
