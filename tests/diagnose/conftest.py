import pytest

from tests.diagnose import postgresql


@pytest.fixture(scope="session")
def server():
    """The URL of a PostgreSQL server in which databases may be made."""
    with postgresql.cluster() as url:
        yield url
