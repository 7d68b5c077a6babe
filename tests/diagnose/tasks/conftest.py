import pytest

from diagnose.records import Actor
from diagnose.tasks.writing import add_plan
from tests.diagnose.people import DISTRICT

ACTOR = Actor()


@pytest.fixture
def plan(session):
    return add_plan(session, ACTOR, DISTRICT, "实施方案")
