"""The contents: chapters and their parts with page numbers, each a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from questionnaires.text import Language
from reports.palette import ACCENT, INK, MUTED, RULE
from reports.pdf.blocks import Block, TextBlock, set_text
from reports.pdf.containers import Columns
from reports.pdf.heads import Chapter, Head
from reports.pdf.ink import Ink
from reports.pdf.theme import WIDTH, Style

NUMBERS = 36.0
INDENT = 22.0
STYLES = {0: Style(10.5, 18, bold=True, color=ACCENT), 1: Style(9, 14, color=INK)}
GAP = 6.0
GUTTER = 28.0


class Contents(Block):
    """A line a heading; `pages` (bookmark → page) is filled in once pages are made up."""

    def __init__(
        self, heads: Sequence[Head], pages: Mapping[str, int], language: Language,
        width: float = WIDTH,
    ) -> None:  # fmt: skip
        self.pages, self.language = pages, language
        room = width - INDENT - NUMBERS
        self.lines = [
            (head, set_text(head.title, STYLES[head.level], room, language)) for head in heads
        ]
        height = sum(text.height + self._gap(head) for head, text in self.lines)
        super().__init__(width, height)

    @staticmethod
    def _gap(head: Head) -> float:
        return 0.0 if head.level else GAP

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Set a line a heading, its page at the right, a dotted line between."""
        for head, text in self.lines:
            y += self._gap(head)
            self._line(ink, head, text, x, y)
            y += text.height

    def _line(self, ink: Ink, head: Head, text: TextBlock, x: float, y: float) -> None:
        style = STYLES[head.level]
        page = set_text(
            str(self.pages[head.key]), replace(style, align="right"), NUMBERS, self.language
        )
        if isinstance(head, Chapter) and head.number:
            number = set_text(head.number.text, replace(style, color=MUTED), INDENT, self.language)
            number.draw(ink, x, y)
        text.draw(ink, x + INDENT, y)
        last = y + text.height - style.leading
        page.draw(ink, x + self.width - NUMBERS, last)
        end = text.lines[-1].width * style.size / 1000 + x + INDENT
        base = last + style.leading / 2 + style.size * 0.32
        ink.line((end + 6, base), (x + self.width - 24, base), RULE, 0.6, (0.6, 3))
        ink.link(x, y, self.width, text.height, head.key)


def contents_columns(
    heads: Sequence[Head], pages: Mapping[str, int], language: Language
) -> Columns:
    """The contents in two columns, cut before the chapter that makes them most even."""
    starts = [at for at, head in enumerate(heads) if head.level == 0 and at]
    cut = min(starts, key=lambda at: abs(len(heads) - 2 * at))
    width = (WIDTH - GUTTER) / 2
    return Columns(
        [Contents(part, pages, language, width) for part in (heads[:cut], heads[cut:])], GUTTER
    )
