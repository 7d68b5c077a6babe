import pytest
from sqlmodel import Session

from diagnose.records import connect, upgrade


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database, made once and copied."""
    path = tmp_path_factory.mktemp("coverage") / "empty.sqlite3"
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def session(migrated, tmp_path):
    path = tmp_path / "coverage.sqlite3"
    path.write_bytes(migrated.read_bytes())
    engine = connect(f"sqlite:///{path}")
    with Session(engine) as opened:
        yield opened
    engine.dispose()
