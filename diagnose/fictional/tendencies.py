"""What fictional firms are good at: a level, and around it the shape of their archetype."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from diagnose.fictional.content import content

Difficulty = Literal["base", "hard"]
Groups = int | Literal["continuum"]
Floats = NDArray[np.float32]

CHANCE = 0.5  # how much of an archetype's shape is drawn anew by each seed
OWN_WAY = 0.25  # departure of an archetype on a single question
AMPLITUDE = 0.25  # firms live their archetype more or less
UNEVEN = 0.5  # a firm's own ups and downs from aspect to aspect
NOISE = 0.7  # from question to question
FACTORS = 4  # of the continuum


@dataclass(frozen=True)
class Regime:
    """How far archetypes stand apart."""

    separation: float  # how far they reach from the level, per aspect
    overlap: float = 0.0  # how much of the next one's shape each of them shares
    uneven_sizes: float = 1.0  # the power to which their shares are raised
    spreads: tuple[float, float] = (1.0, 1.0)  # of firms within the commonest and the rarest
    skew: float | None = None  # shape of the gamma distribution of the level, else normal


REGIMES: dict[Difficulty, Regime] = {
    "base": Regime(separation=0.72),
    "hard": Regime(0.58, overlap=0.3, uneven_sizes=1.3, spreads=(0.8, 1.3), skew=3.0),
}


@dataclass(frozen=True)
class Tendencies:
    """How n firms tend to answer.

    `lean` (n, q) by scored question, in standard deviations; `truth` (n,) the archetype, 0 where
    there are none.
    """

    questions: tuple[str, ...]
    lean: Floats
    truth: NDArray[np.int64]


def draw_tendencies(
    level: Floats, groups: Groups, difficulty: Difficulty, rng: np.random.Generator
) -> Tendencies:
    """Tendencies of n firms; `level` (n,) is what size and industry add."""
    regime = REGIMES[difficulty]
    aspects: dict[str, list[str]] = content("answers")["aspects"]
    n, many = len(level), 1 if groups == "continuum" else int(groups)
    archetypes = content("answers")["archetypes"][:many]
    shares = np.array([each["share"] for each in archetypes], dtype=float) ** regime.uneven_sizes
    truth = rng.choice(many, n, p=shares / shares.sum())
    lean = rng.standard_normal((n, len(aspects)), dtype=np.float32) * np.float32(UNEVEN)
    own = (level + _general(n, regime, rng)).astype(np.float32)
    if groups == "continuum":
        lean += _continuous(n, len(aspects), regime, rng)
    elif many > 1:
        offsets = np.array([each["offset"] for each in archetypes], dtype=np.float32)
        own += offsets[truth]
        amplitude = np.clip(1 + AMPLITUDE * rng.standard_normal(n, dtype=np.float32), 0.3, None)
        shapes = _shapes(archetypes, list(aspects), regime, rng)
        lean *= np.linspace(*regime.spreads, many, dtype=np.float32)[truth][:, None]
        lean += np.float32(regime.separation) * amplitude[:, None] * shapes[truth]
    lean += own[:, None]
    of_question = np.repeat(np.arange(len(aspects)), [len(each) for each in aspects.values()])
    questions = tuple(question for each in aspects.values() for question in each)
    departures = OWN_WAY * (many > 1) * rng.standard_normal((many, len(questions)))
    noise = NOISE * rng.standard_normal((n, len(questions)), dtype=np.float32)
    noise += departures.astype(np.float32)[truth]
    return Tendencies(questions, lean[:, of_question] + noise, truth)


def _general(n: int, regime: Regime, rng: np.random.Generator) -> NDArray[np.float64]:
    if regime.skew is None:
        return rng.standard_normal(n)
    return np.asarray((rng.gamma(regime.skew, 1.0, n) - regime.skew) / np.sqrt(regime.skew))


def _shapes(
    archetypes: list[dict[str, dict[str, float]]],
    aspects: list[str],
    regime: Regime,
    rng: np.random.Generator,
) -> Floats:
    """(k, s) unit-RMS shapes around zero: as described, partly by chance, partly the next's."""
    leans = np.array(
        [[each["leans"].get(aspect, 0.0) for aspect in aspects] for each in archetypes]
    )
    shapes = _unit(leans) + CHANCE * rng.standard_normal(leans.shape)
    return _unit(shapes + regime.overlap * np.roll(shapes, 1, axis=0)).astype(np.float32)


def _unit(shapes: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = shapes - shapes.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=1, keepdims=True)))


def _continuous(n: int, aspects: int, regime: Regime, rng: np.random.Generator) -> Floats:
    """(n, s) shapes without groups: every firm its own mix of a few directions."""
    directions = _unit(rng.standard_normal((FACTORS, aspects))).astype(np.float32)
    mix = rng.standard_normal((n, FACTORS), dtype=np.float32)
    return np.asarray(mix @ directions * np.float32(regime.separation / np.sqrt(FACTORS)))
