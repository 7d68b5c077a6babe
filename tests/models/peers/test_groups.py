from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score

from models.peers import LEVEL, SHARE, PeerGroups, Quality
from models.peers.choice import Vote, gains, majority, null_p, price_of_a_group, without_groups
from models.peers.features import Space, placeable
from models.peers.mixture import Sample, fit_mixture
from models.peers.naming import name_groups
from questionnaires.text import Text

QUICK = {"votes": 3, "null_draws": 5}  # where the choice of k is not what is tested
QS = (0.1, 0.25, 0.75, 0.9)


def placed(pool, membership):
    return ~pool.quality.careless & (membership.group >= 0)


def test_true_groups_are_found(pool, grouping, membership):
    rows = placed(pool, membership)
    assert grouping.found
    assert len(grouping.groups) == 4
    assert adjusted_rand_score(pool.district.truth[rows], membership.group[rows]) > 0.75


def test_groups_that_overlap_are_found_too(pool_of):
    pool = pool_of(700, 4, difficulty="hard")
    grouping = pool.fit()
    membership = grouping.assign(pool.traits, pool.quality)
    rows = placed(pool, membership)
    assert len(grouping.groups) == 4
    assert adjusted_rand_score(pool.district.truth[rows], membership.group[rows]) > 0.6


@pytest.mark.parametrize("groups", [1, "continuum"])
def test_no_groups_are_made_up(pool_of, groups):
    pool = pool_of(1000, 11, groups=groups)
    grouping = pool.fit()
    membership = grouping.assign(pool.traits, pool.quality)
    assert not grouping.found
    assert grouping.why.zh
    assert grouping.why.en
    assert (membership.group == -1).all()
    assert grouping.reasons(pool.traits, 0) == ()


def test_too_few_firms_are_not_fitted_but_placed_by_a_larger_pool(pool_of, grouping):
    small = pool_of(120, 5)
    own = small.fit()
    assert not own.found
    assert "150" in own.why.en
    lent = grouping.assign(small.traits, small.quality)
    assert (lent.group >= 0).mean() > 0.8


def test_the_same_seed_gives_the_same_groups(pool):
    assert pool.fit(**QUICK).to_json() == pool.fit(**QUICK).to_json()


def test_the_order_of_firms_does_not_change_an_assignment(pool, grouping, membership, rng):
    order = rng.permutation(len(pool.traits))
    traits = replace(
        pool.traits, items=pool.traits.items[order], features=pool.traits.features[order]
    )
    quality = Quality(**{name: flags[order] for name, flags in vars(pool.quality).items()})
    mixed = grouping.assign(traits, quality)
    np.testing.assert_array_equal(mixed.group, membership.group[order])


def test_groups_ascend_by_level_and_say_what_marks_them(grouping):
    levels = grouping.mixture.means[:, 0]
    assert (np.diff(levels) >= 0).all()
    names = [group.name for group in grouping.groups]
    assert len({name.zh for name in names}) == len({name.en for name in names}) == len(names)
    assert all(len(name.zh) <= 24 for name in names)
    for group in grouping.groups:
        assert set(group.strong).isdisjoint(group.weak)
        assert all(0 <= value <= 1 for value in group.profile.values())
        assert group.size >= 10


def test_reasons_add_up_to_the_log_odds(pool, grouping):
    posterior = grouping.posterior(pool.traits)
    for row in np.flatnonzero(placeable(pool.traits.features))[:50]:
        reasons = grouping.reasons(pool.traits, row)
        first, second = np.sort(posterior[row])[::-1][:2]
        assert sum(reason.weight for reason in reasons) == pytest.approx(
            np.log(first / second), abs=1e-6
        )
        names = {reason.feature for reason in reasons}
        assert names == {LEVEL, SHARE, *pool.traits.feature_ids}


def test_a_firm_between_two_groups_is_said_to_be_so(membership):
    assert ((membership.probability < 0.8) == membership.between)[membership.group >= 0].all()
    assert (membership.second != membership.group)[membership.group >= 0].all()


def test_careless_firms_are_placed_but_doubtful(pool, membership):
    rows = pool.quality.careless & placeable(pool.traits.features)
    assert (membership.group[rows] >= 0).all()
    assert not membership.reliable[rows].any()


def test_an_almost_empty_sheet_is_not_placed(pool, grouping):
    features = pool.traits.features.copy()
    features[0, 1:] = np.nan
    features[1] = np.nan
    one = grouping.assign(replace(pool.traits, features=features), pool.quality)
    assert one.group[:2].tolist() == [-1, -1]


def test_a_refit_keeps_the_ids_of_the_groups(pool_of, grouping):
    later = pool_of(1000, 3)
    half = np.random.default_rng(1).random(len(later.traits)) < 0.7
    traits = replace(
        later.traits, items=later.traits.items[half], features=later.traits.features[half]
    )
    quality = Quality(**{name: flags[half] for name, flags in vars(later.quality).items()})
    again = PeerGroups(random_state=9, **QUICK).fit(traits, quality, previous=grouping)
    assert {group.id for group in again.groups} == {group.id for group in grouping.groups}
    before, after = (each.assign(traits, quality).group for each in (grouping, again))
    known = before >= 0
    old = np.array([group.id for group in grouping.groups])[before[known]]
    new = np.array([group.id for group in again.groups])[after[known]]
    assert (old == new).mean() > 0.9


def test_a_new_group_gets_an_id_never_used_before(pool_of, pool):
    three = pool_of(1000, 3, groups=3).fit(**QUICK)
    again = PeerGroups(**QUICK).fit(pool.traits, pool.quality, previous=three)
    assert {group.id for group in three.groups} == {"g1", "g2", "g3"}
    assert {group.id for group in again.groups} == {"g1", "g2", "g3", "g4"}


def test_a_firm_stays_in_its_group_unless_the_gain_is_clear(pool, grouping, membership):
    edge = np.flatnonzero(membership.between & (membership.probability < 0.55))
    before = membership.group.copy()
    before[edge] = membership.second[edge]
    kept = grouping.assign(pool.traits, pool.quality, before=before)
    assert (kept.group[edge] == before[edge]).any()
    sure = membership.probability > 0.8
    before[sure] = membership.second[sure]
    moved = grouping.assign(pool.traits, pool.quality, before=before)
    np.testing.assert_array_equal(moved.group[sure], membership.group[sure])


def test_the_null_test_vetoes_what_a_continuum_would_also_show(pool_of, monkeypatch):
    pool = pool_of(1000, 11, groups=1)
    monkeypatch.setattr("models.peers.fitting.majority", lambda _votes: 3)
    grouping = pool.fit(**QUICK)
    assert not grouping.found
    assert grouping.criteria["null_p"] > 1 / 6
    assert "p = " in grouping.why.en


def test_groups_taken_out_leave_each_column_and_what_goes_together(rng):
    x = np.concatenate([rng.normal(-1, 1, (2000, 3)), rng.normal(1, 1, (2000, 3))])
    x[:, 2] = np.exp(x[:, 2])
    null = without_groups(x, rng)
    assert set(null[:, 2]) <= set(x[:, 2])
    np.testing.assert_allclose(np.quantile(null, QS, 0), np.quantile(x, QS, 0), atol=0.25)
    np.testing.assert_allclose(spearmanr(null)[0], spearmanr(x)[0], atol=0.12)


def test_true_groups_gain_more_than_chance_does(rng):
    x = rng.standard_normal((400, 4))
    x[:200] += [2.5, 2.5, -2.5, -2.5]
    null = np.array([gains(without_groups(x, rng), 3, rng, starts=1) for _ in range(5)])
    votes = [Vote(tuple(gains(x, 3, rng, starts=2)), 2)]
    assert votes[0].gains[1] > price_of_a_group(null, 4)
    assert votes[0].gains[2] - votes[0].gains[1] < price_of_a_group(null, 4)
    assert null_p(votes, 2, null) == pytest.approx(1 / 6)


def test_a_group_has_its_price_even_where_chance_gains_nothing():
    assert price_of_a_group(np.zeros((5, 3)), 17) == 34
    assert price_of_a_group(np.tile([0.0, 40.0, 80.0], (5, 1)), 17) == pytest.approx(64)


def test_the_mixture_agrees_with_that_of_scikit_learn(rng):
    from sklearn.mixture import GaussianMixture  # noqa: PLC0415 - an oracle, slow to load

    centres = rng.normal(0, 3, (3, 4))
    labels = rng.integers(0, 3, 600)
    x = centres[labels] + rng.standard_normal((600, 4))
    mixture, likelihood = fit_mixture(Sample.of(x), labels, 3, gain=1e-9)
    oracle = GaussianMixture(3, covariance_type="tied", means_init=mixture.means).fit(x)
    assert likelihood / 600 == pytest.approx(oracle.score(x), abs=0.01)
    np.testing.assert_allclose(mixture.posterior(x), oracle.predict_proba(x), atol=0.02)


def test_an_unknown_feature_takes_what_is_usual_at_the_level(pool):
    features = pool.traits.features[:500]
    space = Space.learn(features)
    gap = features[:1].copy()
    gap[0, 3] = np.nan
    assert space.place(gap)[0, 4] == 0


def test_a_feature_no_firm_answered_does_no_harm(pool):
    features = pool.traits.features.copy()
    features[:, 2] = np.nan
    blind = replace(pool.traits, features=features)
    grouping = PeerGroups(**QUICK).fit(blind, pool.quality)
    assert np.isfinite(grouping.posterior(blind)).all()


def test_firms_that_answer_all_alike_are_one_kind(pool):
    alike = replace(pool.traits, features=np.full_like(pool.traits.features, 0.5))
    grouping = PeerGroups(**QUICK).fit(alike, pool.quality)
    assert not grouping.found


def test_firms_at_the_floor_are_placed_but_not_learnt_from(pool, grouping):
    features = pool.traits.features.copy()
    features[:] = 0
    beginners = replace(pool.traits, features=features)
    assert "Only 0 usable" in PeerGroups().fit(beginners, pool.quality).why.en
    placed_at = grouping.assign(beginners, pool.quality)
    assert (placed_at.group == placed_at.group[0]).all()
    assert placed_at.group[0] >= 0


def test_scattered_votes_are_no_groups():
    votes = [Vote((), k) for k in (3, 3, 3, 3, 2, 2, 4, 5, 1)]
    assert majority(votes) == 1
    assert majority([*votes[:4], Vote((), 3), *votes[5:]]) == 3


def test_names_that_clash_say_more_or_are_numbered():
    titles = {key: Text(key.upper(), key.title()) for key in "abc"}
    same = [(("a", "b"), ()), (("a", "c"), ()), ((), ("b",)), ((), ())]
    names = name_groups(np.array([0.1, 0.2, 0.3, 0.4]), same, titles)
    assert [name.zh for name in names] == [
        "进阶型 · A、B较强",
        "进阶型 · A、C较强",
        "进阶型 · B较弱",
        "进阶型 · 均衡",
    ]
    twins = name_groups(np.array([-2.0, -2.0]), [((), ())] * 2, titles)
    assert [name.en for name in twins] == ["Starting · even (1)", "Starting · even (2)"]
