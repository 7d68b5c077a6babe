import pytest

from tests.diagnose.people import make_account
from tests.diagnose.web.api.calling import Caller


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def officer(client, session):
    return Caller(client, session, make_account(session, "officer"))


@pytest.fixture
def firm(client, session):
    return Caller(client, session, make_account(session, "firm"))
