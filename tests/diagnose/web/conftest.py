from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import Session

from diagnose.records import connect, upgrade
from diagnose.settings import Settings
from diagnose.web import create_app
from tests.diagnose.factories import make_uscc
from tests.diagnose.web.pages import Visitor


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "LOCALE"):
        monkeypatch.delenv(f"DIAGNOSE_{name}", raising=False)
    return Settings(instance=tmp_path / "instance", queue_url="immediate://").ready()


@pytest.fixture
def engine(settings):
    engine = connect(settings.database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def app(settings, engine):  # noqa: ARG001  # the database is migrated first
    app = create_app(settings)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def visitor(app):
    return Visitor(app.test_client())


@pytest.fixture
def session(engine):
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def begin(visitor):
    """Begin an assessment; the page of its first section."""

    def start(**changes):
        firm = {
            "name": "武汉一号机械有限公司",
            "uscc": make_uscc(),
            "industry": "3484",
            "employees": "120",
            "revenue": "8600",
            "region": "东湖高新",
        }
        return visitor.send(visitor.get("/assessments/new"), **(firm | changes))

    return start


class Count:
    """How many SQL statements were run."""

    def __init__(self):
        self.total, self.said = 0, []

    def add(self, _connection, _cursor, statement, *_rest):
        self.total += 1
        self.said.append(statement)


@pytest.fixture
def statements():
    """Count the statements that an app runs: `with statements(app) as count: visitor.get(…)`."""

    @contextmanager
    def counting(app):
        count, engine = Count(), app.extensions["database"]
        event.listen(engine, "before_cursor_execute", count.add)
        try:
            yield count
        finally:
            event.remove(engine, "before_cursor_execute", count.add)

    return counting
