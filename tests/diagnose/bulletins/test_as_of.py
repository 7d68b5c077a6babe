"""Every figure of a bulletin is that of its day, whatever happened since."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diagnose.bulletins import gather
from diagnose.moves import Wanted
from diagnose.records import Actor, Stay, Task, TaskPlan
from diagnose.retrofits import move_project
from diagnose.tasks.writing import make_move, set_value
from tests.diagnose.people import DISTRICT, keep, make_account, make_diagnosis, make_firm
from tests.diagnose.projects import make_contract, make_month, make_project, make_recommended

OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 23)
NOVEMBER = date(2026, 11, 1)


def noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def told(session, part):
    """A part of the bulletins of October and of November."""
    return [gather(session, DISTRICT, month, TODAY)[part] for month in (OCTOBER, NOVEMBER)]


@pytest.fixture
def pooled(session):
    """A project that stands in the pool since September."""
    firm = make_firm(session)
    since = noon(date(2026, 9, 1))
    return make_recommended(session, firm, date(2025, 9, 1), stage_since=since, decided_at=since)


def sign(session, project, day, **changes):
    days = {"signed_on": day, "starts_on": day, "ends_on": day + timedelta(200)}
    return make_contract(session, project, **days | {"recorded_at": noon(day)} | changes)


def test_projects_and_money_are_those_of_the_day(session, pooled):
    first = date(2026, 10, 20)
    sign(session, pooled, first, total=60)
    sign(session, pooled, first, total=75, change="扩充", recorded_at=noon(date(2026, 11, 9)))
    make_month(session, pooled, date(2026, 10, 1), spent=4)
    make_month(session, pooled, date(2026, 11, 1), spent=7)
    firm = make_account(session, "firm", firm_id=pooled.firm_id)
    act = Actor(at=noon(date(2026, 11, 9)))
    move_project(session, pooled, Wanted("contract"), firm, act)
    session.commit()
    then, now = told(session, "projects")
    assert (then["pooled"], then["under_way"], now["pooled"], now["under_way"]) == (1, 0, 0, 1)
    assert (then["contracted"], now["contracted"]) == (60, 75)
    assert (then["spent"], now["spent"], then["spent_month"], now["spent_month"]) == (4, 11, 4, 7)
    assert then["untold"] == now["untold"] == 0


def test_a_stage_that_nothing_tells_is_said_to_be_unknown(session):
    make_project(session, make_firm(session), "passed", stage_since=noon(date(2026, 11, 5)))
    then, now = told(session, "projects")
    assert (then["passed"], then["untold"], now["passed"], now["untold"]) == (0, 1, 1, 0)


def test_a_report_opened_again_counts_for_the_days_on_which_it_stood(session, pooled):
    stay = session.get(Stay, 1)
    stay.until = date(2026, 11, 5)
    keep(session, stay)
    held = {"diagnosis_id": stay.diagnosis_id, "firm_id": stay.firm_id}
    keep(session, Stay(**held, state="drafting", since=stay.until))
    sign(session, pooled, date(2026, 8, 3))
    then, now = told(session, "projects")
    assert (then["conversion"], now["conversion"]) == ([1, 1], None)


def test_steps_due_next_month_are_those_that_were_open(session):
    firm = make_firm(session)
    opened = {"opened_at": noon(date(2026, 10, 25)), "state": "drafting"}
    diagnosis = make_diagnosis(session, firm, **opened)
    stay = session.get(Stay, 1)
    stay.until = date(2026, 11, 3)
    keep(session, stay)
    held = {"diagnosis_id": diagnosis.id, "firm_id": firm.id}
    keep(session, Stay(**held, state="in_review", since=date(2026, 11, 22)))
    then, now = told(session, "ahead")
    assert [(line["state"], line["due"]) for line in then["lines"]] == [("drafting", "2026-11-09")]
    assert [(line["state"], line["due"]) for line in now["lines"]] == []
    later = gather(session, DISTRICT, NOVEMBER, date(2026, 11, 30))["ahead"]
    assert [(line["state"], line["due"]) for line in later["lines"]] == [
        ("in_review", "2026-12-02")
    ]


def test_tasks_stand_as_they_did(session):
    plan = keep(session, TaskPlan(district=DISTRICT, title="行动方案"))
    given = {"number": "1", "title": "建成平台", "lead": "区科经局", "goal": 10, "unit": "个"}
    days = {"starts_on": date(2026, 10, 1), "due_on": date(2026, 10, 30)}
    task = keep(session, Task(plan_id=plan.id, **given, **days))
    for value, day in ((4, date(2026, 10, 20)), (10, date(2026, 11, 10))):
        set_value(session, Actor(at=noon(day)), task, (value, day, "照片"), task.edition)
    make_move(session, Actor(at=noon(date(2026, 11, 12))), task, "finish", task.edition)
    session.commit()
    [then], [now] = told(session, "tasks")
    assert (then["value"], then["light"], now["value"], now["light"]) == (4, "red", 10, "green")
