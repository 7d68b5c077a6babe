"""What a page is filled with: blocks of a known width that know their height.

A block is measured when it is made, so that pages can be made up before anything is drawn.
`split` cuts it where that reads well.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.shapes import Drawing
from reports.lettering.breaking import Line, balanced, break_lines
from reports.lettering.faces import face
from reports.pdf.ink import Ink
from reports.pdf.shapes import draw_shapes
from reports.pdf.theme import Style

ASCENT = 0.88
WIDEST_GAP = 0.12
FEWEST_LINES = 2
SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


class Block(ABC):
    """Something of `width` × `height`; `before` and `after` are gaps, `keep` binds it to the next.

    The gap before is dropped at the top of a page.
    """

    before: float = 0
    after: float = 0
    keep: bool = False

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height

    def split(self, room: float) -> tuple[Block, Block] | None:  # noqa: ARG002 for those that cut
        """The part that fits into `room` and the rest; None where it cannot be cut there."""
        return None

    @abstractmethod
    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw with the top left corner at (x, y)."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """Stands between blocks: begins a new page unless the present one has `room` left."""

    room: float


class TextBlock(Block):
    """Broken lines of one text in one style; the first `bold_until` characters are bold.

    Long ones are cut between lines, two or more on each side.
    """

    def __init__(
        self, text: str, lines: Sequence[Line], style: Style, width: float, language: Language,
        bold_until: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(width, len(lines) * style.leading)
        self.text, self.lines, self.style, self.language = text, lines, style, language
        self.bold_until = len(text) if style.bold else bold_until
        self.before, self.after = style.before, style.after

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut between lines."""
        first = min(int(room // self.style.leading), len(self.lines) - FEWEST_LINES)
        if first < FEWEST_LINES:
            return None
        above, below = self._part(self.lines[:first]), self._part(self.lines[first:])
        above.before, above.after = self.before, 0
        below.before, below.after = 0, self.after
        return above, below

    def _part(self, lines: Sequence[Line]) -> TextBlock:
        return TextBlock(self.text, lines, self.style, self.width, self.language, self.bold_until)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Set line under line."""
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
            ink.text(x, baseline, lead, style.size, True, style.lead_color or style.color, gap)
            x += face(True, self.language).measure(lead, style.size) + gap * len(lead)
        if rest:
            ink.text(x, baseline, rest, style.size, False, style.color, gap)


def set_text(
    text: str, style: Style, width: float, language: Language, lead: str = ""
) -> TextBlock:
    """Break `text` to `width`; `lead` opens it in bold."""
    sums = face(style.bold, language).running_widths(text)
    if lead:
        bold = face(True, language).running_widths(lead)
        sums = (*bold[:-1], *(bold[-1] + reached for reached in sums))
    breaker = balanced if style.even else break_lines
    lines = breaker(lead + text, sums, width * 1000 / style.size + 0.01)
    return TextBlock(lead + text, lines, style, width, language, len(lead))


class Chart(Block):
    """A drawing in the flow of the page."""

    def __init__(self, drawing: Drawing, language: Language) -> None:
        super().__init__(drawing.width, drawing.height)
        self.drawing, self.language = drawing, language

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw its shapes."""
        draw_shapes(ink, self.drawing, x, y, self.language)
