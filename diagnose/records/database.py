"""Connections to the database: SQLite set up to be shared, anything else as its URL says."""

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

BUSY_MS = 20_000  # a roster of 530,000 firms keeps other writers waiting for about ten seconds
REPEATED = "23505"  # PostgreSQL's code for what a unique constraint refuses
CONNECTIONS = 16  # each of eight threads holds at most two: its own, and one to log a refusal


def connect(url: str) -> Engine:
    """Open the database at `url`.

    On SQLite, reads begin no transaction and a write begins one with the write itself, which waits
    for the writer before it: nobody writes on the ground of a snapshot that is out of date.
    Errors do not tell the values of a statement: they are written into logs.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_size=CONNECTIONS,
            pool_pre_ping=True,
            pool_recycle=3600,
            hide_parameters=True,
        )
    engine = create_engine(url, pool_size=CONNECTIONS, hide_parameters=True)
    event.listen(engine, "connect", _share)
    return engine


def is_busy(error: OperationalError) -> bool:
    """Whether others wrote for longer than one waits: nothing was written, a second try may be."""
    name = getattr(error.orig, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def is_second(error: IntegrityError) -> bool:
    """Whether there already is what there may be one of; servers word it in many languages."""
    name = getattr(error.orig, "sqlite_errorname", "")
    state = getattr(error.orig, "sqlstate", "")
    return name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"} or state == REPEATED


def _share(connection: Any, _record: object) -> None:
    """Let readers and the one writer work side by side, and keep foreign keys.

    What was acknowledged has to survive a power cut too, so every commit waits for the disk: FULL
    costs it 0.3 to 5 ms on the disks we measured, where NORMAL may lose the last commits.
    """
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
