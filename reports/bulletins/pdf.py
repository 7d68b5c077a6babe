"""A bulletin as PDF: the title block of an office's bulletin, numbered parts, recipients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from questionnaires.text import Language, Text
from reports.bulletins.curves import as_drawing, as_table
from reports.bulletins.model import Bulletin, Curve, Grid, Paragraph, Piece, day_of_issue, heading
from reports.dossier.model.front import Cover
from reports.palette import ACCENT, INK, MUTED, WARN
from reports.pdf.assembly import Assembly
from reports.pdf.blocks import Block, TextBlock
from reports.pdf.containers import Columns
from reports.pdf.heads import Head, PartHead
from reports.pdf.ink import Ink
from reports.pdf.pages import Maker
from reports.pdf.setter import Setter
from reports.pdf.tables import Column
from reports.pdf.theme import HEIGHT, LEFT, PAGE_HEIGHT, SMALL, TOP, WIDTH, Style
from reports.phrases import Phrasebook

say = Phrasebook("bulletins")

MARK = Style(10.5, 16, bold=True, color=WARN)
TITLE = Style(21, 31, bold=True, color=ACCENT, align="center", even=True, before=18, after=6)
NUMBER = Style(12, 18, align="center", after=14)
SENDER = Style(10, 15, bold=True)
BODY = Style(10, 17, justify=True, after=7)
FOOT = Style(8.5, 12, color=MUTED, align="center")
FICTIONAL = replace(FOOT, bold=True, color=WARN)
FIRST_LINE = {"zh": "　　", "en": ""}
HALF = (WIDTH - 12) / 2


class Title(PartHead):
    """The title of a numbered part: the first level of this file's bookmarks."""

    level = 0


class Rule(Block):
    """A line across the page."""

    before, after = 4.0, 12.0

    def __init__(self, thickness: float) -> None:
        super().__init__(WIDTH, thickness)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw it."""
        ink.line((x, y), (x + self.width, y), ACCENT, self.height)


def render_pdf(bulletin: Bulletin, language: Language) -> bytes:
    """The bulletin as A4 sheets; the same bulletin gives the same bytes."""
    setter = Setter(language)
    ink = Ink(language)
    assembly = Assembly(setter, _described(bulletin, setter), ink)
    for number, page in enumerate(Maker(HEIGHT).fill(_blocks(bulletin, setter)), 1):
        _surround(bulletin, setter, ink, number)
        heads = []
        for placed in page:
            placed.block.draw(ink, LEFT, TOP + placed.top)
            if isinstance(placed.block, Head):
                heads.append((placed.block, placed.top))
        assembly.add_page(heads)
    return assembly.finish()


def _described(bulletin: Bulletin, setter: Setter) -> Cover:
    """The bulletin as the file's description reads it."""
    return Cover(
        title=bulletin.title,
        standard=bulletin.sender,
        firm="",
        uscc="",
        region="",
        date=bulletin.dated,
        number=setter.say(bulletin.number),
        basis=Text("", ""),
        handling=Text("", ""),
        stamp=None,
    )


def _surround(bulletin: Bulletin, setter: Setter, ink: Ink, page: int) -> None:
    """The page's number, and what a later page and an invented issue say of themselves."""
    setter.text(say("page", page=page), FOOT).draw(ink, LEFT, PAGE_HEIGHT - 40)
    if bulletin.fictional:
        setter.text(say("fictional"), FICTIONAL).draw(ink, LEFT, PAGE_HEIGHT - 28)
    if page > 1:
        running = setter.sentences([bulletin.title, " ", bulletin.number])
        setter.text(running, FOOT).draw(ink, LEFT, 36)


def _blocks(bulletin: Bulletin, setter: Setter) -> Iterator[Block]:
    if bulletin.mark:
        yield setter.text(bulletin.mark, MARK)
    yield setter.text(bulletin.title, TITLE)
    yield setter.text(bulletin.number, NUMBER)
    day = setter.text(day_of_issue(bulletin.dated), replace(SENDER, align="right"), HALF)
    yield Columns([setter.text(bulletin.sender, SENDER, HALF), day])
    yield Rule(1.6)
    for line in bulletin.foreword.splitlines():
        if line.strip():
            yield _paragraph(setter, line.strip())
    for number, section in enumerate(bulletin.sections, 1):
        title = setter.say(heading(number, section.title))
        yield Title(f"part{number}", title, setter.language)
        for piece in section.pieces:
            yield from _piece(setter, piece)
    if bulletin.recipients:
        yield Rule(0.8)
        for label, whom in bulletin.recipients:
            yield setter.labelled(setter.say(label), whom, Style(9.5, 15, color=INK, after=2))


def _piece(setter: Setter, piece: Piece) -> list[Block]:
    match piece:
        case Paragraph(text, note):
            return [setter.text(text, SMALL) if note else _paragraph(setter, text)]
        case Grid():
            return _grid(setter, piece)
        case Curve():
            return _curve(setter, piece)


def _paragraph(setter: Setter, text: Text | str) -> TextBlock:
    return setter.text(FIRST_LINE[setter.language] + setter.say(text), BODY)


def _grid(setter: Setter, grid: Grid) -> list[Block]:
    columns = [
        Column(setter.say(head), WIDTH * width, "right" if number in grid.numbers else "left")
        for number, (head, width) in enumerate(zip(grid.heads, grid.widths, strict=True))
    ]
    rows = [[setter.say(cell) for cell in row] for row in grid.rows]
    return setter.table(setter.say(grid.title), columns, rows)


def _curve(setter: Setter, curve: Curve) -> list[Block]:
    """The chart, and its numbers below it."""
    drawing = as_drawing(curve, WIDTH, setter.language)
    return [*setter.figure(drawing), *_grid(setter, as_table(curve))]
