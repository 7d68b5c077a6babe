"""What judging answer sheets by a standard yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.standard import Standard


@dataclass(frozen=True)
class Scores:
    """Scores of n firms by one standard.

    `score` (n,) points 0…full; `parts` (n, p) points by part, in the standard's order;
    `level` (n,) 0 = none; `answered` (n,) how many of the `of` judged questions are answered;
    `could_add` (n,) the points that the others, whatever keeps them open, could add at most.
    `scenes_at` (n, L) scenes at level 1…L or above, `binding_at` (n, L) the binding ones of them.
    """

    standard: Standard
    score: NDArray[np.float64]
    parts: NDArray[np.float64]
    level: NDArray[np.int8]
    answered: NDArray[np.int16]
    of: int
    could_add: NDArray[np.float64]
    scenes_at: NDArray[np.int8]
    binding_at: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.score)

    def take(self, rows: NDArray[Any] | list[int]) -> Scores:
        """The scores at `rows`."""
        arrays = {k: v[rows] for k, v in vars(self).items() if isinstance(v, np.ndarray)}
        return Scores(standard=self.standard, of=self.of, **arrays)


@dataclass(frozen=True)
class Traits:
    """What groups and answer quality are read from.

    `items` (n, m) float32, each judged question as a fraction 0…1 of its full (scene: level ÷ 4),
    NaN where not answered; `item_ids` their questions; `steps` (m,) how many values each can take.
    `features` (n, f) float32 means of items by `Standard.features`, NaN where none is answered.
    """

    item_ids: tuple[str, ...]
    items: NDArray[np.float32]
    steps: NDArray[np.int64]
    feature_ids: tuple[str, ...]
    features: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Step:
    """One raise of one question: to a better option, one more option, or one scene level up.

    `to` is the option id reached or added; `gain` its points; `level_to` the scene level reached.
    """

    question: str
    to: str
    gain: float
    level_to: int | None = None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Why a question scores as it does: its points of `full` and what each missing step adds.

    `counted` is the option that the counts behind the question decide, '' where none do.
    """

    question: str
    part: str
    points: float
    full: float
    missing: tuple[Step, ...]
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a level: `kind` is "score", "scenes" or "binding"."""

    kind: str
    have: float
    required: float

    @property
    def short(self) -> float:
        """How much is missing, 0 when met."""
        return max(0.0, self.required - self.have)


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What stands between a firm and the next level.

    `ways` are the cheapest sets of steps that reach it, the fewest steps first.
    """

    number: int
    needs: tuple[Need, ...]
    ways: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one firm scores as it does, and what reaches the next level (None: already the top).

    `conflicts` are the questions whose counts contradict the chosen band or each other.
    """

    items: tuple[ItemResult, ...]
    scenes: tuple[tuple[str, int | None], ...]
    next_level: NextLevel | None
    conflicts: tuple[str, ...] = ()
