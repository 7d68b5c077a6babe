"""The firms of the fictional district: who they are, before they answer anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnose.fictional.codes import fictional_codes
from diagnose.fictional.content import content
from models.firms import profile_firms
from questionnaires.sheets import Firms

SIZE_LEVEL = np.array([-0.3, 0.0, 0.5, 1.0])  # what micro … large adds to digital maturity
SHOWPIECES_FROM = 60
WORKFORCE = (4.2, 0.95)  # log-normal; median 67 employees, 5 % above 300
REVENUE_PER_HEAD = (4.3, 0.6)  # log-normal; median 74 万元 a head
REVENUE = (2_000.0, 80_000.0)  # 万元; the few large firms may have more
ABOVE = 0.4  # small firms lie above the least by so much of it, on average
LARGE = 1_000  # employees


@dataclass(frozen=True)
class Population:
    """`firms`, the industry of each as its place in the content, and what both add to the level."""

    firms: Firms
    industry: NDArray[np.intp]
    level: NDArray[np.float32]


def draw_firms(firms: int, seed: int, rng: np.random.Generator) -> Population:
    """A district's firms: mostly small, of thirteen divisions, in invented streets and parks."""
    industries = content("firms")["industries"]
    shares = np.array([each["share"] for each in industries], dtype=float)
    industry = rng.choice(len(industries), firms, p=shares / shares.sum())
    codes = [np.array(each["codes"], dtype=object) for each in industries]
    at = rng.random(firms)
    employees = np.clip(np.rint(rng.lognormal(*WORKFORCE, firms)), 8, 6_000)
    revenue = employees * rng.lognormal(*REVENUE_PER_HEAD, firms)
    least = REVENUE[0] * (1 + rng.exponential(ABOVE, firms))
    most = np.where(employees >= LARGE, 10 * REVENUE[1], REVENUE[1])
    drawn = Firms(
        uscc=fictional_codes(firms, seed),
        name=_names(industry, at, rng),
        industry=_by_industry(codes, industry, at),
        region=rng.choice(np.array(content("firms")["regions"], dtype=object), firms),
        employees=employees,
        revenue=np.rint(np.clip(revenue, least, most)).astype(np.float64),
    )
    added = np.array([each["level"] for each in industries])
    level = SIZE_LEVEL[profile_firms(drawn).size] + added[industry]
    return Population(drawn, industry, level.astype(np.float32))


def pick(kind: str, industry: NDArray[np.intp], at: NDArray[np.float64]) -> NDArray[np.object_]:
    """(n,) one of each industry's `kind` (trades, products) by `at` in 0…1."""
    lists = [np.array(each[kind], dtype=object) for each in content("firms")["industries"]]
    return _by_industry(lists, industry, at)


def _by_industry(
    lists: list[NDArray[np.object_]], industry: NDArray[np.intp], at: NDArray[np.float64]
) -> NDArray[np.object_]:
    chosen = np.empty(len(industry), dtype=object)
    for number, choices in enumerate(lists):
        rows = industry == number
        chosen[rows] = choices[(at[rows] * len(choices)).astype(np.intp)]
    return chosen


def _names(
    industry: NDArray[np.intp], at: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.object_]:
    words = content("firms")
    firms = len(industry)
    drawn = [
        rng.choice(np.array(words[kind], dtype=object), firms)
        for kind in ("places", "first", "second", "forms")
    ]
    place, first, second, form = drawn
    names = np.asarray(
        words["prefix"] + place + first + second + pick("trades", industry, at) + form
    )
    if firms >= SHOWPIECES_FROM:
        shown = words["showpieces"]
        names[rng.choice(firms, len(shown), replace=False)] = shown
    return names
