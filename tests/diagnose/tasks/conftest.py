import pytest
from sqlmodel import Session

from diagnose.records import Actor, connect, upgrade
from diagnose.tasks.writing import add_plan
from tests.diagnose.people import DISTRICT

ACTOR = Actor()


@pytest.fixture
def session(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'diagnose.db'}")
    upgrade(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def plan(session):
    return add_plan(session, ACTOR, DISTRICT, "实施方案")
