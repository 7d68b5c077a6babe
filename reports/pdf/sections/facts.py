"""Tables of labels and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.dossier.model.front import Fact
from reports.lettering.faces import face
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, TIGHT, Cell, Column
from reports.pdf.theme import CELL, CELL_BOLD, FINE, WIDTH, Style, span

NOTE = replace(FINE, after=0)
LABEL_SHARE = 0.4


def fact_columns(setter: Setter, facts: Sequence[Fact]) -> list[Block]:
    """Two tables side by side; long values stand above them over the whole width."""
    wide = [fact for fact in facts if _is_long(setter, fact)]
    short = [fact for fact in facts if not _is_long(setter, fact)]
    cut = (len(short) + 1) // 2
    halves = [part for part in (short[:cut], short[cut:]) if part]
    table = Columns([fact_table(setter, part, span(6), LABEL_SHARE) for part in halves])
    table.after = 8
    if not wide:
        return [table]
    above = fact_table(setter, wide)
    above.keep = True
    return [above, table]


def _is_long(setter: Setter, fact: Fact) -> bool:
    width = face(False, setter.language).measure(setter.say(fact.value), CELL.size)
    return width > 2 * span(6) * (1 - LABEL_SHARE)


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
