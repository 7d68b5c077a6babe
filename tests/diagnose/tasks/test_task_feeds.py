"""Figures that the system feeds: part, whole and day, from what is recorded."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from diagnose.records import (
    Acceptance,
    Benchmark,
    Census,
    Contract,
    Project,
    SupplyLink,
)
from diagnose.tasks.feeds import FEEDS, read_feeds
from diagnose.workflow.stays import keep_stay
from tests.diagnose.people import DISTRICT, keep, make_diagnosis, make_firm

DAY = date(2026, 7, 1)
BEFORE, AFTER = date(2026, 6, 1), date(2026, 8, 1)
THEN = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def district(session):
    """Two firms: one diagnosed with all that follows, one not; and a stranger with the same."""
    for where in (DISTRICT, "汉阳区"):
        firm, other = make_firm(session, district=where), make_firm(session, district=where)
        done = {"state": "done", "accepted_on": BEFORE, "valid_until": date(2029, 6, 1)}
        keep_stay(session, make_diagnosis(session, firm, **done), BEFORE)
        project = keep(session, Project(firm_id=firm.id, name="设备联网", stage="passed"))
        days = {"signed_on": BEFORE, "starts_on": BEFORE, "ends_on": AFTER, "total": 10.0}
        keep(session, Contract(project_id=project.id, **days))
        accepted = {"asked_on": BEFORE, "finished_on": BEFORE, "verdict": "passed"}
        keep(session, Acceptance(project_id=project.id, decided_on=BEFORE, **accepted))
        chosen = {"year": 2026, "kind": "workshop", "stage": "chosen", "district": where}
        keep(session, Benchmark(project_id=project.id, firm_id=firm.id, **chosen))
        keep(session, SupplyLink(leader_id=firm.id, supplier_id=other.id, agreed_at=THEN))
        keep(session, Census(firm_id=firm.id, stage="submitted", submitted_at=THEN))
    session.commit()


def figures(session, day):
    found = read_feeds(session, DISTRICT, day, FEEDS)
    return {name: (it.part, it.whole) for name, it in found.items() if it}


def test_every_figure_counts_the_district_s_own(session, district):  # noqa: ARG001
    assert figures(session, DAY) == {
        "coverage.dynamic": (1, 2),
        "firms.diagnosed": (1, None),
        "firms.assessed": (0, 2),
        "firms.census": (1, 2),
        "firms.specialised": (0, 0),
        "smes.level_2": (0, 2),
        "projects.contracted": (1, None),
        "projects.accepted": (1, None),
        "benchmarks.chosen": (1, None),
        "suppliers.agreed": (1, None),
    }


def test_a_past_day_knows_nothing_of_later_ones(session, district):  # noqa: ARG001
    found = figures(session, date(2026, 5, 1))
    assert found["projects.contracted"] == found["projects.accepted"] == (0, None)
    assert found["coverage.dynamic"] == (0, 2)
    assert found["suppliers.agreed"] == (0, None)


def test_a_figure_nobody_knows_is_unknown(session):
    assert read_feeds(session, DISTRICT, DAY, ["nonsense"]) == {"nonsense": None}
    assert (
        read_feeds(session, DISTRICT, DAY, ["coverage.dynamic"])["coverage.dynamic"].value is None
    )


def test_the_figures_take_as_many_statements_for_many_firms(session):
    said, counts = [], []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: said.append(told[2]))
    for more in (3, 30):
        for _ in range(more):
            make_firm(session)
        before = len(said)
        read_feeds(session, DISTRICT, DAY, FEEDS)
        counts.append(len(said) - before)
    assert counts[0] == counts[1]
