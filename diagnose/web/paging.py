"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select
from sqlmodel.sql.expression import Select

from questionnaires.normal import whole_number

LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list of `count` entries."""

    rows: Sequence[Any]
    count: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.size))


def page_number(arguments: Mapping[str, str]) -> int:
    """The page asked for; anything that is no page number is the first."""
    asked = whole_number(arguments.get("page", ""))
    return 1 if asked is None else min(max(1, asked), LARGEST)


def paged(session: Session, query: Select[*tuple[Any, ...]], number: int, size: int) -> Paged:
    """Page `number` of what `query` finds, in two statements; past the end, the last page."""
    count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = _within(number, count, size)
    rows = session.exec(query.limit(size).offset((number - 1) * size)).all()
    return Paged(rows, count, number, size)


def sliced(found: Any, number: int, size: int) -> Paged:
    """Page `number` of a list or array that is at hand; past the end, the last page."""
    number = _within(number, len(found), size)
    return Paged(found[(number - 1) * size : number * size], len(found), number, size)


def _within(number: int, count: int, size: int) -> int:
    return min(number, max(1, -(-count // size)))
