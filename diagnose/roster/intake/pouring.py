"""Very many rows into a table at once: past the ORM, and on SQLite past the statement too."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, repeat
from typing import Any

import orjson
from sqlalchemy import JSON, Dialect, insert
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

CACHE = 96 << 10  # KiB in which SQLite keeps the ends of its indexes meanwhile
_AT_ONCE = 5_000


class Same(tuple[Any]):
    """A value that all rows share."""

    __slots__ = ()


Columns = Mapping[str, Sequence[Any] | Same]


def same(value: Any) -> Same:
    """One value for all rows."""
    return Same((value,))


def pour(session: Session, table: type[SQLModel], columns: Columns, count: int) -> range | None:
    """Insert `count` rows in the session's transaction, given column by column.

    SQLite, where nobody else writes meanwhile, tells their ids; elsewhere ask by what is unique.
    """
    if not count:
        return None
    if session.get_bind().dialect.name == "sqlite":
        return _through_driver(session, table, columns, count)
    given = columns.values()
    cells = [repeat(each[0], count) if isinstance(each, Same) else each for each in given]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))
    while some := list(islice(rows, _AT_ONCE)):
        session.execute(insert(table), some)
    return None


def _through_driver(session: Session, table: type[SQLModel], columns: Columns, count: int) -> range:
    dialect, kept = session.get_bind().dialect, table.__table__.columns  # type: ignore[attr-defined]  # every table has one
    cells: list[Any] = []
    for name, given in columns.items():
        process = _processor(kept[name].type, dialect)
        if isinstance(given, Same):
            cells.append(repeat(process(given[0]) if process else given[0], count))
        else:
            cells.append(map(process, given) if process else given)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.__tablename__}" ({names}) VALUES ({marks})'  # noqa: S608  # names of our own columns
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.executemany(statement, zip(*cells, strict=True))
    last = session.connection().exec_driver_sql("SELECT last_insert_rowid()").scalar_one()
    return range(last - count + 1, last + 1)


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes of a value what the driver takes; None where it takes it as it is."""
    if isinstance(kind, JSON):
        return lambda value: orjson.dumps(value).decode()
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return None if process is None else _Once(process).__getitem__


class _Once(dict[Any, Any]):
    """Days and moments come again and again: each is processed once."""

    def __init__(self, process: Callable[[Any], Any]) -> None:
        super().__init__()
        self.process = process

    def __missing__(self, value: Any) -> Any:
        self[value] = self.process(value)
        return self[value]


@contextmanager
def without_collector() -> Iterator[None]:
    """Spare the search for cycles: many rows in short-lived lists set it off all the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def roomy(session: Session) -> Iterator[None]:
    """Give SQLite's connection a larger cache for a while."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = session.connection()
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE}")
    try:
        yield
    finally:
        if not session.connection().invalidated:
            session.connection().exec_driver_sql(f"PRAGMA cache_size = {before}")
