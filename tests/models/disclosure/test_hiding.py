"""Small cells stay unknown whatever is subtracted: rows, columns, totals, linked tables, dates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.disclosure import hide_small, intervals, linked, publish, publish_linked, table
from tests.models.disclosure.attacking import lines_of, worked_out

CELLS = st.one_of(st.just(0), st.integers(1, 12), st.integers(5, 60))
LISTS = st.integers(1, 8).flatmap(lambda size: arrays(np.int64, size, elements=CELLS))
TABLES = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=CELLS)
)


def is_small(value):
    return 0.5 < abs(value) < 9.5


@settings(max_examples=30, deadline=None)
@given(st.one_of(LISTS, TABLES))
def test_no_subtraction_yields_a_small_cell(counts):
    """Issue 4, point 9: no subtraction of totals brings a hidden cell back."""
    release = publish(counts)
    assert not any(is_small(value) for value in worked_out([release]) if not np.isnan(value))


@settings(max_examples=30, deadline=None)
@given(st.one_of(LISTS, TABLES))
def test_every_hidden_cell_may_lie_within_a_wide_interval(counts):
    release = publish(counts)
    low, high = intervals(release.truth.ravel(), release.hidden.ravel(), table(counts.shape))
    assert np.all((high - low)[release.hidden.ravel()] >= 10 - 1e-6)


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_the_hidden_cells_of_a_shown_total_are_two_or_more_and_not_small_together(counts):
    release = publish(counts)
    for line in lines_of(release.truth.shape):
        hidden = [place for place in line[:-1] if release.hidden[place]]
        if hidden and not release.hidden[line[-1]]:
            assert len(hidden) > 1
            assert sum(release.truth[place] for place in hidden) >= 10


@settings(max_examples=30, deadline=None)
@given(st.one_of(LISTS, TABLES))
def test_nothing_is_hidden_where_nothing_is_small(counts):
    assert not hide_small(counts + 10).any()


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_nothing_is_hidden_that_need_not_be(counts):
    """Any one cell shown again that is not small itself would leave a hidden one open."""
    release = publish(counts)
    frame = table(counts.shape)
    single = [
        line
        for line in lines_of(release.truth.shape)
        if np.count_nonzero([release.truth[place] for place in line[:-1]]) == 1
    ]
    for place in zip(*np.nonzero(release.hidden), strict=True):
        if is_small(release.truth[place]) or any(place in line for line in single):
            continue
        trial = release.hidden.copy()
        trial[place] = False
        low, high = intervals(release.truth.ravel(), trial.ravel(), frame)
        narrow = np.any((high - low)[trial.ravel()] < 10 - 1e-6)
        assert narrow or _has_open_line(release.truth, trial)


def _has_open_line(truth, hidden):
    for line in lines_of(truth.shape):
        among = [place for place in line[:-1] if hidden[place]]
        if hidden[line[-1]]:
            if not among:
                return True
        elif among and (len(among) < 2 or sum(truth[place] for place in among) < 10):
            return True
    return False


@settings(max_examples=30, deadline=None)
@given(
    arrays(np.int64, (3, 4, 3), elements=st.integers(0, 9)),
)
def test_tables_that_share_a_margin_do_not_betray_each_other(firms):
    """Streets by level and industries by level, of the same firms."""
    streets, industries = firms.sum(axis=1), firms.sum(axis=0)
    releases = publish_linked([streets, industries])
    known = worked_out(releases)
    assert not any(is_small(value) for value in known if not np.isnan(value))
    frame = linked([streets.shape, industries.shape])
    hidden = np.zeros(frame.size, dtype=bool)
    for grid, release in zip(frame.grids, releases, strict=True):
        hidden[grid] |= release.hidden
    low, high = intervals(frame.gather([streets, industries]), hidden, frame)
    assert np.all((high - low)[hidden] >= 10 - 1e-6)


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
        lambda shape: st.tuples(
            arrays(np.int64, shape, elements=CELLS),
            st.lists(
                arrays(np.int64, shape, elements=st.integers(-12, 14)), min_size=1, max_size=4
            ),
        )
    )
)
def test_no_two_issues_yield_a_small_change(history):
    """Issue 4, point 9: nor does subtracting two dates."""
    counts, steps = history
    releases = [publish(counts)]
    for step in steps:
        counts = np.maximum(counts + step, 0)
        releases.append(publish(counts, published=releases))
    known = [worked_out([release]) for release in releases]
    for later in range(len(known)):
        assert not any(is_small(value) for value in known[later] if not np.isnan(value))
        for earlier in range(later):
            changes = known[later] - known[earlier]
            assert not any(is_small(value) for value in changes if not np.isnan(value))


def test_company_that_was_printed_before_does_not_betray_to_who_knows_that_firms_only_join():
    """57 less the 49 printed before: the hidden 7 would be 8 at most."""
    first = publish(np.array([[44, 43], [49, 111], [3, 4], [23, 129]]))
    second = publish(np.array([[64, 23], [50, 110], [7, 0], [23, 129]]), published=[first])
    hidden, printed = second.hidden[:-1, 0], np.where(first.hidden, 0, first.truth)[:-1, 0]
    others = hidden & (np.arange(4) != 2)
    most = second.truth[:-1, 0][hidden].sum() - printed[others].sum()
    assert hidden[2]
    assert second.hidden[-1, 0] or most >= 10


@settings(max_examples=15, deadline=None)
@given(
    arrays(np.int64, (4, 2), elements=st.integers(0, 90)),
    st.lists(arrays(np.int64, 4, elements=st.sampled_from([0, 1, 3, 9, 12, 25])), max_size=3),
)
def test_small_cells_stay_wide_for_who_knows_that_firms_only_join(counts, joining):
    releases = []
    for step in [np.zeros(4, np.int64), *joining]:
        moved = np.minimum(step, counts[:, 1])
        counts = counts + np.column_stack([moved, -moved])
        releases.append(publish(counts, published=releases))
    frame, now = table((4, 2)), releases[-1]
    (grid,) = frame.grids
    floor, hidden = np.zeros(frame.size), np.zeros(frame.size, dtype=bool)
    hidden[grid] = now.hidden
    for earlier in releases[:-1]:
        told = ~earlier.hidden & (earlier.truth <= now.truth)
        floor[grid] = np.maximum(floor[grid], np.where(told, earlier.truth, 0))
    low, high = intervals(frame.gather([counts]), hidden, frame, floor)
    secret = now.hidden & (now.truth > 0) & (now.truth < 10)
    assert np.all((high - low)[grid][secret] >= 10 - 1e-6)


def test_a_figure_that_hardly_changed_is_repeated_as_it_was_last_shown():
    first = publish(np.array([40, 50, 60]))
    second = publish(np.array([43, 50, 80]), published=[first])
    assert second.shown.tolist() == [40, 50, 60, 173]
    assert second.issue.tolist() == [0, 1, 0, 1]


def test_a_hidden_cell_that_hardly_grew_stays_hidden():
    """12 today beside nothing else changed would tell of the 9 of yesterday."""
    first = publish(np.array([9, 30, 40]))
    second = publish(np.array([12, 30, 40]), published=[first])
    assert first.hidden[0]
    assert second.hidden[0]


def test_figures_that_grow_slowly_are_told_one_day():
    """Each issue is near the one before; what counts is when a figure last had to be hidden."""
    issues = []
    for month in range(1, 7):
        issues.append(publish(np.array([4, 5, 30]) * month, published=issues))
    assert [bool(one.hidden[0]) for one in issues] == [True, True, True, True, False, True]
    assert [bool(one.needed[0]) for one in issues[:4]] == [True, True, False, False]
    assert [one.shown[0] for one in issues[4:]] == [20, 20]


def test_noughts_are_shown_unless_they_tell_of_every_firm_of_a_line():
    assert not hide_small(np.array([[20, 0], [30, 40]]).T[:1].repeat(2, 0)).any()
    hidden = hide_small(np.array([[0, 0, 25], [30, 40, 50], [20, 20, 20]]))
    assert hidden[0].all()
    assert not hide_small(np.array([0, 50, 0, 30])).any()


def test_what_is_not_known_is_withheld_with_its_totals():
    release = publish(np.array([[30, None], [20, 40]], dtype=object))
    assert release.hidden[0].tolist() == [False, True, True]
    assert release.hidden[-1].tolist() == [False, True, True]


def test_tables_that_disagree_on_their_common_margin_are_refused():
    with pytest.raises(ValueError, match="agree"):
        publish_linked([np.array([[10, 20]]), np.array([[10, 21]])])


SAME = (
    ((0, (-1,)), (1, (-1,))),
    ((0, (slice(None), 0)), (2, (slice(None), -1))),
)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(arrays(np.int64, (3, 2, 4), elements=st.integers(0, 14)), min_size=1, max_size=3),
)
def test_tables_that_share_any_figure_stay_silent_together_over_time(history):
    """Streets and providers by covered and open, streets by level: as bulletins print them."""
    issues, counts = [], np.zeros((3, 2, 4), dtype=np.int64)
    frame = linked([(3, 2), (2, 2), (3, 3)], SAME)
    for step in history:
        counts = counts + step
        levels, open_ = counts[:, :, :3], counts[:, :, 3]
        tables = [
            np.column_stack([levels.sum(axis=(1, 2)), open_.sum(axis=1)]),
            np.column_stack([levels.sum(axis=(0, 2)), open_.sum(axis=0)]),
            levels.sum(axis=1),
        ]
        issues.append(publish_linked(tables, published=issues, same=SAME))
        hidden = np.zeros(frame.size, dtype=bool)
        for grid, release in zip(frame.grids, issues[-1], strict=True):
            hidden[grid] = release.hidden
        low, high = intervals(frame.gather(tables), hidden, frame)
        assert np.all((high - low)[hidden] >= 10 - 1e-6)
    for place in range(3):
        told = [np.where(issue[place].hidden, np.nan, issue[place].shown) for issue in issues]
        for later in range(len(told)):
            for earlier in range(later):
                changes = (told[later] - told[earlier]).ravel()
                assert not any(is_small(value) for value in changes if not np.isnan(value))


def test_a_table_without_rows_yet_hides_and_shows_nothing():
    """Nobody is covered yet: no industry has a line."""
    full, empty = publish_linked([np.array([[0, 40]]), np.zeros((0, 2))], same=())
    assert full.shown[0, -1] == 40
    assert not empty.hidden.any()
