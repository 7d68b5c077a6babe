from dataclasses import replace

import numpy as np

from models.peers import nearest


def test_a_twin_is_the_nearest_of_all(pool):
    features = pool.traits.features.copy()
    features[500] = features[7]
    found = nearest(replace(pool.traits, features=features), 7, k=5)
    assert found[0] == 500
    assert 7 not in found
    assert len(found) == 5


def test_the_nearest_are_nearer_than_all_others(pool):
    features = np.where(np.isnan(pool.traits.features), 0.5, pool.traits.features)
    found = nearest(replace(pool.traits, features=features), 3, k=10)
    angles = np.arcsin(np.sqrt(features.astype(float)))
    apart = (((angles - angles[3]) / angles.std(axis=0)) ** 2).sum(axis=1)
    apart[3] = np.inf
    assert set(found) == set(np.argsort(apart)[:10])


def test_fewer_firms_than_asked_for_are_all_returned(pool):
    few = replace(pool.traits, features=pool.traits.features[:4])
    assert sorted(nearest(few, 2, k=10)) == [0, 1, 3]
    assert nearest(replace(pool.traits, features=pool.traits.features[:1]), 0).size == 0
