"""Sets a report's words in one language: makes blocks from texts, phrases and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from questionnaires.text import Language, Text
from reports.drawings.shapes import Drawing
from reports.pdf.blocks import Block, Chart, TextBlock, set_text
from reports.pdf.containers import Columns, Stack
from reports.pdf.heads import Chapter, PartHead
from reports.pdf.tables import PAD_Y, Cell, Column, Table, set_table
from reports.pdf.theme import BODY, CAPTION, SMALL, TALLEST_WHOLE, WIDTH, Style, scaled
from reports.phrases import load_phrases

BULLET = 12.0
TIGHT_BELOW = 0.93
TALLEST_CUT = 80.0
COLON = {"zh": "：", "en": ": "}
SENTENCE = {"zh": "", "en": " "}
SEMICOLON = {"zh": "；", "en": "; "}
TWO_DIGITS = 10


class Setter:
    """Holds the language and counts chapters, figures and tables as they are made.

    `scale` enlarges or reduces the lettering of texts and tables. A `tight` report saves pages:
    lists run in, and cards are cut where they are taller than `whole`.
    """

    def __init__(self, language: Language, scale: float = 1.0) -> None:
        self.language, self.scale = language, scale
        self.tight = scale < TIGHT_BELOW
        self.whole = TALLEST_CUT if self.tight else TALLEST_WHOLE
        self.colon = COLON[language]
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
        style = scaled(style, self.scale)
        return set_text(self.say(text), style, width, self.language, lead)

    def texts(
        self, texts: Iterable[Text], style: Style = BODY, width: float = WIDTH
    ) -> list[Block]:
        """A paragraph each."""
        return [self.text(text, style, width) for text in texts]

    def leading(self, text: Text | None) -> list[Block]:
        """A paragraph that stays with what it introduces; nothing where there is none."""
        if text is None:
            return []
        block = self.text(text)
        block.keep = True
        return [block]

    def joined(self, texts: Iterable[Text | str]) -> str:
        """Texts in one line, semicolons between them."""
        return SEMICOLON[self.language].join(filter(None, map(self.say, texts)))

    def sentences(self, texts: Iterable[Text | str]) -> str:
        """Whole sentences one after the other."""
        return SENTENCE[self.language].join(filter(None, map(self.say, texts)))

    def labelled(
        self, label: str, text: Text | str, style: Style = BODY, width: float = WIDTH
    ) -> TextBlock:
        """A paragraph that opens with its label in bold."""
        return self.text(text, style, width, lead=label + self.colon)

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
        return [self.table_caption(title), self.grid(columns, rows)]

    def grid(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Cell] | str], pad: float = PAD_Y
    ) -> Table:
        """A table without a caption; `pad` is the room above and below each cell."""
        return set_table(columns, rows, self.language, pad, self.scale)

    def table_caption(self, title: str) -> TextBlock:
        """The caption of the next table."""
        self._tables += 1
        return self._caption("table", self._tables, title)

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
