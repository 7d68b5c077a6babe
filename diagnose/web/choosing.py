"""What was ticked in a list: the rows themselves, over all pages, or all that a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaires.normal import whole_number

MOST = 20_000
EVERYTHING = "all"


def ticked(form: MultiDict[str, str], name: str) -> tuple[int, ...]:
    """The ids ticked as `name`; a field may hold several, “3,7,12”, from other pages."""
    parts = (part for value in form.getlist(name) for part in value.split(","))
    found = dict.fromkeys(map(whole_number, parts))
    return tuple(number for number in list(found)[:MOST] if number is not None)


def wants_all(form: MultiDict[str, str]) -> bool:
    """Whether all that the search finds is meant, not only what is ticked."""
    return form.get("scope") == EVERYTHING


def carried(rows: Iterable[Any]) -> str:
    """The ids of rows as one hidden field holds them, so that a second page means the same rows."""
    return ",".join(str(row.id) for row in rows)


def pieces(numbers: Sequence[int], size: int = 500) -> list[Sequence[int]]:
    """The ids in pieces that one statement takes."""
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
