from contextlib import contextmanager
from shutil import copyfile

import pytest
from sqlalchemy import event

from diagnose.records import connect
from diagnose.settings import Settings
from diagnose.web import create_app
from tests.diagnose.people import make_account, make_firm, sign_in
from tests.diagnose.web.pages import Visitor


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "LOCALE"):
        monkeypatch.delenv(f"DIAGNOSE_{name}", raising=False)
    return Settings(instance=tmp_path / "instance", queue_url="immediate://").ready()


@pytest.fixture
def engine(settings, empty_records):
    copyfile(empty_records, settings.instance / "diagnose.sqlite3")
    engine = connect(settings.database_url)
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
def firm_account(session):
    return make_account(session, "firm")


@pytest.fixture
def firm_visitor(visitor, firm_account):
    """A visitor who is signed in for a firm."""
    sign_in(visitor.client, firm_account)
    return visitor


@pytest.fixture
def as_(app):
    """Visitors signed in as whoever is given: `as_(account).get(…)`."""

    def visit(account):
        client = app.test_client()
        sign_in(client, account)
        return Visitor(client)

    return visit


@pytest.fixture
def begin(visitor, session):
    """Begin an assessment as the account given, or as a new firm's; the page of its section."""

    def start(account=None, uscc="", **typed):
        if account is None:
            firm = make_firm(session, **({"uscc": uscc} if uscc else {}))
            account = make_account(session, "firm", firm_id=firm.id)
        sign_in(visitor.client, account)
        return visitor.send(visitor.get("/assessments/new"), **typed)

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
