"""What a page is filled with: blocks of a known width that know their height.

A block is measured when it is made, so that pages can be made up before anything is drawn.
`split` cuts it where that reads well.
"""

from __future__ import annotations

from questionnaires.text import Language
from reports.drawings.shapes import Drawing
from reports.lettering.breaking import Line, balanced, break_lines, running_widths
from reports.lettering.faces import face
from reports.pdf.ink import Ink
from reports.pdf.shapes import draw_shapes
from reports.pdf.theme import Style

ASCENT = 0.88
WIDEST_GAP = 0.12


class Block:
    """Something of `width` × `height`; `before` and `after` are gaps, `keep` binds it to the next.

    The gap before is dropped at the top of a page.
    """

    before: float = 0
    after: float = 0
    keep: bool = False

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The part that fits into `room` and the rest; None where it cannot be cut there."""
        return None

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw with the top left corner at (x, y)."""
        raise NotImplementedError


class TextBlock(Block):
    """A paragraph in one style; long ones are cut between lines, two or more on each side."""

    def __init__(
        self, text: str, style: Style, width: float, language: Language, lead: str = ""
    ) -> None:
        self.text, self.style, self.language = lead + text, style, language
        self.bold_until = len(self.text) if style.bold else len(lead)
        sums = self._sums(lead, text)
        breaker = balanced if style.even else break_lines
        self._show(breaker(self.text, sums, width * 1000 / style.size + 0.01), width)

    def _sums(self, lead: str, text: str) -> list[int]:
        sums = running_widths(text, face(self.style.bold, self.language))
        if not lead:
            return sums
        bold = running_widths(lead, face(True, self.language))
        return bold[:-1] + [bold[-1] + width for width in sums]

    def _show(self, lines: list[Line], width: float) -> None:
        self.lines = lines
        super().__init__(width, len(lines) * self.style.leading)
        self.before, self.after = self.style.before, self.style.after

    def split(self, room: float) -> tuple[Block, Block] | None:
        first = min(int(room // self.style.leading), len(self.lines) - 2)
        if first < 2:
            return None
        return self._part(self.lines[:first], 0, self.before), self._part(
            self.lines[first:], self.after, 0
        )

    def _part(self, lines: list[Line], after: float, before: float) -> TextBlock:
        part = TextBlock.__new__(TextBlock)
        part.text, part.style, part.language = self.text, self.style, self.language
        part.bold_until = self.bold_until
        part._show(lines, self.width)
        part.after, part.before = after, before
        return part

    def draw(self, ink: Ink, x: float, y: float) -> None:
        style = self.style
        baseline = y + (style.leading - style.size) / 2 + style.size * ASCENT
        room = self.width * 1000 / style.size
        for line in self.lines:
            slack = (room - line.width) * style.size / 1000
            gap = self._gap(line, slack) if style.justify else 0.0
            self._set(ink, line, x + slack * SHIFT[style.align], baseline, gap)
            baseline += style.leading

    def _gap(self, line: Line, slack: float) -> float:
        """What to add after each character so that the line is full; 0 for a last line."""
        last = line.end == len(self.text) or self.text[line.end] == "\n"
        even = slack / max(line.end - line.start - 1, 1)
        fits = self.language == "zh" and not last and even <= WIDEST_GAP * self.style.size
        return even if fits else 0.0

    def _set(self, ink: Ink, line: Line, x: float, baseline: float, gap: float) -> None:
        style = self.style
        cut = min(max(self.bold_until, line.start), line.end)
        lead, rest = self.text[line.start : cut], self.text[cut : line.end]
        if lead:
            ink.text(x, baseline, lead, style.size, True, style.color, gap)
            x += face(True, self.language).measure(lead, style.size) + gap * len(lead)
        if rest:
            ink.text(x, baseline, rest, style.size, False, style.color, gap)


SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


class Gap(Block):
    """Empty room."""

    def draw(self, ink: Ink, x: float, y: float) -> None:
        pass


class Chart(Block):
    """A drawing in the flow of the page."""

    def __init__(self, drawing: Drawing, language: Language) -> None:
        super().__init__(drawing.width, drawing.height)
        self.drawing, self.language = drawing, language

    def draw(self, ink: Ink, x: float, y: float) -> None:
        draw_shapes(ink, self.drawing, x, y, self.language)


class NewPage(Block):
    """Begins a new page unless the present one has `room` left."""

    def __init__(self, room: float) -> None:
        super().__init__(0, 0)
        self.room = room

    def draw(self, ink: Ink, x: float, y: float) -> None:
        pass
