"""Rates: a share of two counted questions decides the band, where both counts are given."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.standard import Item, Rate
from questionnaires.model import Question
from questionnaires.sheets import Sheets, State


class RateBands:
    """The bands of one item as option positions of its question."""

    def __init__(self, item: Item, rate: Rate, question: Question) -> None:
        self._rate = rate
        self._question = question.id
        self._positions = np.array([question.option_index[id_] for id_ in item.points], np.int8)

    def read(self, sheets: Sheets, rows: slice) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        """The option position and whether there is one: from the counts, else as chosen."""
        band, given = self._counted(sheets, rows)
        chosen, states = self._chosen(sheets, rows)
        answered = states == State.ANSWERED
        given &= (states != State.OFF_ROUTE) & (states != State.NOT_APPLICABLE)
        return np.where(given, self._positions[band], chosen), answered | given

    def conflicts(self, sheets: Sheets, rows: slice) -> NDArray[np.bool_]:
        """Whether the counts contradict the chosen band, or each other (a part above its whole)."""
        band, given = self._counted(sheets, rows)
        chosen, states = self._chosen(sheets, rows)
        top, bottom = self._counts(sheets, rows)
        differ = (states == State.ANSWERED) & (self._positions[band] != chosen)
        return np.asarray(given & (differ | (top > bottom)))

    def _counted(self, sheets: Sheets, rows: slice) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        top, bottom = self._counts(sheets, rows)
        index = sheets.questionnaire.index
        given = sheets.states[rows, index[self._rate.numerator]] == State.ANSWERED
        given &= sheets.states[rows, index[self._rate.denominator]] == State.ANSWERED
        given &= bottom > 0
        band = np.zeros(len(top), np.int8)
        for upto in self._rate.upto:
            # Cross-multiplied: counts are whole numbers, so exactly 10 % stays exactly 10 %.
            band += top * upto.denominator > bottom * upto.numerator
        return band, given

    def _counts(self, sheets: Sheets, rows: slice) -> tuple[NDArray[Any], NDArray[Any]]:
        return (
            sheets.column(self._rate.numerator)[rows],
            sheets.column(self._rate.denominator)[rows],
        )

    def _chosen(self, sheets: Sheets, rows: slice) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        at = sheets.questionnaire.index[self._question]
        return sheets.columns[at][rows], sheets.states[rows, at]
