"""Sets a report's words in one language: makes blocks from texts, phrases and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from questionnaires.text import Language, Text
from reports.dossier.model.front import Fact
from reports.drawings.shapes import Drawing
from reports.pdf.blocks import Block, Chart, TextBlock, set_text
from reports.pdf.containers import Columns, Stack
from reports.pdf.heads import Chapter, PartHead
from reports.pdf.tables import PAD_X, Cell, Column, set_table
from reports.pdf.theme import BODY, CAPTION, CELL, CELL_BOLD, SMALL, WIDTH, Style, span
from reports.phrases import load_phrases

BULLET = 12.0
TWO_DIGITS = 10
WHOLE_FROM = 100


class Setter:
    """Holds the language and counts chapters, figures and tables as they are made."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._headings = load_phrases("headings")
        self._charts = load_phrases("charts")
        self._chapters = self._figures = self._tables = 0

    def say(self, text: Text | str) -> str:
        """A text in the report's language."""
        return text if isinstance(text, str) else text.to(self.language)

    def word(self, key: str) -> str:
        """A fixed heading or column head."""
        return self.say(self._headings[key])

    def phrase(self, key: str, **values: object) -> str:
        """A caption or lettering, its placeholders filled."""
        return self.say(self._charts[key].format(**values))

    def text(
        self, text: Text | str, style: Style = BODY, width: float = WIDTH, lead: str = ""
    ) -> TextBlock:
        """A paragraph; `lead` opens it in bold."""
        return set_text(self.say(text), style, width, self.language, lead)

    def texts(
        self, texts: Iterable[Text], style: Style = BODY, width: float = WIDTH
    ) -> list[Block]:
        """A paragraph each."""
        return [self.text(text, style, width) for text in texts]

    def labelled(
        self, label: str, text: Text | str, style: Style = BODY, width: float = WIDTH
    ) -> TextBlock:
        """A paragraph that opens with its label in bold."""
        return self.text(text, style, width, lead=label + self.phrase("colon"))

    def listed(
        self, texts: Sequence[Text | str], style: Style = BODY, width: float = WIDTH,
        numbered: bool = False,
    ) -> list[Block]:  # fmt: skip
        """A list, its texts hanging beside bullets or numbers."""
        marker = replace(style, justify=False, bold=numbered)
        indent = BULLET + (4 if len(texts) >= TWO_DIGITS else 0) if numbered else BULLET
        items: list[Block] = []
        for number, text in enumerate(texts, 1):
            sign = self.text(str(number) if numbered else "•", marker, indent)
            item = Columns([sign, self.text(text, style, width - indent)], gutter=0)
            item.after = style.after / 2
            items.append(item)
        if items:
            items[-1].after = style.after
        return items

    def chapter(self, key: str) -> Chapter:
        """The heading of a numbered chapter, bookmarked by its key."""
        self._chapters += 1
        return Chapter(key, self.word(f"section.{key}"), str(self._chapters), self.language)

    def appendix(self, key: str) -> Chapter:
        """The heading of an appendix."""
        return Chapter(key, self.word(f"section.{key}"), "", self.language)

    def part(self, chapter: str, key: str, title: Text | str | None = None) -> PartHead:
        """The heading of a part; its words are the phrase `part.<key>` unless given."""
        words = self.say(title) if title is not None else self.word(f"part.{key}")
        return PartHead(f"{chapter}.{key}", words, self.language)

    def figure(self, drawing: Drawing, after: Sequence[Block] = ()) -> list[Block]:
        """A chart under its caption (the drawing's title), with notes under it."""
        self._figures += 1
        caption = self._caption("figure", self._figures, drawing.title)
        return [caption, self.bound(Chart(drawing, self.language), *after)]

    def table(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell] | str]
    ) -> list[Block]:
        """A table under its caption."""
        self._tables += 1
        caption = self._caption("table", self._tables, title)
        return [caption, set_table(columns, rows, self.language)]

    def facts(self, facts: Sequence[Fact]) -> list[Block]:
        """A table of labels and values, remarks in small print under the values."""
        label, value = span(4), WIDTH - span(4)
        rows: list[list[Cell]] = []
        for fact in facts:
            cell: list[Block] = [self.text(fact.value, CELL, value - 2 * PAD_X)]
            if fact.note:
                cell.append(self.text(fact.note, replace(SMALL, after=0), value - 2 * PAD_X))
            rows.append([self.say(fact.label), Stack(cell, value - 2 * PAD_X)])
        columns = [Column("", label, style=CELL_BOLD), Column("", value)]
        return [set_table(columns, rows, self.language)]

    def bound(self, *blocks: Block) -> Stack:
        """Blocks that stay together on a page."""
        stack = Stack(blocks, max(block.width for block in blocks), whole=True)
        stack.before, stack.after = blocks[0].before, max(blocks[-1].after, 8)
        return stack

    def note(self, text: Text | str, width: float = WIDTH) -> TextBlock:
        """Small print."""
        return self.text(text, SMALL, width)

    def _caption(self, kind: str, number: int, title: str) -> TextBlock:
        caption = self.text(self.phrase(kind, number=number, title=title), CAPTION)
        caption.keep = True
        return caption


def amount(value: float) -> str:
    """An amount of 万元: whole from 100 up, else one decimal at most."""
    if abs(value) >= WHOLE_FROM:
        return f"{value:,.0f}"
    return f"{value:.1f}".rstrip("0").rstrip(".")


def points(value: float) -> str:
    """Points as the standard counts them, without needless zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
