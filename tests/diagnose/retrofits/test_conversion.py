"""Conversion by cohort: worked examples with dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.coverage.counting import tenths
from diagnose.records import Basis, Judgement
from diagnose.retrofits.conversion import (
    Accepted,
    Recommended,
    converted_on,
    count_conversion,
    count_raised,
)
from diagnose.retrofits.days import months_on
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import DISTRICT, keep, make_firm
from tests.diagnose.projects import (
    make_acceptance,
    make_contract,
    make_month,
    make_project,
    make_recommended,
)

DAY = date(2026, 11, 23)
T10 = date(2025, 9, 1)


def signed(session, project, day, **changes):
    terms = {"signed_on": day, "starts_on": day, "ends_on": day + timedelta(180)}
    terms["recorded_at"] = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return make_contract(session, project, **terms | changes)


@pytest.mark.parametrize(
    ("accepted", "contract", "n", "of"),
    [
        (date(2025, 9, 1), date(2026, 8, 31), 1, 1),
        (date(2025, 9, 1), date(2026, 9, 1), 1, 1),
        (date(2025, 9, 1), date(2026, 9, 2), 0, 1),
        (date(2025, 9, 1), date(2025, 8, 20), 1, 1),
        (date(2025, 9, 1), None, 0, 1),
        (date(2025, 11, 23), date(2026, 11, 23), 1, 1),
        (date(2025, 11, 24), date(2026, 1, 1), None, None),
        (date(2024, 2, 29), date(2025, 2, 28), 1, 1),
        (date(2024, 2, 29), date(2025, 3, 1), 0, 1),
    ],
    ids=["within", "last day", "a day late", "before acceptance", "never", "due today",
         "due tomorrow", "leap day", "after leap day"],
)  # fmt: skip
def test_a_firm_converts_within_twelve_months_and_counts_after_them(
    session, accepted, contract, n, of
):
    """programme §4.3: ≥ 1 recommended project contracted within 12 m of T10 / T10 ≥ 12 m ago."""
    project = make_recommended(session, make_firm(session), accepted)
    if contract:
        signed(session, project, contract)
    due = count_conversion(session, DISTRICT, DAY).due
    assert (due.converted, due.firms) == (n, of) if of else due is None


def test_a_share_is_floored_and_counts_each_firm_once(session):
    for number in range(3):
        firm = make_firm(session)
        first = make_recommended(session, firm, T10)
        held = {"diagnosis_id": first.diagnosis_id}
        second = make_project(session, firm, **held)
        if number < 2:
            signed(session, first, T10 + timedelta(30))
            signed(session, second, T10 + timedelta(60))
    due = count_conversion(session, DISTRICT, DAY).due
    assert (due.converted, due.firms, due.contracted) == (2, 3, 4)
    assert tenths(due.converted, due.firms) == 66.6


def test_what_no_report_recommended_converts_nobody(session):
    firm = make_firm(session)
    make_recommended(session, firm, T10, "rejected")
    signed(session, make_project(session, firm, origin="census"), T10 + timedelta(30))
    due = count_conversion(session, DISTRICT, DAY).due
    assert (due.converted, due.firms, due.recommended, due.adopted) == (0, 1, 1, 0)


def test_other_districts_are_left_out_and_so_are_reports_not_accepted(session):
    make_recommended(session, make_firm(session, district="汉阳区"), T10)
    later = make_recommended(session, make_firm(session), T10)
    assert count_conversion(session, DISTRICT, date(2025, 8, 31)).quarters == []
    assert count_conversion(session, DISTRICT, DAY).due.firms == 1
    assert later.stage == "pooled"


def test_a_change_of_contract_moves_no_firm_out_of_its_cohort(session):
    project = make_recommended(session, make_firm(session), T10, cost_mid=50)
    signed(session, project, T10 + timedelta(100), total=60)
    signed(session, project, T10 + timedelta(400), total=75, change="扩充范围")
    due = count_conversion(session, DISTRICT, DAY).due
    assert (due.converted, due.contracted, due.agreed, due.planned) == (1, 1, 75, 50)


def test_money_and_beginnings_are_summed_by_quarter(session):
    one = make_recommended(session, make_firm(session), date(2026, 8, 3), cost_mid=50)
    make_recommended(session, make_firm(session), date(2026, 9, 30), cost_mid=None)
    make_recommended(session, make_firm(session), date(2026, 10, 1), cost_mid=20)
    signed(session, one, date(2026, 9, 1), total=48.5)
    make_month(session, one, date(2026, 9, 1), spent=12.25)
    make_month(session, one, date(2026, 10, 1), spent=0.5)
    counted = count_conversion(session, DISTRICT, DAY)
    assert (counted.due, counted.next_due) == (None, date(2027, 8, 3))
    last, before = counted.quarters
    assert (before.first, before.last, before.due) == (date(2026, 7, 1), date(2026, 9, 30), False)
    assert (before.firms, before.converted, before.started, before.unpriced) == (2, 1, 1, 1)
    assert (before.planned, before.agreed, before.spent) == (50, 48.5, 12.75)
    assert (last.firms, last.planned) == (1, 20)


def test_of_several_reports_the_latest_that_is_old_enough_counts():
    old = Accepted(1, 7, date(2023, 1, 1))
    newer = Accepted(2, 7, date(2025, 1, 1))
    young = Accepted(3, 7, date(2026, 10, 1))
    project = Recommended(2, True, date(2025, 6, 1), 0, None, None, 0)
    counted = converted_on([young, old, newer], [project], DAY)
    assert (counted.due.firms, counted.due.converted) == (1, 1)
    assert [cohort.firms for cohort in counted.quarters] == [1]


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 900), st.integers(-50, 900)), max_size=20)
)
def test_cohorts_add_up_and_nobody_converts_beyond_the_firms(drawn):
    reports = [Accepted(n, f, DAY - timedelta(age)) for n, (f, age, _s) in enumerate(drawn)]
    projects = [
        Recommended(n, True, DAY - timedelta(s), 0, 1.0, None, 0.0)
        for n, (_f, _age, s) in enumerate(drawn)
    ]
    counted = converted_on(reports, projects, DAY)
    firms = {report.firm_id for report in reports}
    assert sum(cohort.firms for cohort in counted.quarters) == len(firms)
    for cohort in (*counted.quarters, *filter(None, [counted.due])):
        assert 0 <= cohort.converted <= cohort.firms
    old = {r.firm_id for r in reports if months_on(r.accepted_on, 12) <= DAY}
    assert (counted.due.firms if counted.due else 0) == len(old)


def judged(session, firm, level):
    """A sheet at `level` as consultants verified it; the firm said 4."""
    given = {"status": "submitted", "submitted_at": datetime(2026, 1, 1, tzinfo=UTC)}
    sheet = keep(session, make_assessment(firm.id, **given))
    row = {"assessment_id": sheet.id, "standard": "sme-2024", "standard_version": "1.0.0"}
    row |= {"standard_hash": "0" * 64, "score": 50.0, "answered": 1, "asked": 1, "could_add": 0.0}
    for basis, number in ((Basis.VERIFIED, level), (Basis.SELF, 4)):
        keep(session, Judgement(**row, basis=basis, level=number))
    return sheet.id


def test_levels_before_and_after_are_counted_where_both_are_known(session):
    firm = make_firm(session)

    for before, after in ((1, 2), (2, 2), (3, 1)):
        sheets = {
            "before_id": judged(session, firm, before),
            "after_id": judged(session, firm, after),
        }
        project = make_project(session, firm, "passed")
        make_acceptance(session, project, verdict="passed", **sheets)
    make_acceptance(session, make_project(session, firm, "passed"), verdict="passed")
    raised = count_raised(session, DISTRICT)
    assert (raised.projects, raised.both) == (4, 3)
    assert (raised.higher, raised.same, raised.lower) == (1, 1, 1)
    assert (raised.two_before, raised.two_after) == (2, 2)
