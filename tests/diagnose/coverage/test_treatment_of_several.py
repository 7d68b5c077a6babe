"""Rows of the treatment table about several firms, or about firms that are not on the list.

Each test is marked with the row it is an example of.
"""

import pytest

from diagnose.coverage import count_coverage, figures_of
from diagnose.records.roster import Change, Ground
from tests.diagnose.coverage.histories import History, on
from tests.diagnose.coverage.treatment import DUE, seen

MARKED = set()


def row(name):
    """Mark a test as an example of a row of the table."""
    MARKED.add(name)
    return lambda test: test


@pytest.fixture
def history(session):
    return History(session)


def test_whoever_was_diagnosed_keeps_being_counted_ever(history):
    gone, below = history.firm(-900), history.firm(-900)
    for firm, change in ((gone, Change.CLOSED), (below, Change.LEFT)):
        history.done(firm, 50)
        history.event(firm, change, 100)
    history.keep()
    found = [count_coverage(history.session, history.district, on(day)) for day in (49, 50, 200)]
    assert [each.ever for each in found] == [0, 2, 2]


@row("Moved in, already diagnosed elsewhere")
def test_a_firm_moved_in_counts_with_a_transferred_report_only(history):
    x, y = history.firm(), history.firm()
    for firm in (x, y):
        history.event(firm, Change.ENTERED, -900, facts={"industry": "3484"}, district="别区")
        history.done(firm, -100)
        history.event(firm, Change.MOVED_OUT, 50, district="别区")
        history.event(firm, Change.MOVED_IN, 50, facts={"industry": "3484"})
    history.transfer(y, -100, 200)
    campaign = history.campaign(0, DUE, [])
    history.keep()
    assert seen(history, campaign, x, 49) == ("out", "out")
    assert seen(history, campaign, x, 50) == ("out", "in")
    assert seen(history, campaign, y, 50) == ("out", "done")
    assert seen(history, campaign, y, 201) == ("out", "in")
    found = figures_of(history.session, "别区", on(60))
    assert set(found.firms("ever")) == {x, y}


@row("Moved in, already diagnosed elsewhere")
@pytest.mark.parametrize(
    ("accepted", "counts"), [(49, True), (50, False), (99, False), (100, True)]
)
def test_a_report_belongs_where_its_firm_was_in_the_evening(history, accepted, counts):
    x = history.firm(-900)
    history.event(x, Change.MOVED_OUT, 50)
    history.event(x, Change.MOVED_IN, 50, facts={"industry": "3484"}, district="别区")
    history.event(x, Change.MOVED_OUT, 100, district="别区")
    history.event(x, Change.MOVED_IN, 100, facts={"industry": "3484"})
    history.done(x, accepted)
    campaign = history.campaign(0, DUE, [])
    history.keep()
    assert seen(history, campaign, x, 110) == ("out", "done" if counts else "in")
    found = figures_of(history.session, history.district, on(110), campaign)
    assert set(found.firms("ever")) == ({x} if counts else set())


def test_a_firm_closed_after_moving_out_is_not_diagnosed_here(history):
    x = history.firm(-900)
    history.event(x, Change.MOVED_OUT, 50)
    history.event(x, Change.MOVED_IN, 50, facts={"industry": "3484"}, district="别区")
    history.event(x, Change.CLOSED, 60)
    history.done(x, 70)
    history.keep()
    found = [figures_of(history.session, where, on(80)) for where in (history.district, "别区")]
    assert [set(each.firms("ever")) for each in found] == [set(), {x}]


@row("入规 by month")
def test_newly_entered_firms_wait_six_months_before_they_are_pressed(history):
    x, y, _of_the_base_day = history.firm(10), history.firm(10), history.firm(0)
    history.done(y, 5)
    campaign = history.campaign(0, DUE, [])
    history.keep()
    counts = {}
    for day in (9, 10, 191, 192):
        found = count_coverage(history.session, history.district, on(day), campaign)
        counts[day] = (found.newcomers, found.late, found.total.due)
    assert counts == {9: (0, 0, 1), 10: (1, 0, 3), 191: (1, 0, 3), 192: (1, 1, 3)}
    assert seen(history, campaign, x, 10) == ("out", "in")
    assert seen(history, campaign, y, 10) == ("out", "done")


@row("入规 yearly")
def test_a_firm_entered_with_the_year_is_on_the_next_list_with_its_earlier_report(history):
    x, bystander = history.firm(), history.firm(-900)
    history.done(x, -100)
    history.event(x, Change.ENTERED, 20, facts={"industry": "3484", "how": "yearly"})
    history.keep()
    this_year, next_year = history.freeze(0, 300), history.freeze(365, 665)
    assert seen(history, this_year, x, 19) == ("out", "out")
    assert seen(history, this_year, x, 20) == ("out", "done")
    assert seen(history, next_year, x, 365) == ("done", "done")
    assert seen(history, this_year, bystander, 20) == ("in", "in")
    assert seen(history, next_year, bystander, 365) == ("in", "in")


@row("Merger")
@pytest.mark.parametrize("diagnosed", ["old", "new", "both", "neither"])
def test_a_merger_counts_its_successor_once(history, diagnosed):
    old, new = history.firm(-900), history.firm(-900)
    history.event(old, Change.MERGED, 100, other=new)
    for firm, names in ((old, {"old", "both"}), (new, {"new", "both"})):
        if diagnosed in names:
            history.done(firm, 50)
    campaign = history.campaign(0, DUE, [old, new])
    history.keep()
    covered = "in" if diagnosed == "neither" else "done"
    assert seen(history, campaign, old, 100) == ("out", "out")
    assert seen(history, campaign, new, 100) == (covered, covered)
    found = count_coverage(history.session, history.district, on(100), campaign)
    assert (found.total.due, found.assessed.due) == (1, 1)
    assert (found.inherited, found.assessed.inherited) == ((1, 1) if diagnosed == "old" else (0, 0))
    before = count_coverage(history.session, history.district, on(99), campaign)
    assert (before.total.due, before.assessed.due) == (2, 2)


@row("Merger")
def test_a_report_goes_along_merger_after_merger(history):
    first, second, third = (history.firm(-900) for _ in range(3))
    history.done(first, 50, valid=400)
    history.event(first, Change.MERGED, 100, other=second)
    history.event(second, Change.MERGED, 120, other=third)
    campaign = history.campaign(0, DUE, [first, second, third])
    history.keep()
    assert seen(history, campaign, third, 119) == ("in", "in")
    assert seen(history, campaign, second, 119) == ("done", "done")
    assert seen(history, campaign, third, 120) == ("done", "done")
    found = count_coverage(history.session, history.district, on(120), campaign)
    assert (found.assessed.due, found.inherited, found.ever) == (1, 1, 1)


def test_a_successor_that_was_not_on_the_list_takes_the_place(history):
    old, new = history.firm(-900), history.firm(10)
    history.event(old, Change.MERGED, 100, other=new)
    campaign = history.campaign(0, DUE, [old])
    history.keep()
    assert seen(history, campaign, new, 99) == ("out", "in")
    assert seen(history, campaign, new, 100) == ("in", "in")


@row("Split")
def test_children_of_a_split_need_reports_of_their_own(history):
    old = history.firm(-900)
    history.done(old, 50)
    history.event(old, Change.SPLIT, 100)
    one, two = history.firm(), history.firm()
    for child in (one, two):
        history.event(child, Change.ENTERED, 100, other=old, facts={"industry": "3484"})
    history.done(one, 150)
    campaign = history.campaign(0, DUE, [old])
    history.keep()
    assert seen(history, campaign, old, 99) == ("done", "done")
    assert seen(history, campaign, old, 100) == ("out", "out")
    assert [seen(history, campaign, child, 100) for child in (one, two)] == [("in", "in")] * 2
    assert seen(history, campaign, one, 150) == ("done", "done")
    found = count_coverage(history.session, history.district, on(150), campaign)
    assert (found.listed, found.assessed.firms, found.assessed.done) == (1, 2, 1)


@row("Split")
def test_a_parent_that_goes_on_after_a_split_stays_with_its_report_beside_its_children(history):
    parent, earlier = history.firm(-900), history.firm()
    history.done(parent, 50)
    history.event(parent, Change.SPLIT, -500, facts={"survives": True})
    history.event(earlier, Change.ENTERED, -500, other=parent, facts={"industry": "3484"})
    history.event(earlier, Change.LEFT, -400)
    history.event(parent, Change.SPLIT, 100, facts={"survives": True})
    child = history.firm()
    history.event(child, Change.ENTERED, 100, other=parent, facts={"industry": "3484"})
    history.done(child, 150)
    campaign = history.campaign(0, DUE, [parent])
    history.keep()
    assert [seen(history, campaign, parent, day) for day in (99, 100)] == [("done", "done")] * 2
    assert [seen(history, campaign, child, day) for day in (99, 100, 150)] == [
        ("out", "out"),
        ("in", "in"),
        ("done", "done"),
    ]
    assert seen(history, campaign, earlier, 150) == ("out", "out")
    found = count_coverage(history.session, history.district, on(120), campaign)
    assert (found.assessed.due, found.assessed.done, found.total.due) == (2, 1, 2)


def test_a_successor_counts_in_the_street_of_the_list_and_children_in_their_own(history):
    old, parent = history.firm(-900, region="甲街"), history.firm(-900, region="甲街")
    new, child = history.firm(10, region="乙街"), history.firm()
    history.event(old, Change.MERGED, 100, other=new)
    history.event(parent, Change.SPLIT, 100)
    said = {"industry": "3484", "region": "丙街"}
    history.event(child, Change.ENTERED, 100, other=parent, facts=said)
    history.keep()
    campaign = history.freeze(0, DUE)
    for day, streets in ((99, {"甲街": 2}), (100, {"甲街": 1, "丙街": 1})):
        found = count_coverage(history.session, history.district, on(day), campaign)
        assert {street.key: street.due for street in found.streets} == streets
        assert {part.key: part.due for part in found.by["street"]}.get("乙街") == 1


@row("Split")
@pytest.mark.parametrize(("split_on", "stand"), [(50, False), (100, True), (150, True)])
def test_children_stand_for_the_list_if_their_parent_did_when_they_parted(history, split_on, stand):
    old, new, child = history.firm(-900), history.firm(10), history.firm()
    history.event(new, Change.SPLIT, split_on, facts={"survives": True})
    history.event(child, Change.ENTERED, split_on, other=new, facts={"industry": "3484"})
    history.event(old, Change.MERGED, 100, other=new)
    history.keep()
    campaign = history.campaign(0, DUE, [old])
    history.session.commit()
    assert seen(history, campaign, new, 200) == ("in", "in")
    assert seen(history, campaign, child, 200) == ("in" if stand else "out", "in")


@row("Branch/multi-site")
@pytest.mark.parametrize("diagnosed", ["unit", "branch", "neither"])
def test_a_branch_counts_with_its_legal_unit_from_the_day_on_which_that_is_recorded(
    history, diagnosed
):
    unit, branch, known = history.firm(-900), history.firm(-900), history.firm(-900)
    history.event(branch, Change.MERGED, 100, other=unit, facts={"branch": True})
    history.event(known, Change.MERGED, -900, other=unit, facts={"branch": True})
    if diagnosed != "neither":
        history.done({"unit": unit, "branch": branch}[diagnosed], 50)
    history.keep()
    campaign = history.freeze(0, DUE)
    before, after = (
        count_coverage(history.session, history.district, on(day), campaign) for day in (99, 100)
    )
    done = int(diagnosed != "neither")
    assert (before.listed, before.assessed.due, before.assessed.done) == (2, 2, done)
    assert (before.total.due, before.total.covered) == (2, done)
    assert (after.listed, after.assessed.due, after.assessed.done) == (2, 1, done)
    assert (after.total.due, after.total.covered) == (1, done)
    assert after.inherited == after.assessed.inherited == int(diagnosed == "branch")
    assert seen(history, campaign, branch, 100) == ("out", "out")
    assert seen(history, campaign, known, 0) == ("out", "out")


@row("Secret-related/military")
def test_secret_firms_are_told_apart_from_the_other_exempt_ones(history):
    for ground in (Ground.SECRET, Ground.OTHER, Ground.OTHER):
        history.event(history.firm(-900), Change.EXEMPTED, 10, facts={"ground": ground})
    history.keep()
    found = count_coverage(history.session, history.district, on(20))
    assert (found.grounds[Ground.SECRET], found.grounds[Ground.OTHER]) == (1, 2)
    assert found.total.many_excluded
