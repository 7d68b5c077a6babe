"""Bring a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

import diagnose

MIGRATIONS = Path(diagnose.__file__).parent / "migrations"
LOCK = 0x6469_6167  # any number, the same for every process that migrates


class MigrationFailedError(RuntimeError):
    """The migrated database holds references to rows that are not there."""


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the migrations that the database at `engine` has not seen, all or none of them.

    Two processes that start at once take turns.
    """
    config = _config()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Rebuilding a table drops it, which would take the rows that refer to it along.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
        try:
            with connection.begin():
                _take_turns(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                _check_references(connection)
        finally:
            connection.invalidate()


def revision_of(engine: Engine) -> str | None:
    """The last migration that the database has seen; None where there was none yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database has seen every migration."""
    return revision_of(engine) == ScriptDirectory.from_config(_config()).get_current_head()


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # Python's driver begins no transaction for what changes tables.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise MigrationFailedError(f"a row of {lost[0]} refers to a row of {lost[2]} that is gone")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
