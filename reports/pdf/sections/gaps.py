"""What stands between the firm and the next level, and the shortest ways there."""

from __future__ import annotations

from reports.dossier.model.findings import Gaps, NeedRow, Way
from reports.pdf.blocks import Block
from reports.pdf.sections.marks import tick
from reports.pdf.setter import Setter, points
from reports.pdf.tables import Cell, Column, set_table
from reports.pdf.theme import CELL_BOLD, H3, WIDTH


def gaps_blocks(setter: Setter, gaps: Gaps) -> list[Block]:
    """Leads, the conditions, the ways."""
    blocks: list[Block] = [setter.chapter("gaps"), *setter.texts(gaps.lead)]
    if gaps.needs:
        blocks += [setter.part("gaps", "needs"), *_needs(setter, gaps.needs)]
    if gaps.ways:
        blocks.append(setter.part("gaps", "ways"))
        for way in gaps.ways:
            blocks += _way(setter, way)
    if gaps.ways_note:
        blocks.append(setter.note(gaps.ways_note))
    return blocks


def _needs(setter: Setter, needs: tuple[NeedRow, ...]) -> list[Block]:
    columns = [
        Column(setter.word("column.what"), WIDTH * 0.22, style=CELL_BOLD),
        Column(f"{setter.word('column.have')} / {setter.word('column.required')}", WIDTH * 0.2),
        Column(setter.word("column.short"), WIDTH * 0.12, "right"),
        Column(setter.word("column.explanation"), WIDTH * 0.46),
    ]
    rows: list[list[Cell]] = [
        [
            setter.say(need.title),
            tick(setter, need.short <= 0, _ratio(need), WIDTH * 0.2),
            points(need.short) if need.short > 0 else "–",
            setter.say(need.text),
        ]
        for need in needs
    ]
    return setter.table(setter.phrase("needs"), columns, rows)


def _ratio(need: NeedRow) -> str:
    return f"{points(need.have)} / {points(need.required)}"


def _way(setter: Setter, way: Way) -> list[Block]:
    columns = [
        Column(setter.word("column.question"), WIDTH * 0.24, style=CELL_BOLD),
        Column(setter.word("column.before"), WIDTH * 0.32),
        Column(setter.word("column.after"), WIDTH * 0.32),
        Column(setter.word("column.gain"), WIDTH * 0.12, "right"),
    ]
    rows = [
        [
            setter.say(step.title),
            setter.say(step.before),
            setter.say(step.after),
            f"+{points(step.gain)}" if step.gain else "–",
        ]
        for step in way.steps
    ]
    head = setter.text(way.title, H3)
    head.keep = True
    return [head, set_table(columns, rows, setter.language)]
