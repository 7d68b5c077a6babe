"""One row of sheets as cells of CSV and Excel."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.firmfields import FIELD_IDS
from questionnaires.kinds.base import Cell
from questionnaires.kinds.text import Text
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets, State
from questionnaires.states import NOT_APPLICABLE, UNKNOWN, to_cell
from questionnaires.writers.raw import Place, places, raw_firm


def header(questionnaire: Questionnaire) -> list[str]:
    """The headings: firm fields, then question ids."""
    return [*FIELD_IDS, *questionnaire.index]


def rows_of_cells(sheets: Sheets) -> Iterator[list[Cell]]:
    """Row by row the cells under `header`; '' where there is nothing to say."""
    for row, answers in enumerate(places(sheets)):
        firm = raw_firm(sheets.firms, row)
        yield [_guarded(firm.get(name, "")) for name in FIELD_IDS] + [*map(_cell, answers)]


def _cell(place: Place) -> Cell:
    question, kind, state, value, reason = place
    if state == State.UNKNOWN:
        return UNKNOWN
    if state == State.NOT_APPLICABLE:
        return NOT_APPLICABLE + reason
    if kind.is_blank(value):
        return ""
    cell = kind.cell(question, value)
    return to_cell(value) if kind.name == Text.name else cell


def _guarded(value: object) -> Cell:
    if isinstance(value, int | float):
        return value
    return to_cell(str(value))
