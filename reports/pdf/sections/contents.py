"""The contents: chapters and their parts with page numbers, each a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from questionnaires.text import Language
from reports.palette import ACCENT, INK, MUTED, RULE
from reports.pdf.blocks import Block, TextBlock, set_text
from reports.pdf.heads import Chapter, Head
from reports.pdf.ink import Ink
from reports.pdf.theme import WIDTH, Style

NUMBERS = 36.0
INDENT = 22.0
STYLES = {0: Style(10.5, 18, bold=True, color=ACCENT), 1: Style(9, 14, color=INK)}
GAP = 6.0


class Contents(Block):
    """A line a heading; `pages` (bookmark → page) is filled in once pages are made up."""

    def __init__(self, heads: Sequence[Head], pages: Mapping[str, int], language: Language) -> None:
        self.pages, self.language = pages, language
        self.lines = [(head, self._text(head)) for head in heads]
        height = sum(text.height + self._gap(head) for head, text in self.lines)
        super().__init__(WIDTH, height)

    def _text(self, head: Head) -> TextBlock:
        return set_text(head.title, STYLES[head.level], WIDTH - INDENT - NUMBERS, self.language)

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
        page.draw(ink, x + WIDTH - NUMBERS, last)
        end = text.lines[-1].width * style.size / 1000 + x + INDENT
        base = last + style.leading / 2 + style.size * 0.32
        ink.line((end + 6, base), (x + WIDTH - 24, base), RULE, 0.6, (0.6, 3))
        ink.link(x, y, WIDTH, text.height, head.key)
