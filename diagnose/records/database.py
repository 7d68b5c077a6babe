"""Connections to the database: SQLite set up to be shared, anything else as its URL says."""

from typing import Any

from sqlalchemy import Engine, create_engine, event

BUSY_MS = 10_000


def connect(url: str) -> Engine:
    """Open the database at `url`."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _share)
    return engine


def _share(connection: Any, _record: object) -> None:
    """Let readers and the one writer work side by side, and keep foreign keys."""
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
