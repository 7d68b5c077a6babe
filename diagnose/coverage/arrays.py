"""Long columns of the database as arrays, in one statement a table.

All columns are gathered by one pass of one statement, so that row n of each is the same row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Integer, String, cast, func, literal, select, type_coerce
from sqlmodel import Session

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = 1 << 30
"""A day that does not come: the end of what lasts."""

DENSE = 16  # values to a place, up to which a table of places is faster than searching


def number(column: Any, unknown: int = 0) -> Any:
    """A column of days or ids as whole numbers, `unknown` where it is empty."""
    return func.coalesce(type_coerce(column, Integer), unknown)


def packed(high: Any, low: Any, bits: int) -> Any:
    """Two columns as one number, `low` in its last bits: every number less is time saved."""
    return type_coerce(high, BigInteger) * literal(1 << bits, BigInteger) + low


def unpacked(numbers: Ints, bits: int) -> tuple[Ints, Ints]:
    """What `packed` put together."""
    return numbers >> bits, numbers & ((1 << bits) - 1)


def read(session: Session, *columns: Any, where: tuple[Any, ...] = ()) -> list[Ints]:
    """Columns of whole numbers as arrays; an order is not promised."""
    row = session.execute(select(*map(_gathered, columns)).where(*where)).one()
    return [_parsed(text) for text in row]


def read_by(
    session: Session, key: Any, *columns: Any, where: tuple[Any, ...] = ()
) -> Mapping[Any, list[Ints]]:
    """The same for each value of `key`."""
    query = select(key, *map(_gathered, columns)).where(*where).group_by(key)
    return {row[0]: [_parsed(text) for text in row[1:]] for row in session.execute(query)}


def pairs(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The places of all pairs of equal values; `right` is in order."""
    if not right.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    begin = np.searchsorted(right, left, "left")
    many = np.searchsorted(right, left, "right") - begin
    of_left = np.repeat(np.arange(left.size), many)
    before = np.repeat(np.cumsum(many) - many, many)
    return of_left, np.arange(of_left.size) - before + np.repeat(begin, many)


def places(values: Ints, of: Ints) -> Ints:
    """Where each of `values` stands in `of`, which is in order; -1 where it is not there."""
    if not of.size:
        return np.full(values.size, -1)
    first, span = of[0], int(of[-1] - of[0]) + 1
    if span > DENSE * of.size:
        found = np.minimum(np.searchsorted(of, values), of.size - 1)
        return np.where(of[found] == values, found, -1)
    table = np.full(span + 1, -1)  # its last place is for all values beyond
    table[of - first] = np.arange(of.size)
    return table[np.where((values >= first) & (values <= of[-1]), values - first, span)]


def distinct(values: Ints) -> Ints:
    """The values in order, each once; faster than `numpy.unique` on what is nearly in order."""
    ordered = np.sort(values, kind="stable")
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if ordered.size else ordered


def _gathered(column: Any) -> Any:
    return func.aggregate_strings(cast(column, String), ",")


def _parsed(text: str | None) -> Ints:
    return np.fromstring(text or "", np.int64, sep=",")
