"""The visit, and the answers verified on it."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Text
from reports.dossier.model.front import Fact
from reports.dossier.model.visit import Checked, CheckedRow, Needs, Sitting, VisitPart
from reports.palette import ACCENT
from reports.pdf.blocks import Block
from reports.pdf.containers import Stack
from reports.pdf.sections.facts import fact_table
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, TIGHT, Cell, Column
from reports.pdf.theme import CELL, CELL_BOLD, CELL_FINE, WIDTH, Style, span
from reports.phrases import load_phrases

CHANGED = Style(CELL_FINE.size, CELL_FINE.leading, bold=True, color=ACCENT)


def process_blocks(setter: Setter, visit: VisitPart) -> list[Block]:
    """Leads, then each visit: when, who, what was asked, seen and read."""
    blocks: list[Block] = [setter.chapter("process"), *setter.texts(visit.process_lead)]
    for at, sitting in enumerate(visit.sittings, 1):
        blocks += _sitting(setter, at, sitting)
    return blocks


def _sitting(setter: Setter, at: int, sitting: Sitting) -> list[Block]:
    head, *facts = sitting.facts
    told = (
        ("people", ("side", "name", "post"), (0.16, 0.28, 0.56), sitting.people),
        ("interviews", ("asked", "said"), (0.28, 0.72), sitting.interviews),
        ("workshops", ("workshop", "seen"), (0.28, 0.72), sitting.workshops),
        ("documents", ("document", "kept"), (0.72, 0.28), sitting.documents),
    )
    time = fact_table(setter, [_when(head.value), *facts, *sitting.remarks])
    time.after = 8
    blocks: list[Block] = [setter.part("process", f"visit{at}", head.label), time]
    for key, columns, shares, rows in told:
        if rows:
            blocks += _listed(setter, key, columns, shares, rows)
    return blocks


def _when(value: Text) -> Fact:
    return Fact(load_phrases("visit")["process.time"], value)


def _listed(
    setter: Setter,
    key: str,
    columns: Sequence[str],
    shares: Sequence[float],
    rows: Sequence[Sequence[Text | str]],
) -> list[Block]:
    heads = [
        Column(setter.word(f"column.{column}"), WIDTH * share, style=CELL if place else CELL_BOLD)
        for place, (column, share) in enumerate(zip(columns, shares, strict=True))
    ]
    said = [[setter.say(cell) for cell in row] for row in rows]
    return setter.table(setter.phrase(key), heads, said)


def checked_blocks(setter: Setter, checked: Checked) -> list[Block]:
    """What verification did to points and level, then every verified answer beside the own."""
    blocks: list[Block] = [setter.chapter("checked"), *setter.texts(checked.lead)]
    if checked.outcome:
        blocks += _outcome(setter, checked)
    if checked.rows:
        blocks += _rows(setter, checked.rows)
    return blocks


def needs_blocks(setter: Setter, needs: Needs) -> list[Block]:
    """What the firm says it needs, and what is still to be agreed."""
    blocks: list[Block] = [setter.chapter("needs"), *setter.texts(needs.lead)]
    if needs.facts:
        table = fact_table(setter, needs.facts)
        table.after = 8
        blocks.append(table)
    return [*blocks, *setter.texts((needs.goals,))]


def _outcome(setter: Setter, checked: Checked) -> list[Block]:
    columns = [
        Column("", span(4), style=CELL_BOLD),
        Column(setter.word("column.own_answer"), (WIDTH - span(4)) / 2),
        Column(setter.word("column.verified"), (WIDTH - span(4)) / 2, style=CELL_BOLD),
    ]
    rows = [[setter.say(cell) for cell in row] for row in checked.outcome]
    return setter.table(setter.phrase("outcome"), columns, rows)


def _rows(setter: Setter, rows: Sequence[CheckedRow]) -> list[Block]:
    widths = (WIDTH * 0.22, WIDTH * 0.25, WIDTH * 0.25, WIDTH * 0.28)
    heads = ("question", "own_answer", "verified", "change")
    columns = [
        Column(setter.word(f"column.{head}"), width, style=CELL_FINE)
        for head, width in zip(heads, widths, strict=True)
    ]
    told = [_row(setter, row, widths) for row in rows]
    return [
        setter.table_caption(setter.phrase("checked")),
        setter.grid(columns, told, TIGHT),
    ]


def _row(setter: Setter, row: CheckedRow, widths: Sequence[float]) -> list[Cell]:
    style = CHANGED if row.changed else CELL_FINE
    same = load_phrases("visit")["checked.same"]
    room = widths[3] - 2 * PAD_X
    why = [setter.text(row.reason if row.changed else same, CELL_FINE, room)]
    if row.evidence:
        label = setter.word("card.proof")
        why.append(setter.labelled(label, row.evidence, CELL_FINE, room))
    verified = ("▲ " if row.changed else "") + setter.say(row.verified)
    return [
        f"{row.number}. {setter.say(row.label)}",
        setter.say(row.own),
        setter.text(verified, style, widths[2] - 2 * PAD_X),
        Stack(why, room),
    ]
