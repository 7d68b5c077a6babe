import pytest
from sqlmodel import Session


@pytest.fixture
def session(engine, tmp_path, monkeypatch):
    """A session of an empty database, which commands find, too."""
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("DIAGNOSE_DATABASE_URL", str(engine.url))
    with Session(engine) as opened:
        yield opened
