import pytest
from sqlmodel import Session

from diagnose.records import connect, upgrade


@pytest.fixture
def session(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'projects.sqlite3'}")
    upgrade(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()
