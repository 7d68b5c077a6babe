"""Peer groups as fitted: a frozen rule that assigns any firm, today or next year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.peers import exchange
from models.peers.features import Space, placeable
from models.peers.mixture import Mixture
from models.peers.results import Group, Membership, Quality, Reason
from models.scoring.results import Traits
from questionnaires.text import Text

SURE = 0.8  # posterior below which a firm lies between two groups
MOVE = 0.2  # gain of posterior that moves a firm out of the group it was in
CHUNK = 50_000  # firms placed at a time, to keep memory small
LEVEL = "level"  # the reasons beside the features
SHARE = "share"


@dataclass(frozen=True)
class Grouping:
    """Peer groups of a pool of firms, or why there are none.

    `groups` from the lowest level to the highest, in the order of `Membership.group`;
    `criteria` says how their number was chosen. `space` and `mixture` are None where none were
    found. Holds no firm's data.
    """

    found: bool
    why: Text
    feature_ids: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    criteria: dict[str, Any] = field(default_factory=dict)
    space: Space | None = None
    mixture: Mixture | None = None

    def assign(
        self,
        traits: Traits,
        quality: Quality,
        before: NDArray[np.integer] | None = None,
    ) -> Membership:
        """Place firms among the groups; -1 without groups or with most features unknown.

        `before` (n,) is the group each firm was in (-1: none): it moves only where the new group
        is more probable by `MOVE`.
        """
        n = len(traits)
        group, second = np.full((2, n), -1, dtype=np.int16)
        probability = np.zeros(n, dtype=np.float32)
        between = np.zeros(n, dtype=bool)
        rows = np.flatnonzero(placeable(self._features(traits))) if self.found else np.arange(0)
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            posterior = self.posterior(traits, part)
            best = posterior.argmax(axis=1)
            if before is not None:
                best = _kept(posterior, best, before[part])
            chosen = np.take_along_axis(posterior, best[:, None], axis=1)[:, 0]
            np.put_along_axis(posterior, best[:, None], -1.0, axis=1)
            group[part], second[part] = best, posterior.argmax(axis=1)
            probability[part], between[part] = chosen, chosen < SURE
        return Membership(group, probability, second, between, (group >= 0) & ~quality.careless)

    def posterior(self, traits: Traits, rows: NDArray[Any] | None = None) -> NDArray[np.float64]:
        """(n, k) the probability of each group, for all firms or those at `rows`."""
        space, mixture = self._model()
        features = self._features(traits)
        return mixture.posterior(space.place(features if rows is None else features[rows]))

    def reasons(self, traits: Traits, row: int) -> tuple[Reason, ...]:
        """Why a firm belongs to its group rather than to the runner-up, the weightiest first.

        Exact: the weights add up to the log-odds of the two. Beside the features, `LEVEL` is the
        firm's overall level, and `SHARE` that one group is larger than the other. Empty where
        the firm has no group.
        """
        features = self._features(traits)[row : row + 1]
        if not self.found or not placeable(features)[0]:
            return ()
        space, mixture = self._model()
        point = space.place(features)
        second, first = np.argsort(mixture.scores(point)[0], kind="stable")[-2:]
        directions = mixture.directions
        midpoint = (mixture.means[first] + mixture.means[second]) / 2
        weights = (directions[:, first] - directions[:, second]) * (point[0] - midpoint)
        odds = np.log(mixture.weights[first] / mixture.weights[second])
        names = (LEVEL, *self.feature_ids, SHARE)
        reasons = [Reason(n, float(w)) for n, w in zip(names, [*weights, odds], strict=True)]
        return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))

    def to_json(self) -> dict[str, Any]:
        """The grouping as plain JSON values; `from_json` gives the same grouping back."""
        return exchange.write(vars(self))

    @classmethod
    def from_json(cls, content: Any) -> Grouping:
        """Read a grouping, e.g. one fitted elsewhere; raises `exchange.GroupsInvalid`."""
        return cls(**exchange.read(content))

    def _features(self, traits: Traits) -> NDArray[np.float32]:
        if traits.feature_ids != self.feature_ids:
            raise exchange.GroupsInvalid(exchange.OTHER_FEATURES)
        return traits.features

    def _model(self) -> tuple[Space, Mixture]:
        if self.space is None or self.mixture is None:
            raise ValueError("no groups were found")
        return self.space, self.mixture


def _kept(
    posterior: NDArray[np.float64], best: NDArray[np.intp], before: NDArray[np.integer]
) -> NDArray[np.intp]:
    known = (before >= 0) & (before < posterior.shape[1])
    old = np.where(known, before, 0)[:, None]
    gain = posterior.max(axis=1) - np.take_along_axis(posterior, old, axis=1)[:, 0]
    return np.where(known & (gain <= MOVE), old[:, 0], best)
