"""Rates: a share of two counted questions decides the band, where both counts are given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.scoring.rows import MISSING, Rows
from models.standard import Item, Rate
from questionnaires.model import Questionnaire
from questionnaires.sheets import State


class RateBands:
    """The bands of one item as option positions of its question.

    The counts decide, unless the question is off the route or does not apply.
    """

    def __init__(self, item: Item, rate: Rate, questionnaire: Questionnaire) -> None:
        self._question = questionnaire.index[item.question]
        self._top = questionnaire.index[rate.numerator]
        self._bottom = questionnaire.index[rate.denominator]
        self._bounds = rate.upto
        options = questionnaire[item.question].option_index
        positions = np.array([options[option] for option in item.points], np.int8)
        self._first, self._rises = positions[0], np.diff(positions)

    @property
    def columns(self) -> tuple[int, int]:
        """The columns of the two counts."""
        return self._top, self._bottom

    def settle(self, rows: Rows) -> None:
        """Put the bands of the counts in the place of the chosen ones."""
        counted, decides = self.decided(rows)
        blank = rows.blank(self._question) & (decides.view(np.int8) - 1)
        rows.settle(self._question, np.where(decides, counted, rows.column(self._question)), blank)

    def conflicts(self, rows: Rows) -> NDArray[np.bool_]:
        """(n,) whether counts that decide contradict the chosen band, or a part is above its whole.

        `rows` are not settled yet.
        """
        counted, decides = self.decided(rows)
        chosen = rows.blank(self._question) != MISSING
        differ = chosen & (rows.column(self._question) != counted)
        return np.asarray(decides & (differ | (rows.column(self._top) > rows.column(self._bottom))))

    def decided(self, rows: Rows) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        """(n,) the option position that the counts lead to, and whether they decide."""
        top, bottom = rows.column(self._top), rows.column(self._bottom)
        state = rows.states(self._question)
        decides = (rows.blank(self._top) | rows.blank(self._bottom)) != MISSING
        decides &= bottom > 0
        decides &= (state != State.OFF_ROUTE.value) & (state != State.NOT_APPLICABLE.value)
        position = np.full(len(top), self._first, np.int8)
        for bound, rise in zip(self._bounds, self._rises, strict=True):
            # Both products are whole numbers, exact in float64, so that 10 % stays exactly 10 %.
            above = top * bound.denominator > bottom * bound.numerator
            position += above.view(np.int8) * rise
        return position, decides
