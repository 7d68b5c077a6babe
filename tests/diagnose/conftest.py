from shutil import copyfile

import pytest
from sqlmodel import Session

from diagnose.records import connect, upgrade
from tests.diagnose import postgresql


@pytest.fixture(scope="session")
def server():
    """The URL of a PostgreSQL server in which databases may be made."""
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory):
    """A migrated database with nothing in it, to be copied: migrating takes its time."""
    path = tmp_path_factory.mktemp("records") / "empty.sqlite3"
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(tmp_path, empty_records):
    engine = connect(f"sqlite:///{copyfile(empty_records, tmp_path / 'records.sqlite3')}")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with Session(engine) as opened:
        yield opened
