"""Which questions are on a firm's route, for many firms at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from questionnaires.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from questionnaires.kinds.multi import Multi
from questionnaires.kinds.yesno import NO, YES, YesNo
from questionnaires.model import Questionnaire
from questionnaires.sheets import Column, Sheets, State

Mask = NDArray[np.bool_]


def on_route(
    questionnaire: Questionnaire, columns: Sequence[Column], states: NDArray[np.int8]
) -> Mask:
    """(n, q) whether each question is on each firm's route.

    A test of an answer holds only where that answer is given and on route itself. A test that
    looks at an off-route question neither holds nor fails, so that no question is opened by one
    the firm was never asked, not even through `not`.
    """
    route = np.ones(states.shape, dtype=bool, order="F")
    tests = _Tests(questionnaire, columns, states, route)
    for at, question in enumerate(questionnaire.questions):
        if question.when is not None:
            route[:, at] = tests.holds(question.when)
    return route


def routed(sheets: Sheets) -> Sheets:
    """The sheets with `OFF_ROUTE` as the state of every question that is off route.

    Values stay; reasons why an off-route question does not apply are dropped.
    """
    route = on_route(sheets.questionnaire, sheets.columns, sheets.states)
    if route.all():
        return sheets
    states = np.where(route, sheets.states, np.int8(State.OFF_ROUTE))
    reasons = {place: why for place, why in sheets.reasons.items() if route[place]}
    return replace(sheets, states=states, reasons=reasons)


class _Tests:
    """Conditions over columns; `route` is filled while the questions are walked in order."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        columns: Sequence[Column],
        states: NDArray[np.int8],
        route: Mask,
    ) -> None:
        self.questionnaire = questionnaire
        self.columns = columns
        self.states = states
        self.route = route

    def holds(self, condition: Condition) -> Mask:
        """(n,) where the condition holds."""
        match condition:
            case Not(part):
                return self.fails(part)
            case All(parts):
                return np.asarray(np.logical_and.reduce([self.holds(part) for part in parts]))
            case AnyOf(parts):
                return np.asarray(np.logical_or.reduce([self.holds(part) for part in parts]))
            case Is() | AtLeast():
                at = self.questionnaire.index[condition.question]
                answered = self.route[:, at] & (self.states[:, at] == State.ANSWERED)
                return np.asarray(answered & self._meets(condition, at))

    def fails(self, condition: Condition) -> Mask:
        """(n,) where the condition was tested and does not hold."""
        match condition:
            case Not(part):
                return self.holds(part)
            case All(parts):
                return np.asarray(np.logical_or.reduce([self.fails(part) for part in parts]))
            case AnyOf(parts):
                return np.asarray(np.logical_and.reduce([self.fails(part) for part in parts]))
            case Is() | AtLeast():
                at = self.questionnaire.index[condition.question]
                return self.route[:, at] & ~self.holds(condition)

    def _meets(self, condition: Is | AtLeast, at: int) -> Mask:
        column = self.columns[at]
        if isinstance(condition, AtLeast):
            return np.asarray(column >= condition.minimum)
        question = self.questionnaire.questions[at]
        if question.kind == YesNo.name:
            values = [{YES: 1, NO: 0}[option] for option in condition.options]
            return np.isin(column, values)
        positions = [question.option_index[option] for option in condition.options]
        if question.kind == Multi.name:
            return np.asarray((column & sum(1 << position for position in set(positions))) != 0)
        return np.isin(column, positions)
