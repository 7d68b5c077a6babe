"""What the planner knows of n firms: what they have, what they may do, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from models.firms import FirmProfiles
from models.roadmap.catalogue import SIZE_KEYS, Catalogue, PerPiece
from models.roadmap.money import Budgets
from models.roadmap.units import PAINS, Units, chosen, reached_today
from models.scoring import Scorer
from models.scoring.results import Scores
from questionnaires.sheets import Sheets

_TYPES = Path(__file__).parents[1] / "data" / "process-types.yaml"
_PRODUCTION_TYPE = "production_type"
_FLOWS = ("process", "mixed")
# Micro, small, medium, large; an unknown size, -1, falls on the last and counts as small.
_MOST_A_YEAR = np.array([2, 3, 4, 5, 3])

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """n firms, u units, p projects, t years.

    `reached` and `open` (n, u) what is reached and what may be gained; `in_place` (n, p) what
    the firm has; `offered` and `suits` (n, p) whether the project exists at its size and fits its
    industry; `low`, `high` (n, p) 万元 (NaN where not offered) and `yearly` (n, p) whether it
    returns every year; `candidates` (n, p) what a plan may choose; `budgets` (n, t) 万元.
    """

    scores: Scores
    size: NDArray[np.int8]
    reached: Bools
    open: Bools
    in_place: Bools
    offered: Bools
    suits: Bools
    low: Floats
    high: Floats
    yearly: Bools
    budgets: Budgets
    candidates: Bools

    def __len__(self) -> int:
        return len(self.reached)

    @property
    def most_a_year(self) -> NDArray[np.int64]:
        """(n,) how many projects the firm can see through in a year; our own estimate by size."""
        return _MOST_A_YEAR[self.size]

    @property
    def cost(self) -> Floats:
        """(n, p) the middle of the range, which a plan reckons with; NaN where not offered."""
        return (self.low + self.high) / 2


def read_cases(
    catalogue: Catalogue,
    units: Units,
    scorer: Scorer,
    sheets: Sheets,
    profiles: FirmProfiles,
    budgets: Budgets,
) -> Cases:
    """All that the planner knows of the firms behind `sheets`."""
    reached, open_ = reached_today(units, scorer, sheets)
    in_place = _in_place(catalogue, units, sheets, reached)
    low, high, yearly = _costs(catalogue, sheets, profiles.size)
    suits = _suits(catalogue, sheets, profiles.division)
    cost = (low + high) / 2
    # The last year must carry a returning fee too, whichever year it starts in.
    room = np.where(yearly, budgets.yearly[:, -1:], budgets.yearly.max(axis=1, keepdims=True))
    planned = np.array([not project.on_request for project in catalogue.projects])
    free = ~in_place & suits & planned & (cost <= room + 1e-9)
    candidates = _candidates(catalogue, units, free, in_place, open_, reached)
    return Cases(
        scorer.score(sheets), profiles.size, reached, open_, in_place, ~np.isnan(low), suits,
        low, high, yearly, budgets, candidates,
    )  # fmt: skip


def gainable(units: Units, have: Bools, new: Bools, reached: Bools, open_: Bools) -> Bools:
    """(…, u) what is gained when the projects `new` (…, p) join those that the firm has.

    A group counts once all its members are there and one of them is new.
    """
    takes = units.members.astype(np.float32)
    there = (have | new).astype(np.float32) @ takes.T
    complete = there > takes.sum(axis=1) - 0.5
    fresh = new.astype(np.float32) @ takes.T > 0.5  # noqa: PLR2004  # counts, held as floats
    active = (complete & fresh).astype(np.float32)
    gained = active @ units.supports.astype(np.float32) > 0.5  # noqa: PLR2004
    gained &= open_
    gained |= reached
    return units.climb(gained) & ~reached


def _candidates(
    catalogue: Catalogue, units: Units, free: Bools, have: Bools, open_: Bools, reached: Bools
) -> Bools:
    """What is free, can have its prerequisites, and gains something or is needed for that."""
    free = free.copy()
    for _ in catalogue.projects:
        before = free.copy()
        for at, project in enumerate(catalogue.projects):
            for need in project.needs:
                of = [catalogue.index[id_] for id_ in need.of]
                free[:, at] &= (free | have)[:, of].sum(axis=1) >= need.least
        if (free == before).all():
            break
    gained = gainable(units, have, free, reached, open_)
    ready = ~(~(free | have) @ units.members.T)
    worth = (ready & (gained @ units.supports.T)) @ units.members
    useful = free & worth
    for _ in catalogue.projects:
        before = useful.copy()
        for at, project in enumerate(catalogue.projects):
            for need in project.needs:
                of = [catalogue.index[id_] for id_ in need.of]
                lacking = useful[:, at] & (have[:, of].sum(axis=1) < need.least)
                useful[:, of] |= lacking[:, None] & free[:, of]
        if (useful == before).all():
            break
    return useful


def _in_place(catalogue: Catalogue, units: Units, sheets: Sheets, reached: Bools) -> Bools:
    have = np.zeros((len(sheets), len(catalogue)), bool)
    alone = units.members.sum(axis=1) == 1
    scored = np.array([unit.question != PAINS for unit in units.units])
    for at, project in enumerate(catalogue.projects):
        if not project.in_place:
            own = (alone & units.members[:, at]) @ units.supports & scored
            have[:, at] = own.any() & reached[:, own].all(axis=1)
        for signs in project.in_place:
            have[:, at] |= _shown(units, sheets, signs, reached)
    return have


def _shown(
    units: Units, sheets: Sheets, signs: Mapping[str, tuple[str, ...]], reached: Bools
) -> Bools:
    shown = np.ones(len(sheets), bool)
    for question, options in signs.items():
        places = [
            at
            for at, unit in enumerate(units.units)
            if unit.question == question and unit.option in options
        ]
        if len(places) == len(options):
            shown &= reached[:, places].all(axis=1)
        else:
            shown &= chosen(sheets, question, options).all(axis=1)
    return shown


def _costs(
    catalogue: Catalogue, sheets: Sheets, size: NDArray[np.int8]
) -> tuple[Floats, Floats, Bools]:
    shape = len(sheets), len(catalogue)
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    yearly = np.zeros(shape, bool)
    keys = np.array(SIZE_KEYS)[np.maximum(size, 0)]
    for at, project in enumerate(catalogue.projects):
        for key, cost in project.costs.items():
            rows = keys == key
            pieces = _pieces(cost.each, sheets)[rows] if cost.each else 0.0
            low[rows, at] = cost.low + (pieces * cost.each.low if cost.each else 0.0)
            high[rows, at] = cost.high + (pieces * cost.each.high if cost.each else 0.0)
            yearly[rows, at] = cost.yearly
    return low, high, yearly


def _pieces(each: PerPiece, sheets: Sheets) -> Floats:
    """(n,) how many pieces are still to be added."""
    known = sheets.answered(each.of) & sheets.answered(each.less)
    wanted = np.ceil(each.share * sheets.column(each.of) - 1e-9) - sheets.column(each.less)
    return np.where(known, np.maximum(wanted, 0.0), each.otherwise)


def _suits(catalogue: Catalogue, sheets: Sheets, division: NDArray[np.object_]) -> Bools:
    fits = np.ones((len(sheets), len(catalogue)), bool)
    limited = [at for at, project in enumerate(catalogue.projects) if project.suits]
    if limited:
        fits[:, limited] = runs_process(sheets, division)[:, None]
    return fits


def runs_process(sheets: Sheets, division: NDArray[np.object_]) -> Bools:
    """(n,) whether the firm runs a flow, at least in part: as it says, else by its industry."""
    usual = np.array([_usual_types().get(code, "") in _FLOWS for code in division], bool)
    if _PRODUCTION_TYPE not in sheets.questionnaire.index:
        return usual
    options = sheets.questionnaire[_PRODUCTION_TYPE].option_index
    flows = np.isin(sheets.column(_PRODUCTION_TYPE), [options[type_] for type_ in _FLOWS])
    return np.where(sheets.answered(_PRODUCTION_TYPE), flows, usual)


@cache
def _usual_types() -> dict[str, str]:
    content: dict[str, Any] = yaml.safe_load(_TYPES.read_text("utf-8"))
    return {code: entry["type"] for code, entry in content["divisions"].items()}
