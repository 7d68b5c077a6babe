"""The sheets of a paper: blocks under a title, page after page, with room to write and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from questionnaires.text import Text
from reports.dossier.model.front import Cover
from reports.palette import MUTED, RULE
from reports.pdf.assembly import Assembly
from reports.pdf.blocks import Block, NewPage
from reports.pdf.containers import Columns, Stack
from reports.pdf.frame import Frame
from reports.pdf.ink import Ink
from reports.pdf.pages import Maker
from reports.pdf.setter import Setter
from reports.pdf.theme import CELL, GUTTER, H1, HEIGHT, LEFT, SMALL, TOP, WIDTH, Style
from reports.phrases import Phrasebook

say = Phrasebook("papers")

LINE = 22.0
LABEL = Style(8.25, 12, color=MUTED)
BOX = 96.0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the sheets of a paper."""

    title: Text
    firm: str
    uscc: str
    number: str
    dated: date
    fictional: bool

    def cover(self) -> Cover:
        """The letterhead as the frame and the file's description read it."""
        empty = Text("", "")
        return Cover(
            title=self.title,
            standard=empty,
            firm=self.firm,
            uscc=self.uscc,
            region="",
            date=self.dated,
            number=self.number,
            basis=empty,
            handling=empty,
            stamp=say("fictional") if self.fictional else None,
        )


class Ruled(Block):
    """Room to write in: so many lines."""

    after = 8.0

    def __init__(self, lines: int, width: float = WIDTH) -> None:
        super().__init__(width, lines * LINE)
        self.lines = lines

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut between lines."""
        first = int(room // LINE)
        if not 0 < first < self.lines:
            return None
        return Ruled(first, self.width), Ruled(self.lines - first, self.width)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw line under line."""
        for number in range(1, self.lines + 1):
            at = y + number * LINE
            ink.line((x, at), (x + self.width, at), RULE, 0.5)


class Gap(Block):
    """An empty cell to write in."""

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Leave the room free."""


class SignBox(Block):
    """A box to sign and seal in, its labels on top and at the foot."""

    def __init__(self, setter: Setter, title: Text, feet: Sequence[Text], width: float) -> None:
        super().__init__(width, BOX)
        self.title = setter.text(title, LABEL, width - 16)
        self.feet = [setter.text(foot, LABEL, width - 16) for foot in feet]

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the box and its labels."""
        ink.rect(x, y, self.width, self.height, None, RULE, 0.8)
        self.title.draw(ink, x + 8, y + 6)
        bottom = y + self.height - 6
        for foot in reversed(self.feet):
            bottom -= foot.height
            foot.draw(ink, x + 8, bottom)


def signatures(setter: Setter, boxes: Sequence[tuple[Text, Sequence[Text]]]) -> Block:
    """Boxes side by side."""
    width = (WIDTH - GUTTER * (len(boxes) - 1)) / len(boxes)
    row = Columns([SignBox(setter, title, feet, width) for title, feet in boxes])
    row.before, row.after = 10, 10
    return row


def written(setter: Setter, text: str, lines: int) -> Block:
    """A text as it was typed, or lines to write on."""
    return setter.text(text, Style(9.25, 14.5, after=6)) if text.strip() else Ruled(lines)


def small_print(setter: Setter, text: Text) -> Block:
    """A remark in small print."""
    return setter.text(text, SMALL)


def cell(setter: Setter, text: str | Text, width: float) -> Block:
    """A cell with its text, or room for a line by hand."""
    said = setter.say(text)
    return setter.text(said, CELL, width - 8) if said.strip() else Gap(width - 8, LINE - 6)


def print_paper(setter: Setter, head: Letterhead, blocks: Sequence[Block | NewPage]) -> bytes:
    """The whole paper as a PDF; the same content gives the same bytes."""
    title = setter.text(head.title, H1)
    title.after = 12
    cover = head.cover()
    ink = Ink(setter.language)
    assembly, frame = Assembly(setter, cover, ink), Frame(setter, cover)
    pages = Maker(HEIGHT).fill([title, *blocks])
    for number, page in enumerate(pages, 1):
        frame.draw(ink, number, len(pages))
        for placed in page:
            placed.block.draw(ink, LEFT, TOP + placed.top)
        assembly.add_page([])
    return assembly.finish()


def kept_together(*blocks: Block) -> Stack:
    """Blocks that stay on one page."""
    return Stack(blocks, WIDTH, whole=True)
