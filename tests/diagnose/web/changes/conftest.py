import pytest

from tests.diagnose.people import make_account, sign_in


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account
