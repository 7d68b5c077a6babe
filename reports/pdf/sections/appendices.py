"""Appendices: answers with their states, method and sources, estimates and unknowns, notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.model.appendices import (
    AnswerRow,
    AnswerSection,
    EstimateRow,
    Estimates,
    Method,
)
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter, points
from reports.pdf.tables import Cell, Column, set_table
from reports.pdf.theme import CELL, CELL_BOLD, WIDTH, span

FINE = replace(CELL, size=8, leading=11)


def answers_blocks(setter: Setter, sections: Sequence[AnswerSection]) -> list[Block]:
    """Every question as it was answered, section by section."""
    columns = [
        Column(setter.word("column.question"), WIDTH * 0.34, style=FINE),
        Column(setter.word("column.answer"), WIDTH * 0.42, style=FINE),
        Column(setter.word("column.state"), WIDTH * 0.12, style=FINE),
        Column(setter.word("column.points"), WIDTH * 0.12, "right", FINE),
    ]
    rows: list[Sequence[Cell] | str] = []
    for section in sections:
        rows.append(setter.say(section.title))
        rows += [_answer(setter, row) for row in section.rows]
    return [setter.appendix("answers"), set_table(columns, rows, setter.language)]


def _answer(setter: Setter, row: AnswerRow) -> list[Cell]:
    scored = row.points is not None and row.full is not None
    figure = f"{points(row.points or 0)} / {points(row.full or 0)}" if scored else ""
    return [setter.say(row.label), setter.say(row.answer), setter.say(row.state), figure]


def method_blocks(setter: Setter, method: Method) -> list[Block]:
    """How the figures come about, and where every number comes from."""
    columns = [
        Column(setter.word("column.what"), WIDTH * 0.26, style=FINE),
        Column(setter.word("column.value"), WIDTH * 0.22, style=FINE),
        Column(setter.word("column.source"), WIDTH * 0.36, style=FINE),
        Column(setter.word("column.mark"), WIDTH * 0.16, style=FINE),
    ]
    rows = [
        [setter.say(text) for text in (row.what, row.value, row.source, row.mark)]
        for row in method.rows
    ]
    return [
        setter.appendix("method"),
        *setter.texts(method.paragraphs),
        setter.part("method", "marks"),
        _pairs(setter, method.marks),
        setter.part("method", "numbers"),
        set_table(columns, rows, setter.language),
    ]


def estimates_blocks(setter: Setter, estimates: Estimates) -> list[Block]:
    """What was estimated, and what is not known."""
    return [
        setter.appendix("estimates"),
        setter.part("estimates", "estimated"),
        setter.text(estimates.estimated_lead),
        *_rows(setter, estimates.estimated),
        setter.part("estimates", "unknown"),
        setter.text(estimates.unknown_lead),
        *_rows(setter, estimates.unknown),
    ]


def notice_blocks(setter: Setter, notice: Sequence[Text]) -> list[Block]:
    """How the firm's data are used."""
    return [setter.appendix("notice"), *setter.texts(notice)]


def _rows(setter: Setter, rows: Sequence[EstimateRow]) -> list[Block]:
    return [_pairs(setter, [(row.what, row.text) for row in rows])] if rows else []


def _pairs(setter: Setter, pairs: Sequence[tuple[Text, Text]]) -> Block:
    columns = [Column("", span(3), style=CELL_BOLD), Column("", WIDTH - span(3))]
    rows = [[setter.say(first), setter.say(second)] for first, second in pairs]
    return set_table(columns, rows, setter.language)
