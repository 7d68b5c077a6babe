"""The treatment table of the programme: each row as it is told of one firm, none forgotten."""

from pathlib import Path

import pytest

from tests.diagnose.coverage.histories import History
from tests.diagnose.coverage.test_treatment_of_several import MARKED
from tests.diagnose.coverage.treatment import DUE, EXAMPLES, seen


@pytest.fixture
def history(session):
    return History(session)


@pytest.mark.parametrize(
    ("tell", "days"),
    [
        pytest.param(tell, days, id=tell.__name__)
        for examples in EXAMPLES.values()
        for tell, days in examples.items()
    ],
)
def test_a_row_of_the_treatment_table(history, tell, days):
    x, bystander = history.firm(-900), history.firm(-900)
    tell(history, x)
    campaign = history.campaign(0, DUE, [x, bystander])
    history.keep()
    assert [(day, *seen(history, campaign, x, day)) for day, *_counts in days] == days
    beside = {seen(history, campaign, bystander, day) for day, *_counts in days}
    assert beside == {("in", "in")}


def test_every_row_of_the_table_has_examples_before_and_after_its_day():
    lines = Path(__file__).with_name("table.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]
    assert len(rows) == len(set(rows)) == 17
    assert set(rows) == set(EXAMPLES) | MARKED
    for examples in EXAMPLES.values():
        assert all(len(days) > 1 for days in examples.values())
