from datetime import UTC, date, datetime, timedelta

import pytest

from diagnose.records import Verdict
from diagnose.retrofits.days import days_shared, months_between, months_on
from diagnose.retrofits.lateness import (
    Run,
    delays,
    effects_due,
    late_projects,
    months_due,
    months_owed,
    report_due,
)
from diagnose.retrofits.stages import LIFE
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.projects import (
    make_acceptance,
    make_contract,
    make_figure,
    make_month,
    make_project,
)

DAY = date(2026, 11, 23)


def run(**changes):
    held = {"stage": "under_way", "since": DAY, "progress": 50}
    held |= {"starts_on": date(2026, 10, 25), "ends_on": date(2027, 10, 24)}
    return Run(**held | changes)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_end_where_the_month_does(day, months, found):
    assert months_on(day, months) == found


def test_spans_share_days_at_both_ends():
    assert days_shared((date(2026, 1, 1), date(2026, 1, 10)), (DAY, DAY)) == 0
    assert days_shared((DAY, DAY), (DAY, DAY)) == 1
    assert len(months_between(date(2025, 11, 30), date(2026, 2, 1))) == 4


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (date(2026, 11, 10), []),
        (date(2026, 11, 11), [date(2026, 10, 1)]),
        (date(2026, 12, 11), [date(2026, 10, 1), date(2026, 11, 1)]),
    ],
)
def test_a_month_is_due_on_the_tenth_of_the_next(day, missing):
    assert report_due(date(2026, 10, 1)) == date(2026, 11, 10)
    assert months_due(run(), day) == missing
    assert months_due(run(reported={date(2026, 10, 1)}), date(2026, 11, 20)) == []


def test_only_projects_at_work_owe_months():
    for stage in LIFE.stages:
        owes = bool(months_due(run(stage=stage), DAY))
        assert owes == (stage in {"contracted", "under_way"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reported": {date(2026, 10, 1)}}, []),
        ({"stage": "pooled", "since": DAY - timedelta(366), "starts_on": None}, ["下一步"]),
        ({"stage": "pooled", "since": DAY - timedelta(365), "starts_on": None}, []),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 22),
          "reported": months_between(date(2026, 1, 1), DAY)}, ["届满"]),
        ({"starts_on": date(2025, 12, 1), "ends_on": date(2026, 12, 31), "progress": 60,
          "reported": months_between(date(2025, 12, 1), DAY)}, ["进度"]),
        ({"starts_on": date(2025, 12, 1), "ends_on": date(2026, 12, 31), "progress": 80,
          "reported": months_between(date(2025, 12, 1), DAY)}, []),
        ({}, ["月报"]),
        ({"progress": 0, "starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 30)}, []),
        ({"stage": "terminated"}, []),
    ],
)  # fmt: skip
def test_late_is_reckoned_from_clock_term_progress_and_reports(changes, words):
    found = delays(run(**changes), DAY)
    assert [word in why.zh for word, why in zip(words, found, strict=True)] == [True] * len(words)


def test_the_lists_of_a_district_hold_its_own_and_take_as_many_statements_for_many(session):
    for name in (DISTRICT, "汉阳区"):
        firm = make_firm(session, district=name)
        project = make_project(session, firm, "under_way", progress=5)
        make_contract(session, project, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
        make_month(session, project, date(2026, 9, 1))
    [late] = late_projects(session, DISTRICT, DAY)
    assert late.firm.district == DISTRICT
    assert len(late.why) == 2
    [owed] = months_owed(session, DISTRICT, DAY)
    assert (owed.month, owed.due) == (date(2026, 10, 1), date(2026, 11, 10))


def test_effects_are_due_after_six_and_twelve_months_until_reported(session):
    firm = make_firm(session)
    project = make_project(session, firm, "passed")
    passed = {"verdict": Verdict.PASSED, "finished_on": date(2026, 5, 31)}
    make_acceptance(session, project, **passed)
    looks = effects_due(session, DISTRICT)
    assert [(x.months, x.due, x.reported) for x in looks] == [
        (6, date(2026, 11, 30), False),
        (12, date(2027, 5, 31), False),
    ]
    make_figure(session, project, half_year=0.0)
    assert [look.reported for look in effects_due(session, DISTRICT)] == [True, False]
    ended = make_project(session, firm, "terminated", stage_since=datetime(2026, 1, 1, tzinfo=UTC))
    make_acceptance(session, ended, **passed)
    assert len(effects_due(session, DISTRICT)) == 2
