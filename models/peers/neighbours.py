"""The firms most like one firm, where a pool shows no groups, or besides them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.peers.features import arcsine, moments
from models.scoring.results import Traits


def nearest(traits: Traits, row: int, k: int = 10) -> NDArray[np.intp]:
    """The rows of the k firms nearest to `row` by their features, the nearest first.

    Distances are over the features known of both, each in units of its own spread.
    """
    angles = arcsine(traits.features)
    apart = ((angles - angles[row]) / moments(angles)[1]) ** 2
    known = np.isfinite(apart)
    distance = np.where(known, apart, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    distance[~known.any(axis=1)] = np.inf
    distance[row] = np.inf
    found = np.argsort(distance, kind="stable")[: min(k, len(traits) - 1)]
    return np.asarray(found[np.isfinite(distance[found])])
