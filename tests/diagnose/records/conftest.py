import shutil

import pytest
from sqlmodel import Session

from diagnose.records import connect, upgrade
from tests.diagnose import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request):
    """Each kind of database that is supported."""
    return request.param


@pytest.fixture
def bare(kind, tmp_path, request):
    """A database in which no migration has run."""
    if kind == "sqlite":
        yield from opened(f"sqlite:///{tmp_path / 'records.sqlite3'}")
        return
    with postgresql.database(request.getfixturevalue("server")) as url:
        yield from opened(url)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """An SQLite database that is up to date, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "records.sqlite3"
    for engine in opened(f"sqlite:///{path}"):
        upgrade(engine)
    return path


@pytest.fixture
def engine(kind, tmp_path, request):
    """A database that is up to date."""
    if kind == "sqlite":
        path = tmp_path / "records.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield from opened(f"sqlite:///{path}")
        return
    shared = request.getfixturevalue("shared")
    shared.dispose()  # a database in use cannot be copied
    with postgresql.database(request.getfixturevalue("server"), shared.url.database) as url:
        yield from opened(url)


@pytest.fixture(scope="session")
def shared(server):
    """An engine to a PostgreSQL database that is up to date and stays as it is."""
    with postgresql.database(server) as url:
        for engine in opened(url):
            upgrade(engine)
            yield engine


@pytest.fixture
def session(kind, request):
    """A session on an empty database; on PostgreSQL what it commits is taken back in the end."""
    if kind == "sqlite":
        with Session(request.getfixturevalue("engine")) as one:
            yield one
        return
    with (
        request.getfixturevalue("shared").connect() as connection,
        connection.begin() as whole,
        Session(connection, join_transaction_mode="create_savepoint") as one,
    ):
        yield one
        one.close()
        whole.rollback()


def opened(url):
    engine = connect(url)
    yield engine
    engine.dispose()
