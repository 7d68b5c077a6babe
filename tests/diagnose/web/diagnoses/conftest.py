import pytest

from tests.diagnose.people import make_account, make_diagnosis, make_firm, sign_in


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def waiting(session):
    return make_diagnosis(session, make_firm(session, name="待分派的企业"))
