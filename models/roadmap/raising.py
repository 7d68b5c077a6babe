"""Answers after projects: the sheet a plan leads to, and each answer before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.roadmap.results import Raise
from models.roadmap.units import PAINS, Units
from models.standard import Standard
from questionnaires.model import Question, Questionnaire
from questionnaires.sheets import Sheets, State


@dataclass(frozen=True)
class Ladder:
    """The units of one question, from the first step up or in the order of its options."""

    question: Question
    units: NDArray[np.intp]
    positions: NDArray[np.intp]
    least: str

    @property
    def single(self) -> bool:
        """Whether one option is chosen, so that units are steps."""
        return self.question.kind == "single"

    def answer(self, reached: NDArray[np.bool_]) -> str:
        """The option ids that units `reached` (u,) stand for, joined by ";"."""
        there = [self.question.options[p].id for p in self.positions[reached[self.units]]]
        if self.single:
            return there[-1] if there else self.least
        return ";".join(there)


def ladders(units: Units, questionnaire: Questionnaire) -> tuple[Ladder, ...]:
    """The questions that projects can raise."""
    places: dict[str, list[int]] = {}
    for at, unit in enumerate(units.units):
        if unit.question != PAINS:
            places.setdefault(unit.question, []).append(at)
    return tuple(_ladder(questionnaire[id_], mine, units) for id_, mine in places.items())


def _ladder(question: Question, places: list[int], units: Units) -> Ladder:
    options = [units.units[at].option for at in places]
    index = question.option_index
    left = [option.id for option in question.options if option.id not in options]
    if question.kind == "multi":
        places = sorted(places, key=lambda at: index[units.units[at].option])
        options = [units.units[at].option for at in places]
    return Ladder(
        question,
        np.array(places),
        np.array([index[option] for option in options]),
        left[0] if left else "",
    )


def differences(
    all_ladders: tuple[Ladder, ...], before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> tuple[Raise, ...]:
    """What changes between two states (u,) of one firm."""
    return tuple(
        Raise(ladder.question.id, ladder.answer(before), ladder.answer(after))
        for ladder in all_ladders
        if (after[ladder.units] & ~before[ladder.units]).any()
    )


def raise_sheets(
    sheets: Sheets, standard: Standard, all_ladders: tuple[Ladder, ...], gained: NDArray[np.bool_]
) -> Sheets:
    """The sheets once the firms have gained `gained` (n, u).

    Where a share is raised, the counts behind it hold no longer: they become unanswered, and the
    band that is planned decides.
    """
    columns = list(sheets.columns)
    states = sheets.states.copy()
    rates = {item.question: item.rate for item in standard.items if item.rate}
    index = sheets.questionnaire.index
    for ladder in all_ladders:
        mine = gained[:, ladder.units]
        rows = np.flatnonzero(mine.any(axis=1))
        if not rows.size:
            continue
        at = index[ladder.question.id]
        columns[at] = _raised(columns[at], ladder, mine, rows)
        states[rows, at] = State.ANSWERED
        if rate := rates.get(ladder.question.id):
            count = index[rate.numerator]
            columns[count] = columns[count].copy()
            columns[count][rows] = np.nan
            states[rows, count] = State.UNANSWERED
    return replace(sheets, columns=tuple(columns), states=states)


def _raised(
    column: NDArray[np.integer], ladder: Ladder, mine: NDArray[np.bool_], rows: NDArray[np.intp]
) -> NDArray[np.integer]:
    raised = column.copy()
    if ladder.single:
        top = mine.shape[1] - 1 - mine[rows, ::-1].argmax(axis=1)
        raised[rows] = ladder.positions[top]
        return raised
    excluding = sum(1 << at for at, option in enumerate(ladder.question.options) if option.excludes)
    bits = (mine[rows] << ladder.positions).sum(axis=1)
    raised[rows] = (raised[rows] & ~excluding) | bits
    return raised
