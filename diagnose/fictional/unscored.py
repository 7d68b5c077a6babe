"""Answers beside the score: the firm's profile, what it has, what it needs and means to spend."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnose.fictional.content import content
from diagnose.fictional.firms import Population, pick
from diagnose.fictional.scored import Columns
from questionnaires.model import Questionnaire

Floats = NDArray[np.float64]

NEWEST = 2024  # founded at the latest
SYSTEM = 2  # a scene at this level runs on a system
LOW = 1  # a scene at this level or below troubles the firm
KNOWN_BUDGET = 0.6  # firms that say what they mean to spend a year
NAMED = 0.3  # of a firm's troubles, how many it names
BOUGHT = 0.85  # of the scenes run on a system, those with software of their own
CLOUD, OPEN_DOORS = 0.4, 0.25  # firms in the cloud; firms that would show their plant
TYPES = ("discrete", "process", "mixed")


def answer_unscored(
    questionnaire: Questionnaire, population: Population, scored: Columns, rng: np.random.Generator
) -> Columns:
    """Question id → column of everything that is not scored, NaN, -1 or '' where left open."""
    n = len(population.industry)
    answers = _profile(questionnaire, population, rng)
    answers |= _means(population.firms.revenue, population.firms.employees, rng)
    answers["software"] = _software(questionnaire, scored, rng)
    answers["cloud"] = (rng.random(n) < CLOUD).astype(np.int8)
    answers["pains"] = _pains(questionnaire, scored, rng)
    answers["concerns"] = _some(questionnaire, "concerns", 0.35, n, rng)
    answers["services"] = _some(questionnaire, "services", 0.3, n, rng)
    answers["demo_site"] = (rng.random(n) < OPEN_DOORS).astype(np.int8)
    wishes = np.array(["", *content("firms")["wishes"]], dtype=object)
    answers["wish"] = rng.choice(wishes, n)
    return answers


def _profile(
    questionnaire: Questionnaire, population: Population, rng: np.random.Generator
) -> Columns:
    n = len(population.industry)
    types = [TYPES.index(each["type"]) for each in content("firms")["industries"]]
    steps = np.maximum(np.rint(rng.normal(9, 4, n)), 2)
    titles = _some(questionnaire, "titles", 0.12, n, rng)
    return {
        "main_products": pick("products", population.industry, rng.random(n)),
        "founded": np.maximum(NEWEST - np.rint(rng.exponential(13, n)), 1956),
        "ownership": rng.choice(4, n, p=[0.05, 0.82, 0.1, 0.03]).astype(np.int8),
        "production_type": np.array(types, dtype=np.int8)[population.industry],
        "titles": titles,
        "largest_customer_share": np.round(100 * rng.beta(2, 4, n)),
        "key_processes": steps,
        "key_processes_nc": np.floor(steps * rng.random(n)),
    }


def _means(revenue: Floats, employees: Floats, rng: np.random.Generator) -> Columns:
    n = len(revenue)
    spent = revenue * np.minimum(rng.lognormal(-5.8, 0.8, n), 0.05)  # median 0.3 % of revenue
    given = rng.random(n) < KNOWN_BUDGET
    budget = np.where(given, np.maximum(np.rint(revenue * rng.lognormal(-5.5, 0.6, n)), 2), np.nan)
    return {
        "it_staff": np.floor(employees * 0.02 * rng.random(n) + rng.random(n)),
        "digital_spend_last": np.round(spent, 1),
        "digital_spend_before": np.round(spent * rng.uniform(0.5, 1.1, n), 1),
        "digital_spend_earlier": np.round(spent * rng.uniform(0.3, 1.0, n), 1),
        "budget_per_year": budget,
    }


def _software(
    questionnaire: Questionnaire, scored: Columns, rng: np.random.Generator
) -> NDArray[Any]:
    has = {
        option: (scored[scene] >= SYSTEM) & (rng.random(len(scored[scene])) < BOUGHT)
        for option, scene in content("answers")["software"].items()
    }
    return _bits(questionnaire, "software", has)


def _pains(questionnaire: Questionnaire, scored: Columns, rng: np.random.Generator) -> NDArray[Any]:
    has = {
        option: (scored[scene] <= LOW) & (rng.random(len(scored[scene])) < NAMED)
        for option, scene in content("answers")["pains"].items()
    }
    return _bits(questionnaire, "pains", has)


def _some(
    questionnaire: Questionnaire, question: str, share: float, n: int, rng: np.random.Generator
) -> NDArray[Any]:
    options = [option.id for option in questionnaire[question].options if not option.excludes]
    return _bits(questionnaire, question, {each: rng.random(n) < share for each in options})


def _bits(
    questionnaire: Questionnaire, question: str, has: dict[str, NDArray[np.bool_]]
) -> NDArray[Any]:
    """A column of several options; the excluding one where a firm has none."""
    index = questionnaire[question].option_index
    bits = np.zeros(len(next(iter(has.values()))), dtype=np.int32)
    for option, chosen in has.items():
        bits |= chosen.astype(np.int32) << index[option]
    return np.where(bits, bits, np.int32(1 << index["none"]))
