"""Phone numbers as lists and exports show them."""

from __future__ import annotations

SHOWN_FIRST, SHOWN_LAST = 3, 4


def masked(phone: str) -> str:
    """A phone number that shows whether it is the one somebody knows, and no more."""
    hidden = len(phone) - SHOWN_FIRST - SHOWN_LAST
    if hidden <= 0:
        return "*" * len(phone)
    return phone[:SHOWN_FIRST] + "*" * hidden + phone[-SHOWN_LAST:]
