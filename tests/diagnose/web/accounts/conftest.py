import pytest

from diagnose.accounts import passwords
from tests.diagnose.people import make_account
from tests.diagnose.web.accounts.entering import PASSWORD


@pytest.fixture(scope="module")
def kept_hash():
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def person(session, kept_hash):
    return make_account(session, "consultant", password_hash=kept_hash, username="wang")


@pytest.fixture
def come(visitor):
    """Send the page of sign-in."""

    def send(username="wang", password=PASSWORD, path="/account/sign-in", **options):
        return visitor.send(visitor.get(path), username=username, password=password, **options)

    return send
