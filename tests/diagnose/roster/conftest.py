from shutil import copyfile

import pytest
from sqlmodel import Session

from diagnose.records import connect, upgrade


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory):
    """A migrated database with nothing in it, to be copied: migrating takes its time."""
    path = tmp_path_factory.mktemp("records") / "empty.sqlite3"
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def session(tmp_path, empty_records, monkeypatch):
    """A session of an empty database, which commands find, too."""
    path = copyfile(empty_records, tmp_path / "records.sqlite3")
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("DIAGNOSE_DATABASE_URL", f"sqlite:///{path}")
    engine = connect(f"sqlite:///{path}")
    with Session(engine) as opened:
        yield opened
    engine.dispose()
