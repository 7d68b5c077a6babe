"""采纳率, 落地率, 投资兑现率 by type; 复诊率 and 见效率 of accepted projects."""

from datetime import date

from diagnose.retrofits.conversion import Recommended
from diagnose.retrofits.outcomes import Look, OfType, by_type, count_effects
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.projects import make_acceptance, make_figure, make_project

DAY = date(2026, 11, 23)


def recommended(type_, planned=10.0, *, adopted=True, signed=True, months=1, spent=4.0):
    on = date(2026, 3, 1) if signed else None
    return Recommended(1, adopted, on, months, planned, 12.0, spent, type_)


def test_types_are_counted_and_add_up():
    found = by_type(
        [
            recommended("P02"),
            recommended("P02", adopted=False, signed=False, months=0, spent=0.0),
            recommended("P02", None),
            recommended(""),
        ]
    )
    assert found[0] == OfType("P02", 3, 2, 2, 1, 10.0, 4.0, 1)
    assert [each.type for each in found] == ["P02", "", None]
    assert found[-1] == OfType(None, 4, 3, 3, 2, 20.0, 8.0, 1)
    assert by_type([]) == [OfType(None, 0, 0, 0, 0, 0, 0, 0)]


def test_looks_that_are_due_and_figures_that_reached_their_goal(session):
    def accepted(finished, **figure):
        project = make_project(session, make_firm(session), "passed")
        make_acceptance(session, project, verdict="passed", finished_on=finished)
        make_figure(session, project, **figure)

    accepted(date(2025, 10, 1), goal=92, half_year=95, full_year=90)  # fell back: not reached
    accepted(date(2026, 5, 23), goal=3, half_year=3, lower_is_better=True)  # due today
    accepted(date(2026, 5, 23), goal=92)  # due, nothing told
    accepted(date(2026, 5, 24), goal=92, half_year=99)  # due tomorrow
    accepted(date(2025, 10, 1), goal=None, half_year=1)  # no goal
    found = count_effects(session, DISTRICT, DAY)
    assert found.looks == [Look(6, 4, 3), Look(12, 2, 1)]
    assert (found.reached, found.told, found.untold) == (1, 2, 1)
