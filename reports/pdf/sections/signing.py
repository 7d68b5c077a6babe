"""The list of evidence, and the pages on which firm, consultants and reviewer sign."""

from __future__ import annotations

from reports.dossier.model.visit import Signing, VisitPart
from reports.palette import INK, RULE
from reports.pdf.blocks import Block
from reports.pdf.containers import Panel, Stack
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.tables import TIGHT, Column
from reports.pdf.theme import BODY, CELL_FINE, WIDTH, Style

PADDING = 12.0
INNER = WIDTH - 2 * PADDING
LINE = Style(9.25, 26, color=INK)
ROOM = 34.0


def evidence_blocks(setter: Setter, visit: VisitPart) -> list[Block]:
    """Ids and names, never the files."""
    blocks: list[Block] = [setter.appendix("evidence"), setter.text(visit.evidence_note)]
    if not visit.evidence:
        return blocks
    columns = [
        Column(setter.word("column.evidence_id"), WIDTH * 0.14, style=CELL_FINE),
        Column(setter.word("column.evidence_name"), WIDTH * 0.42, style=CELL_FINE),
        Column(setter.word("column.shows"), WIDTH * 0.44, style=CELL_FINE),
    ]
    rows = [[row.id, row.name, setter.say(row.about)] for row in visit.evidence]
    return [*blocks, setter.grid(columns, rows, TIGHT)]


def signing_blocks(setter: Setter, visit: VisitPart) -> list[Block]:
    """A panel each, with lines to write on."""
    blocks: list[Block] = [setter.appendix("signing")]
    for at, signing in enumerate(visit.signings, 1):
        blocks += [setter.part("signing", f"page{at}", signing.title), _panel(setter, signing)]
    return blocks


def _panel(setter: Setter, signing: Signing) -> Block:
    lines: list[Block] = [_Blank(setter.say(line) + setter.colon, setter) for line in signing.lines]
    stack = Stack([setter.text(signing.statement, BODY, INNER), *lines], INNER, whole=True)
    panel = Panel(stack, stroke=RULE, padding=PADDING)
    panel.after = 10
    return panel


class _Blank(Block):
    """A label and a line beside it."""

    def __init__(self, label: str, setter: Setter) -> None:
        self.label = setter.text(label, LINE, INNER * 0.32)
        super().__init__(INNER, ROOM)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Set the label at the foot of its room, the line at the same height."""
        self.label.draw(ink, x, y + ROOM - self.label.height)
        ink.line((x + INNER * 0.34, y + ROOM - 6), (x + INNER, y + ROOM - 6), RULE, 0.7)
