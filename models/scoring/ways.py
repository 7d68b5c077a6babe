"""The cheapest sets of steps that reach a goal of points and scenes.

Exact: points are a small knapsack over chains of steps, scenes a greedy choice (they form a
matroid), and both are independent, since no question is scored and a scene at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import heappop, heappush
from itertools import accumulate

# By question: how many of its steps are taken.
Way = Mapping[str, int]
_Bans = frozenset[str]


@dataclass(frozen=True)
class Goal:
    """What is missing, and what can be done about it.

    `ticks` are missing to the score, and `chains` say by question what each next step adds;
    `scenes` and `binding` (among them) are missing at the level, and `climbs` say by scene how
    many steps it takes there and whether it is binding.
    """

    ticks: int
    scenes: int
    binding: int
    chains: Mapping[str, tuple[int, ...]]
    climbs: Mapping[str, tuple[int, bool]]

    def ways(self, most: int = 3) -> tuple[Way, ...]:
        """Up to `most` ways, the fewest steps first; none where the goal is out of reach.

        Each way does without at least one question of every way before it, and is the cheapest
        such way: every node of the search bans some questions, and its children ban one more
        of those that its own cheapest way uses.
        """
        found: list[Way] = []
        queue: list[tuple[int, int, _Bans, Way]] = []
        seen: set[_Bans] = set()
        points, scenes = cache(self._points), cache(self._scenes)

        def visit(bans: _Bans) -> None:
            if bans in seen:
                return
            seen.add(bans)
            raised = points(bans.intersection(self.chains))
            climbed = scenes(bans.intersection(self.climbs))
            if raised is not None and climbed is not None:
                way = {**raised, **climbed}
                heappush(queue, (sum(way.values()), len(seen), bans, way))

        visit(frozenset())
        while queue and len(found) < most:
            _, _, bans, way = heappop(queue)
            if not any(earlier.keys() <= way.keys() for earlier in found):
                found.append(way)
            for question in way:
                visit(bans | {question})
        return tuple(found)

    def _points(self, bans: _Bans) -> Way | None:
        """Best gain by number of steps, question by question, up to what a greedy choice takes."""
        chains = {q: gains for q, gains in self.chains.items() if q not in bans}
        most = _greedy(self.ticks, chains)
        if most is None:
            return None
        best: list[tuple[int, dict[str, int]]] = [(0, {}), *([(-1, {})] * most)]
        for question, gains in chains.items():
            sums = list(accumulate(gains))
            for steps in range(most, 0, -1):
                for taken in range(1, min(steps, len(sums)) + 1):
                    before, way = best[steps - taken]
                    if before >= 0 and before + sums[taken - 1] > best[steps][0]:
                        best[steps] = (before + sums[taken - 1], {**way, question: taken})
        return next(way for gain, way in best if gain >= self.ticks)

    def _scenes(self, bans: _Bans) -> Way | None:
        """The cheapest binding scenes that are needed, then the cheapest of the rest."""
        ladder = [climb for climb in self._ladder if climb[1] not in bans]
        binding = [climb for climb in ladder if climb[2]][: self.binding]
        others = [climb for climb in ladder if climb not in binding]
        chosen = binding + others[: max(0, self.scenes - len(binding))]
        if len(binding) < self.binding or len(chosen) < self.scenes:
            return None
        return {question: steps for steps, question, _ in chosen}

    @cached_property
    def _ladder(self) -> list[tuple[int, str, bool]]:
        climbs = [(steps, question, binding) for question, (steps, binding) in self.climbs.items()]
        return sorted(climbs, key=lambda climb: climb[0])


def _greedy(ticks: int, chains: Mapping[str, tuple[int, ...]]) -> int | None:
    """How many steps it takes when the largest next step is taken each time; None: too few."""
    heap: list[tuple[int, str, int]] = []
    for question, gains in chains.items():
        if gains:
            heappush(heap, (-gains[0], question, 0))
    steps = 0
    while ticks > 0 and heap:
        gain, question, at = heappop(heap)
        ticks += gain
        steps += 1
        if at + 1 < len(chains[question]):
            heappush(heap, (-chains[question][at + 1], question, at + 1))
    return steps if ticks <= 0 else None
