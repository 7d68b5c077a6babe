"""Headings: chapters and parts, which the contents list and the bookmarks are made from."""

from __future__ import annotations

from questionnaires.text import Language
from reports.palette import ACCENT, ACCENT_MID
from reports.pdf.blocks import Block, set_text
from reports.pdf.ink import Ink
from reports.pdf.theme import H1, H2, WIDTH, Style

NUMBER = Style(19, 26, color=ACCENT_MID)
NUMBER_WIDTH = 34.0


class Head(Block):
    """A heading that can be found: `level` 0 chapter, 1 part; `key` its bookmark."""

    keep = True
    level: int

    def __init__(self, key: str, title: str, width: float, height: float) -> None:
        super().__init__(width, height)
        self.key, self.title = key, title


class Chapter(Head):
    """A chapter's heading over a rule; `number` stands before it, appendices have none."""

    level = 0
    before = 24.0
    after = 10.0

    def __init__(self, key: str, title: str, number: str, language: Language) -> None:
        indent = NUMBER_WIDTH if number else 0
        self.number = set_text(number, NUMBER, NUMBER_WIDTH, language) if number else None
        self.text = set_text(title, H1, WIDTH - indent, language)
        super().__init__(key, title, WIDTH, self.text.height + 7)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Set number and title over a rule."""
        indent = 0.0
        if self.number:
            self.number.draw(ink, x, y)
            indent = NUMBER_WIDTH
        self.text.draw(ink, x + indent, y)
        bottom = y + self.height - 1
        ink.line((x, bottom), (x + self.width, bottom), ACCENT, 1.2)


class PartHead(Head):
    """The heading of a part of a chapter."""

    level = 1
    before, after = H2.before, H2.after

    def __init__(self, key: str, title: str, language: Language, width: float = WIDTH) -> None:
        self.text = set_text(title, H2, width, language)
        super().__init__(key, title, width, self.text.height)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Set the title."""
        self.text.draw(ink, x, y)
