"""PostgreSQL understands what a panel is read by, and counts the same as SQLite."""

import pytest
from sqlmodel import Session

from diagnose.coverage import count_coverage, figures_of
from diagnose.records import Report, connect, upgrade
from diagnose.records.roster import Change, Ground
from tests.diagnose import postgresql
from tests.diagnose.coverage.histories import History, on

DAYS = (-1, 60, 120, 320)


@pytest.fixture
def there(server):
    with postgresql.database(server) as url:
        engine = connect(url)
        upgrade(engine)
        with Session(engine) as opened:
            yield opened
        engine.dispose()


def told(session):
    """A history with everything that a panel reads, and its campaign."""
    history = History(session)
    firms = [history.firm(-900) for _number in range(6)]
    for firm in firms[:3]:
        history.done(firm, 50)
    history.event(firms[0], Change.MERGED, 100, other=firms[3])
    history.event(firms[1], Change.CLOSED, 100)
    history.expire(firms[2], 110)
    history.event(firms[4], Change.EXEMPTED, 100, facts={"ground": Ground.OTHER})
    history.event(firms[5], Change.SPLIT, 100)
    history.event(history.firm(), Change.ENTERED, 100, other=firms[5], facts={"industry": "3484"})
    moved = history.firm()
    history.event(moved, Change.ENTERED, -900, facts={"industry": "3484"}, district="别区")
    history.done(moved, 10)
    history.event(moved, Change.MOVED_OUT, 50, district="别区")
    history.event(moved, Change.MOVED_IN, 50, facts={"industry": "3484"})
    history.transfer(moved, 10, 300)
    found = history.diagnoses[firms[0]]
    frozen = {"number": "BG", "dated": on(50), "standard": "s", "standard_version": "1"}
    session.add(Report(diagnosis_id=found.id, version=1, level=2, **frozen))
    campaign = history.campaign(0, 300, firms)
    history.keep()
    return campaign


def test_a_panel_is_the_same_on_either_database(session, there):
    here, other = told(session), told(there)
    for day in map(on, DAYS):
        counted = count_coverage(session, "江岸区", day, here)
        assert count_coverage(there, "江岸区", day, other) == counted
        for figure in ("covered", "ever", "frozen_done", "frozen_open", "level:2"):
            lists = [
                figures_of(one, "江岸区", day, campaign).firms(figure).tolist()
                for one, campaign in ((session, here), (there, other))
            ]
            assert lists[0] == lists[1], figure
    assert (counted.assessed.done, counted.total.due) == (3, 4)
