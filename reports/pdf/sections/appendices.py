"""Appendices: answers with their states, method and sources, estimates and unknowns, notice."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Text
from reports.dossier.model.appendices import (
    AnswerRow,
    AnswerSection,
    EstimateRow,
    Estimates,
    Method,
    MethodRow,
)
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter
from reports.pdf.tables import TIGHT, Cell, Column
from reports.pdf.theme import CELL_BOLD, CELL_FINE, TEXT, WIDTH, span
from reports.points import points


def answers_blocks(setter: Setter, sections: Sequence[AnswerSection]) -> list[Block]:
    """Every question as it was answered, section by section."""
    columns = [
        Column(setter.word("column.question"), WIDTH * 0.4, style=CELL_FINE),
        Column(setter.word("column.answer"), WIDTH * 0.36, style=CELL_FINE),
        Column(setter.word("column.state"), WIDTH * 0.13, style=CELL_FINE),
        Column(setter.word("column.points"), WIDTH * 0.11, "right", CELL_FINE),
    ]
    rows: list[Sequence[Cell] | str] = []
    for section in sections:
        rows.append(setter.say(section.title))
        rows += [_answer(setter, row) for row in section.rows]
    return [setter.appendix("answers"), setter.grid(columns, rows, TIGHT)]


def _answer(setter: Setter, row: AnswerRow) -> list[Cell]:
    scored = row.points is not None and row.full is not None
    figure = f"{points(row.points or 0)} / {points(row.full or 0)}" if scored else ""
    return [setter.say(row.label), setter.say(row.answer), setter.say(row.state), figure]


def method_blocks(setter: Setter, method: Method) -> list[Block]:
    """How the figures come about, and where every number comes from."""
    return [
        setter.appendix("method"),
        *setter.texts(method.paragraphs),
        setter.part("method", "marks"),
        _pairs(setter, method.marks),
        setter.part("method", "numbers"),
        _numbers(setter, method.rows),
    ]


def _numbers(setter: Setter, rows: Sequence[MethodRow]) -> Block:
    """Numbers by their source: one row a source, its mark beside it."""
    columns = [
        Column(setter.word("column.mark"), WIDTH * 0.12, style=CELL_BOLD),
        Column(setter.word("column.source"), WIDTH * 0.36, style=CELL_FINE),
        Column(setter.word("column.value"), WIDTH * 0.52, style=CELL_FINE),
    ]
    sources: dict[tuple[Text, Text], list[str]] = {}
    for row in rows:
        told = setter.say(row.what) + setter.colon + setter.say(row.value)
        sources.setdefault((row.mark, row.source), []).append(told)
    table = [
        [setter.say(mark), setter.say(source), setter.joined(told)]
        for (mark, source), told in sources.items()
    ]
    return setter.grid(columns, table, TIGHT)


def estimates_blocks(setter: Setter, estimates: Estimates) -> list[Block]:
    """What was estimated, and what is not known."""
    return [
        setter.appendix("estimates"),
        setter.part("estimates", "estimated"),
        *setter.leading(estimates.estimated_lead),
        *_rows(setter, estimates.estimated),
        setter.part("estimates", "unknown"),
        *setter.leading(estimates.unknown_lead),
        *_rows(setter, estimates.unknown),
    ]


def notice_blocks(setter: Setter, notice: Sequence[Text]) -> list[Block]:
    """How the firm's data are used."""
    return [setter.appendix("notice"), *setter.listed(notice, TEXT)]


def _rows(setter: Setter, rows: Sequence[EstimateRow]) -> list[Block]:
    return [_pairs(setter, [(row.what, row.text) for row in rows])] if rows else []


def _pairs(setter: Setter, pairs: Sequence[tuple[Text, Text]]) -> Block:
    columns = [Column("", span(3), style=CELL_BOLD), Column("", WIDTH - span(3))]
    rows = [[setter.say(first), setter.say(second)] for first, second in pairs]
    return setter.grid(columns, rows, TIGHT + 0.5)
