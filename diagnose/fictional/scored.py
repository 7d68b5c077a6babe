"""From tendencies to answers of the scored questions and scenes: ordinal items by thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnose.fictional.content import content
from diagnose.fictional.tendencies import Tendencies
from questionnaires.model import Question, Questionnaire

USUAL_DIFFICULTY = 0.3
LADDER = (-1.3, 1.5)  # thresholds of the first and the last step, about the difficulty
OPTION_NOISE = 0.5  # of several options, not just the easiest are chosen
BANDS = np.array([0.0, 0.1, 0.2, 0.4, 0.6, 1.0])  # of both rates, upper bounds inclusive
COUNTED = 0.7  # firms that also give the counts
MISJUDGED = 0.04  # of these, the share whose band and counts disagree

Columns = dict[str, NDArray[Any]]


def answer_scored(
    questionnaire: Questionnaire, tendencies: Tendencies, rng: np.random.Generator
) -> Columns:
    """Question id → column for the scored questions and scenes, all answered."""
    columns: Columns = {}
    for at, question_id in enumerate(tendencies.questions):
        question = questionnaire[question_id]
        lean = tendencies.lean[:, at] - difficulty(question_id)
        answer = _several if question.kind == "multi" else _single
        columns[question_id] = answer(question, lean, rng)
    return columns


def difficulty(question_id: str) -> np.float32:
    """How hard a good answer is, in standard deviations."""
    known: Mapping[str, float] = content("answers")["difficulty"]
    return np.float32(known.get(question_id, USUAL_DIFFICULTY))


def count_equipment(
    columns: Columns, employees: NDArray[np.float64], rng: np.random.Generator
) -> Columns:
    """The counts behind the two rates, NaN where not given; bands in `columns` follow them."""
    n = len(employees)
    total = np.maximum(np.rint(employees * rng.lognormal(-0.3, 0.5, n)), 4)
    given = rng.random(n) < COUNTED
    counts: Columns = {"equipment_total": np.where(given, total, np.nan)}
    for part in ("digital", "networked"):
        band = columns[f"equipment_{part}_rate"]
        share = BANDS[band] + (BANDS[band + 1] - BANDS[band]) * rng.random(n)
        count = np.rint(share * total)
        counted = np.searchsorted(BANDS[1:-1], np.round(count / total, 9), side="left")
        off = rng.random(n) < MISJUDGED
        band[given] = np.where(off, np.minimum(counted + 1, 4), counted)[given]
        counts[f"equipment_{part}"] = np.where(given, count, np.nan)
    return counts


def _single(
    question: Question, lean: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.int8]:
    del rng  # thresholds decide; the noise is in the tendency
    steps = np.linspace(*LADDER, len(question.options) - 1, dtype=np.float32)
    return np.searchsorted(steps, lean).astype(np.int8)


def _several(
    question: Question, lean: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.int32]:
    """Bits of the options reached; the excluding one where none is."""
    ids = [option.id for option in question.options if not option.excludes]
    ladder = content("answers")["ladders"].get(question.id, ids)
    bits = np.zeros(len(lean), dtype=np.int32)
    for step, option in zip(np.linspace(*LADDER, len(ids)), ladder, strict=True):
        reach = lean + np.float32(OPTION_NOISE) * rng.standard_normal(len(lean), dtype=np.float32)
        bits |= (reach > step).astype(np.int32) << question.option_index[option]
    none = next(at for at, option in enumerate(question.options) if option.excludes)
    return np.where(bits, bits, np.int32(1 << none))
