from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.firms import FirmProfiles
from models.peers import CIRCLES, Membership, rank

PARTS = SimpleNamespace(parts=(SimpleNamespace(id="foundation"),))


def membership_of(group):
    n = len(group)
    return Membership(
        group=np.asarray(group, np.int16),
        probability=np.ones(n, np.float32),
        second=np.full(n, -1, np.int16),
        between=np.zeros(n, bool),
        reliable=np.ones(n, bool),
    )


def scores_of(score, part=None):
    part = score if part is None else part
    return SimpleNamespace(score=np.asarray(score, float), parts=part[:, None], standard=PARTS)


def profiles_of(size, division):
    above = np.ones(len(size), np.int8)
    return FirmProfiles(np.asarray(size, np.int8), above, np.asarray(division, object))


def alike(n):
    return profiles_of([1] * n, ["34"] * n)


@st.composite
def pools(draw):
    n = draw(st.integers(1, 90))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    score = draw(hnp.arrays(float, n, elements=st.integers(0, 12).map(float)))
    score[rng.random(n) < 0.05] = np.nan
    group = rng.integers(-1, 3, n)
    profiles = profiles_of(rng.integers(-1, 3, n), rng.choice(["", "13", "34"], n))
    return scores_of(score), membership_of(group), profiles


def circle_of(row, at, membership, profiles):
    """The rows of one firm's circle, found the slow way."""
    columns = {
        "group": membership.group,
        "division": profiles.division,
        "size": profiles.size,
    }
    rows = np.ones(len(profiles), bool)
    for name in () if CIRCLES[at] == "all" else CIRCLES[at].split("+"):
        rows &= columns[name] == columns[name][row]
    return rows


@settings(max_examples=60, deadline=None)
@given(pools())
def test_every_rank_is_what_counting_by_hand_gives(drawn):
    scores, membership, profiles = drawn
    standing = rank(scores, membership, profiles, least=10)
    for row, at in enumerate(standing.circle):
        if at < 0:
            assert np.isnan(standing.rank[row]).all()
            continue
        others = circle_of(row, at, membership, profiles) & np.isfinite(scores.score)
        others[row] = False
        assert standing.peers[row] == others.sum() >= 10
        below = (scores.score[others] < scores.score[row]).sum()
        same = (scores.score[others] == scores.score[row]).sum()
        share = 100 * (below + same / 2) / others.sum()
        assert abs(standing.rank[row, 0] - share) <= 2.5 + 1e-4
        assert standing.rank[row, 0] % 5 == 0
        assert 0 <= standing.rank[row, 0] <= 100


@settings(max_examples=60, deadline=None)
@given(pools())
def test_no_narrower_circle_would_have_done(drawn):
    scores, membership, profiles = drawn
    standing = rank(scores, membership, profiles)
    for row, at in enumerate(standing.circle):
        if np.isnan(scores.score[row]):
            assert at == -1
            continue
        first = 0 if membership.group[row] >= 0 else CIRCLES.index("division+size")
        last = len(CIRCLES) - 1 if at < 0 else at
        for narrower in range(first, last):
            if membership.group[row] >= 0 and narrower >= CIRCLES.index("division+size"):
                continue
            wanted = CIRCLES[narrower].split("+")
            unknown = ("division" in wanted and profiles.division[row] == "") or (
                "size" in wanted and profiles.size[row] < 0
            )
            peers = circle_of(row, narrower, membership, profiles) & np.isfinite(scores.score)
            assert unknown or peers.sum() - 1 < 10


@settings(max_examples=40, deadline=None)
@given(pools(), st.integers(0, 2**32))
def test_the_order_of_firms_does_not_matter(drawn, seed):
    scores, membership, profiles = drawn
    standing = rank(scores, membership, profiles)
    order = np.random.default_rng(seed).permutation(len(profiles))
    mixed = rank(
        scores_of(scores.score[order]),
        membership_of(membership.group[order]),
        profiles.take(order),
    )
    np.testing.assert_array_equal(mixed.rank, standing.rank[order])
    np.testing.assert_array_equal(mixed.circle, standing.circle[order])
    np.testing.assert_array_equal(mixed.median, standing.median[order])


def test_within_a_circle_a_better_score_never_ranks_lower(rng):
    score = rng.integers(0, 50, 200).astype(float)
    ranks = rank(scores_of(score), membership_of([-1] * 200), alike(200)).rank[:, 0]
    assert (np.diff(ranks[np.argsort(score, kind="stable")]) >= 0).all()


def test_ten_firms_see_no_ranks_and_eleven_do():
    ten, eleven = np.arange(10.0), np.arange(11.0)
    assert rank(scores_of(ten), membership_of([-1] * 10), alike(10)).suppressed.all()
    seen = rank(scores_of(eleven), membership_of([-1] * 11), alike(11))
    assert not seen.suppressed.any()
    assert seen.rank[:, 0].tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]


def test_a_median_is_published_from_thirty_firms_on():
    few, many = np.arange(29.0), np.arange(30.0)
    hidden = rank(scores_of(few), membership_of([-1] * 29), alike(29))
    shown = rank(scores_of(many), membership_of([-1] * 30), alike(30))
    assert np.isnan(hidden.median).all()
    assert (shown.median == 14.5).all()


def test_grouped_firms_descend_the_ladder_of_their_group():
    n = 60
    group = [0] * 30 + [1] * 11 + [2] * 4 + [-1] * 15
    division = ["34"] * 15 + ["13"] * 15 + ["34"] * 30
    standing = rank(
        scores_of(np.arange(float(n))), membership_of(group), profiles_of([1] * n, division)
    )
    used = [CIRCLES[at] for at in standing.circle[[0, 20, 35, 42, 50]]]
    assert used == ["group+division+size"] * 3 + ["all", "division+size"]
    assert standing.peers[[0, 35, 42, 50]].tolist() == [14, 10, 59, 44]


def test_firms_without_a_score_are_no_ones_peers():
    score = np.arange(12.0)
    score[0] = np.nan
    standing = rank(scores_of(score), membership_of([-1] * 12), alike(12))
    assert standing.suppressed.tolist() == [True] + [False] * 11
    assert (standing.peers[1:] == 10).all()


def test_a_real_district_is_ranked_whole(pool, membership):
    standing = rank(pool.scores, membership, pool.profiles)
    assert standing.measures == ("score", "foundation", "management", "results")
    assert not standing.suppressed.any()
    assert standing.peers.min() >= 10
    wider = rank(pool.scores, replace(membership, group=membership.group * 0 - 1), pool.profiles)
    assert wider.peers.mean() != standing.peers.mean()
