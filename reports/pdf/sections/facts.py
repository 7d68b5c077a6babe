"""Tables of labels and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.dossier.model.front import Fact
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, TIGHT, Cell, Column
from reports.pdf.theme import CELL, CELL_BOLD, FINE, WIDTH, Style, span

NOTE = replace(FINE, after=0)
LABEL_SHARE = 0.4


def fact_columns(setter: Setter, facts: Sequence[Fact]) -> Block:
    """Two tables side by side, the first half of the facts in the left one."""
    cut = (len(facts) + 1) // 2
    halves = [part for part in (facts[:cut], facts[cut:]) if part]
    return Columns([fact_table(setter, part, span(6), LABEL_SHARE) for part in halves])


def fact_table(
    setter: Setter, facts: Sequence[Fact], width: float = WIDTH, share: float = 0.25,
    style: Style = CELL,
) -> Block:  # fmt: skip
    """Labels over `share` of the width, values beside them, remarks in small print below."""
    label = width * share
    inner = width - label - 2 * PAD_X
    rows: list[list[Cell]] = [
        [setter.say(fact.label), _value(setter, fact, inner, style)] for fact in facts
    ]
    columns = [Column("", label, style=CELL_BOLD), Column("", width - label)]
    return setter.grid(columns, rows, TIGHT + 0.5)


def _value(setter: Setter, fact: Fact, width: float, style: Style) -> Block:
    blocks: list[Block] = [setter.text(fact.value, style, width)]
    if fact.note:
        blocks.append(setter.text(fact.note, NOTE, width))
    return Stack(blocks, width)
