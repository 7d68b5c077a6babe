"""Very many rows into a table at once: past the ORM, and on SQLite past the statement too."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, repeat
from typing import Any

import orjson
from sqlalchemy import JSON, Dialect, Table, insert, text
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

from diagnose.records.roster import RosterEvent

CACHE = 96 << 10  # KiB in which SQLite keeps the ends of its indexes meanwhile
_AT_ONCE = 5_000


class Same(tuple[Any]):
    """A value that all rows share."""

    __slots__ = ()


Columns = Mapping[str, Sequence[Any] | Same]
Told = Callable[[int], None]


def same(value: Any) -> Same:
    """One value for all rows."""
    return Same((value,))


def table_of(model: type[SQLModel]) -> Table:
    """The table of a record."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # every record has one
    return table


def pour(session: Session, table: Table, columns: Columns, count: int) -> None:
    """Insert `count` rows in the session's transaction, given column by column."""
    if not count:
        return
    if session.get_bind().dialect.name == "sqlite":
        _through_driver(session, table, columns, count)
        return
    given = columns.values()
    cells = [repeat(each[0], count) if isinstance(each, Same) else each for each in given]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))
    while some := list(islice(rows, _AT_ONCE)):
        session.execute(insert(table), some)


def _through_driver(session: Session, table: Table, columns: Columns, count: int) -> None:
    dialect = session.get_bind().dialect
    cells: list[Any] = []
    for name, given in columns.items():
        process = _processor(table.c[name].type, dialect)
        if isinstance(given, Same):
            cells.append(repeat(process(given[0]) if process else given[0], count))
        else:
            cells.append(map(process, given) if process else given)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  # names of our own columns
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.executemany(statement, zip(*cells, strict=True))


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


def hold_roster(session: Session) -> None:
    """Let nobody else record changes until the transaction ends; others may read, and write else.

    SQLite has one writer at a time anyway: whoever wrote first.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = table_of(RosterEvent).name
        session.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))


@contextmanager
def own_tables(session: Session, *tables: Table) -> Iterator[None]:
    """Empty tables of the connection's own, to lay rows ready in.

    All are made before the first row: on SQLite a row begins the transaction, and to make a table
    in it reads the database, so that a write after another's would fail.
    """
    for table in tables:
        session.execute(DropTable(table, if_exists=True))  # what was left behind by a failure
        session.execute(CreateTable(table))
    yield
    for table in tables:
        session.execute(DropTable(table))


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
