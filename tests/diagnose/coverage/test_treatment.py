"""The treatment table of the programme (§4.2, in `table.md`), row by row, as examples with dates.

Each example tells what happens to one firm of a frozen list of two (base day 0, due on day 300).
The other firm is never diagnosed. `assessed` and `dynamic` say how the firm counts on a day: “in”
(denominator only), “done” (numerator too) or “out”. Rows about more firms, or about firms that are
not on the list, have tests of their own, marked with the row.
"""

from pathlib import Path

import pytest

from diagnose.coverage import count_coverage, figures_of
from diagnose.records.roster import Change, Ground
from tests.diagnose.coverage.histories import History, on

DUE = 300
MARKED = set()


def row(name):
    """Mark a test as an example of a row of the table."""
    MARKED.add(name)
    return lambda test: test


def closed_before_diagnosis(h, x):
    h.event(x, Change.CLOSED, 100)


def closed_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.CLOSED, 100)


def accepted_on_the_day_of_closing(h, x):
    h.done(x, 100)
    h.event(x, Change.CLOSED, 100)


def reopened_after_closing(h, x):
    h.done(x, 50)
    h.event(x, Change.CLOSED, 100)
    h.reopen(x, 150)


def accepted_once_but_expired_when_it_closes(h, x):
    h.done(x, -500, valid=520)
    h.event(x, Change.CLOSED, 100)


def closed_undone_after_the_due_day(h, x):
    h.event(x, Change.CLOSED, 310)


def moved_out_before_diagnosis(h, x):
    h.event(x, Change.MOVED_OUT, 100)


def moved_out_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.MOVED_OUT, 100)


def stopped_without_exemption(h, x):
    h.event(x, Change.STOPPED, 100)
    h.done(x, 150)


def stopped_and_exempt_then_resumed(h, x):
    h.event(x, Change.STOPPED, 100)
    h.event(x, Change.EXEMPTED, 110, facts={"ground": Ground.STOPPED})
    h.event(x, Change.RESUMED, 200)
    h.done(x, 250)


def left_before_diagnosis(h, x):
    h.event(x, Change.LEFT, 100)


def left_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.LEFT, 100)


def left_before_and_excluded_by_the_bureau(h, x):
    h.event(x, Change.LEFT, 100)
    h.event(x, Change.EXEMPTED, 120, facts={"ground": Ground.BELOW})


def left_and_entered_again(h, x):
    h.done(x, 50)
    h.event(x, Change.LEFT, 100)
    h.event(x, Change.ENTERED, 200, facts={"industry": "3484"})


def renamed_and_recoded(h, x):
    h.done(x, 50)
    h.event(x, Change.RENAMED, 100, facts={"name": "新名"})
    h.event(x, Change.RECODED, 110, facts={"uscc": "91420100MA00000001"})


def no_longer_industrial(h, x):
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "6510"})


def secret_related_before_diagnosis(h, x):
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.SECRET})


def secret_related_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.SECRET})
    h.event(x, Change.READMITTED, 200)


def industry_changed_within_industry(h, x):
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "1310"})


def no_longer_industrial_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "6510"})


def secret_ones_resume_and_stay_exempt(h, x):
    h.event(x, Change.STOPPED, 100)
    h.event(x, Change.EXEMPTED, 110, facts={"ground": Ground.SECRET})
    h.event(x, Change.RESUMED, 200)


def stopped_and_exempt_after_the_due_day(h, x):
    h.event(x, Change.STOPPED, 310)
    h.event(x, Change.EXEMPTED, 310, facts={"ground": Ground.STOPPED})


def refuses(h, x):
    """Nothing at all is done."""


def report_expires_after_its_year(h, x):
    h.done(x, 50, valid=100)


def report_of_an_earlier_year_expires(h, x):
    h.done(x, -500, valid=600)


def report_declared_expired(h, x):
    h.done(x, 50)
    h.expire(x, 100)


def reopened_and_accepted_again(h, x):
    h.done(x, 50)
    h.reopen(x, 100)
    h.done(x, 150)


def exempt_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.OTHER})


def closed_undone_on_the_due_day(h, x):
    h.event(x, Change.CLOSED, DUE)


def accepted_on_the_base_day_and_expired_soon(h, x):
    h.done(x, 0, valid=10)


def accepted_on_the_due_day_and_expired_soon(h, x):
    h.done(x, DUE, valid=10)


def accepted_after_the_due_day_and_expired_soon(h, x):
    h.done(x, DUE + 1, valid=10)


def closing_taken_back(h, x):
    h.void(h.event(x, Change.CLOSED, 100))


EXAMPLES = {
    "Closed/cancelled before diagnosis": {
        closed_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        accepted_on_the_day_of_closing: [(99, "in", "in"), (100, "out", "out")],
        accepted_once_but_expired_when_it_closes: [
            (20, "done", "done"),
            (21, "in", "in"),
            (100, "out", "out"),
        ],
        closed_undone_on_the_due_day: [(299, "in", "in"), (DUE, "out", "out")],
        closed_undone_after_the_due_day: [(309, "in", "in"), (310, "in", "out")],
        closing_taken_back: [(99, "in", "in"), (100, "in", "in")],
    },
    "Closed after diagnosis": {
        closed_after_diagnosis: [
            (49, "in", "in"),
            (50, "done", "done"),
            (99, "done", "done"),
            (100, "done", "out"),
        ],
        reopened_after_closing: [(149, "done", "out"), (150, "in", "out")],
    },
    "Moved out of district": {
        moved_out_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        moved_out_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
    },
    "Stopped production, may resume": {
        stopped_without_exemption: [
            (99, "in", "in"),
            (100, "in", "in"),
            (149, "in", "in"),
            (150, "done", "done"),
        ],
        stopped_and_exempt_then_resumed: [
            (109, "in", "in"),
            (110, "out", "out"),
            (199, "out", "out"),
            (200, "in", "in"),
            (250, "done", "done"),
        ],
        secret_ones_resume_and_stay_exempt: [(109, "in", "in"), (200, "out", "out")],
        stopped_and_exempt_after_the_due_day: [(309, "in", "in"), (310, "in", "out")],
    },
    "退规 (revenue fell) before diagnosis": {
        left_before_diagnosis: [(99, "in", "in"), (100, "in", "out")],
        left_before_and_excluded_by_the_bureau: [(119, "in", "out"), (120, "out", "out")],
    },
    "退规 after diagnosis": {
        left_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
        left_and_entered_again: [(199, "done", "out"), (200, "done", "done")],
    },
    "New name/code": {
        renamed_and_recoded: [
            (49, "in", "in"),
            (99, "done", "done"),
            (100, "done", "done"),
            (110, "done", "done"),
        ],
    },
    "Industry changed to non-industrial": {
        no_longer_industrial: [(99, "in", "in"), (100, "out", "out")],
        no_longer_industrial_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
        industry_changed_within_industry: [(99, "in", "in"), (100, "in", "in")],
    },
    "Secret-related/military": {
        secret_related_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        secret_related_after_diagnosis: [
            (99, "done", "done"),
            (100, "out", "out"),
            (199, "out", "out"),
            (200, "done", "done"),
        ],
        exempt_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
    },
    "Refuses": {refuses: [(0, "in", "in"), (DUE, "in", "in"), (400, "in", "in")]},
    "Report expired": {
        report_expires_after_its_year: [(150, "done", "done"), (151, "done", "in")],
        report_of_an_earlier_year_expires: [(100, "done", "done"), (101, "in", "in")],
        accepted_on_the_base_day_and_expired_soon: [(10, "done", "done"), (11, "done", "in")],
        accepted_on_the_due_day_and_expired_soon: [
            (299, "in", "in"),
            (DUE, "done", "done"),
            (311, "done", "in"),
        ],
        accepted_after_the_due_day_and_expired_soon: [
            (DUE, "in", "in"),
            (301, "done", "done"),
            (312, "in", "in"),
        ],
        report_declared_expired: [(99, "done", "done"), (100, "done", "in")],
        reopened_and_accepted_again: [
            (99, "done", "done"),
            (100, "in", "in"),
            (149, "in", "in"),
            (150, "done", "done"),
        ],
    },
}


@pytest.fixture
def history(session):
    return History(session)


def stands(found, firm, due, done):
    """How a firm counts in a figure."""
    if firm not in found.firms(due):
        assert firm not in found.firms(done)
        return "out"
    return "done" if firm in found.firms(done) else "in"


def seen(history, campaign, firm, day):
    found = figures_of(history.session, history.district, on(day), campaign)
    return (
        stands(found, firm, "frozen_due", "frozen_done"),
        stands(found, firm, "due", "covered"),
    )


@pytest.mark.parametrize(
    ("tell", "day", "assessed", "dynamic"),
    [
        pytest.param(tell, *expected, id=f"{tell.__name__} on day {expected[0]}")
        for examples in EXAMPLES.values()
        for tell, days in examples.items()
        for expected in days
    ],
)
def test_a_row_of_the_treatment_table(history, tell, day, assessed, dynamic):
    x, bystander = history.firm(-900), history.firm(-900)
    tell(history, x)
    campaign = history.campaign(0, DUE, [x, bystander])
    history.keep()
    assert seen(history, campaign, x, day) == (assessed, dynamic)
    assert seen(history, campaign, bystander, day) == ("in", "in")


def test_every_row_of_the_table_has_examples_before_and_after_its_day():
    lines = Path(__file__).with_name("table.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]
    assert len(rows) == len(set(rows)) == 17
    assert set(rows) == set(EXAMPLES) | MARKED
    for examples in EXAMPLES.values():
        assert all(len(days) > 1 for days in examples.values())


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
