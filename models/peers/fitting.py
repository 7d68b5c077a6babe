"""Find peer groups in a pool of firms, or say honestly that there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits

from models.peers.choice import (
    Vote,
    gains,
    majority,
    null_p,
    price_of_a_group,
    vote,
    without_groups,
)
from models.peers.features import Space, learnable, moments
from models.peers.grouping import Grouping
from models.peers.mixture import Mixture, Sample
from models.peers.naming import name_groups, standing_out
from models.peers.phrases import phrases
from models.peers.results import Group, Quality
from models.peers.starts import best_mixture
from models.scoring.results import Traits
from questionnaires.text import Text

Floats = NDArray[np.float64]

LEAST_IN_GROUP = 10  # firms, as in every published cell
NULL_STARTS = 2  # of a fit to simulated firms, whose gains are averaged


class PeerGroups:
    """Fit peer groups: a tied-covariance Gaussian mixture over the level and shape of firms.

    `titles` of the features, for the groups' names. `least_firms` usable firms or fewer: no fit.
    The number of groups, up to `most`, is voted by `votes` samples of `sample` firms: 500 is the
    measured balance, 400 is more cautious, 600 finds weaker groups. A group holds at least
    `least_share` of the firms. `null_draws` simulated pools without groups may veto the vote.
    Learnt from at most `fit_on` firms. Deterministic for a `random_state`.

    Methods: Hennig and Lin 2015 (null test); McLachlan and Peel 2000 (mixtures).
    """

    def __init__(  # noqa: PLR0913 - the settings of an estimator, each with its measured default
        self,
        *,
        titles: Mapping[str, Text] | None = None,
        random_state: int = 0,
        most: int = 6,
        votes: int = 9,
        sample: int = 500,
        starts: int = 4,
        least_firms: int = 150,
        least_share: float = 0.03,
        null_draws: int = 19,
        fit_on: int = 20_000,
    ) -> None:
        self.titles = dict(titles or {})
        self.random_state = random_state
        self.most = most
        self.votes = votes
        self.sample = sample
        self.starts = starts
        self.least_firms = least_firms
        self.least_share = least_share
        self.null_draws = null_draws
        self.fit_on = fit_on

    def fit(self, traits: Traits, quality: Quality, previous: Grouping | None = None) -> Grouping:
        """Fit the groups of a pool.

        Careless sheets, half-empty ones and those almost wholly at the floor or the ceiling do
        not take part. With a `previous` grouping, groups that hold the same firms keep their id.
        """
        usable = np.flatnonzero(~quality.careless & learnable(traits.features))
        if len(usable) < self.least_firms:
            counts: dict[str, object] = {"firms": len(usable), "least": self.least_firms}
            return self._none(traits, "few", counts, dict(counts))
        with threadpool_limits(1):
            return self._fit(traits, usable, previous)

    def _fit(self, traits: Traits, usable: NDArray[np.intp], previous: Grouping | None) -> Grouping:
        rng = np.random.default_rng(self.random_state)
        rows = self._draw(usable, self.fit_on, rng)
        space = Space.learn(traits.features[rows])
        points = space.place(traits.features[rows])
        null = self._null(points, rng)
        price = price_of_a_group(null, points.shape[1])
        votes = [self._vote(points, price, rng) for _ in range(self.votes)]
        k = majority(votes)
        firms = len(usable)
        criteria = self._criteria(votes, firms, k) | {"price": round(price, 1)}
        if k == 1:
            return self._none(traits, "one", {"firms": firms}, criteria)
        p = criteria["null_p"] = null_p(votes, k, null)
        if p > 1 / (1 + self.null_draws):
            return self._none(traits, "veto", {"k": k, "p": f"{p:.2f}"}, criteria)
        mixture = self._final(points, k, rng)
        if mixture is None:
            return self._none(traits, "one", {"firms": firms}, criteria)
        k = criteria["chosen"] = len(mixture.weights)
        criteria["stability"] = self._stability(points, k, mixture, rng)
        won = sum(each.k == k for each in votes)
        why = {"firms": firms, "k": k, "votes": self.votes, "won": won}
        grouping = Grouping(
            found=True,
            why=phrases("why")["found"].format(**why),
            feature_ids=traits.feature_ids,
            criteria=criteria,
            space=space,
            mixture=_by_level(mixture),
        )
        return self._named(grouping, traits, rows, previous)

    def _null(self, points: Floats, rng: np.random.Generator) -> Floats:
        """(draws, most) what groups gain in samples from which the groups are taken out."""
        samples = (self._draw(points, self.sample, rng) for _ in range(self.null_draws))
        return np.array(
            [
                gains(without_groups(each, rng), self.most, rng, starts=NULL_STARTS)
                for each in samples
            ]
        )

    def _vote(self, points: Floats, price: float, rng: np.random.Generator) -> Vote:
        sample = self._draw(points, self.sample, rng)
        least = max(self.least_share, LEAST_IN_GROUP / len(points))
        return vote(sample, self.most, rng, price=price, starts=self.starts, least=least)

    def _criteria(self, votes: list[Vote], firms: int, k: int) -> dict[str, Any]:
        gained = np.mean([each.gains for each in votes], axis=0)
        return {
            "firms": firms,
            "candidates": list(range(1, self.most + 1)),
            "votes": [each.k for each in votes],
            "sample": min(self.sample, firms),
            "gains": [round(float(gain), 1) if np.isfinite(gain) else None for gain in gained],
            "chosen": k,
            "random_state": self.random_state,
        }

    def _final(self, points: Floats, k: int, rng: np.random.Generator) -> Mixture | None:
        """The fit to all firms; with fewer groups where one would hold next to none."""
        for fewer in range(k, 1, -1):
            mixture, _ = best_mixture(Sample.of(points), fewer, rng, self.starts)
            sizes = np.bincount(mixture.posterior(points).argmax(axis=1), minlength=fewer)
            if sizes.min() >= max(LEAST_IN_GROUP, self.least_share * len(points) / 2):
                return mixture
        return None

    def _stability(
        self, points: Floats, k: int, mixture: Mixture, rng: np.random.Generator
    ) -> float:
        """Mean share of firms that fits to halves of the pool place as the whole fit does."""
        labels = mixture.posterior(points).argmax(axis=1)
        shares = []
        for _ in range(3):
            half = Sample.of(self._draw(points, min(len(points) // 2, 4 * self.sample), rng))
            again = best_mixture(half, k, rng, self.starts)[0].posterior(points).argmax(axis=1)
            agree = np.bincount(labels * k + again, minlength=k * k).reshape(k, k)
            shares.append(agree[linear_sum_assignment(-agree)].sum() / len(points))
        return round(float(np.mean(shares)), 3)

    def _named(
        self, grouping: Grouping, traits: Traits, rows: NDArray[np.intp], previous: Grouping | None
    ) -> Grouping:
        assert grouping.mixture is not None
        ids, means = traits.feature_ids, grouping.mixture.means
        labels = grouping.posterior(traits, rows).argmax(axis=1)
        marks = [standing_out(mean[1:], ids) for mean in means]
        names = name_groups(means[:, 0], marks, self.titles)
        sizes = np.bincount(labels, minlength=len(means))
        groups = []
        for at, own in enumerate(_ids(grouping, traits, rows, labels, previous)):
            profile = moments(traits.features[rows[labels == at]].astype(np.float64))[0]
            shown = {each: round(float(mean), 2) for each, mean in zip(ids, profile, strict=True)}
            groups.append(Group(own, names[at], int(sizes[at]), shown, *marks[at]))
        return replace(grouping, groups=tuple(groups))

    def _none(
        self, traits: Traits, why: str, values: dict[str, object], criteria: dict[str, Any]
    ) -> Grouping:
        said = phrases("why")[why].format(**values)
        return Grouping(False, said, traits.feature_ids, criteria=criteria)

    @staticmethod
    def _draw(rows: NDArray[Any], most: int, rng: np.random.Generator) -> NDArray[Any]:
        if len(rows) <= most:
            return rows
        return np.asarray(rows[np.sort(rng.choice(len(rows), most, replace=False))])


def _by_level(mixture: Mixture) -> Mixture:
    order = np.argsort(mixture.means[:, 0], kind="stable")
    return Mixture(mixture.weights[order], mixture.means[order], mixture.covariance)


def _ids(
    grouping: Grouping,
    traits: Traits,
    rows: NDArray[np.intp],
    labels: NDArray[np.intp],
    previous: Grouping | None,
) -> list[str]:
    """Ids of the groups: those of the previous groups that hold the same firms, else new ones."""
    assert grouping.mixture is not None
    k = len(grouping.mixture.weights)
    kept: dict[int, str] = {}
    if previous and previous.found and previous.feature_ids == traits.feature_ids:
        old = previous.posterior(traits, rows).argmax(axis=1)
        shared = np.zeros((k, len(previous.groups)))
        np.add.at(shared, (labels, old), 1)
        pairs = zip(*linear_sum_assignment(-shared), strict=True)
        kept = {int(new): previous.groups[was].id for new, was in pairs if shared[new, was]}
    taken = {group.id for group in previous.groups} if previous else set()
    fresh = (f"g{number}" for number in range(1, 10_000) if f"g{number}" not in taken)
    return [kept[at] if at in kept else next(fresh) for at in range(k)]
