"""What every letter is written on: its head, its signature and small print; pages as one PDF."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Generic, TypeVar

from questionnaires.text import Language
from reports.palette import ACCENT, INK, MUTED, RULE, WARN
from reports.pdf.assembly import LOCALES, BareCanvas
from reports.pdf.blocks import Block
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import PAGE_HEIGHT, PAGE_WIDTH, Style
from reports.phrases import Phrasebook

LEFT, WIDTH = 72.0, PAGE_WIDTH - 144
TOP = 62.0
LOWEST = PAGE_HEIGHT - 62
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7)
"""Lettering from the usual to the smallest that reads well: tried until the letter fits."""

BUREAU = Style(17, 24, bold=True, color=ACCENT, even=True)
TITLE = Style(19, 28, bold=True, align="center", even=True)
BODY = Style(11.5, 21, after=8)
BOLD = replace(BODY, bold=True)
LABEL = Style(8.5, 13, color=MUTED)
FINE = Style(9.5, 15, color=INK, after=5)
SIGN = replace(BODY, align="right", after=0)
FOOT = Style(8, 12, color=MUTED, align="center")
STAMP = Style(8, 12, bold=True, color=WARN, align="center")

Letter = TypeVar("Letter")


class Page(ABC, Generic[Letter]):
    """Draws one letter after the other with the same ink, from `bureau` on `day`."""

    def __init__(self, ink: Ink, setter: Setter, bureau: str, day: date) -> None:
        self.ink, self.setter, self.bureau, self.day = ink, setter, bureau, day
        self.phrases = Phrasebook("letters")

    @abstractmethod
    def title(self, letter: Letter) -> str:
        """What stands above a letter and names the file."""

    @abstractmethod
    def draw(self, letter: Letter) -> float:
        """Draw the page of one letter; how far down it reaches."""

    def head(self, letter: Letter, *, fictional: bool) -> float:
        """Who writes, a rule, the title; where it ends."""
        y = self.put(self.bureau, BUREAU, TOP)
        self.ink.line((LEFT, y + 6), (LEFT + WIDTH, y + 6), ACCENT, 1.2)
        if fictional:
            self.put(self.say("stamp"), STAMP, 36)
        return self.put(self.title(letter), TITLE, y + 36)

    def sign(self, contact: str, y: float, gap: float) -> float:
        """Whom to ask, then, `gap` below, who signs and the day; where it ends."""
        if contact:
            block = self.setter.labelled(self.say("label.contact"), contact, FINE, WIDTH)
            y = self.place(block, y + 4, LEFT)
        return self.put(self._today(), SIGN, self.put(self.bureau, SIGN, y + gap))

    def small_print(self, text: str) -> None:
        """What stands at the foot of the page, below a rule."""
        self.ink.line((LEFT, PAGE_HEIGHT - 54), (LEFT + WIDTH, PAGE_HEIGHT - 54), RULE, 0.5)
        self.put(text, FOOT, PAGE_HEIGHT - 46)

    def say(self, key: str, **values: object) -> str:
        """A phrase of letters in the language of the page."""
        return self.setter.say(self.phrases(key, **values))

    def put(
        self, text: str, style: Style, y: float, x: float = LEFT, width: float = WIDTH
    ) -> float:
        """Set a text at `y`; where it ends."""
        return self.place(self.setter.text(text, style, width), y, x)

    def place(self, block: Block, y: float, x: float) -> float:
        """Draw what is set at `y`; where it ends."""
        block.draw(self.ink, x, y)
        return y + block.height + block.after

    def _today(self) -> str:
        day, zh = self.day, self.setter.language == "zh"
        return f"{day.year} 年 {day.month} 月 {day.day} 日" if zh else f"{day:%Y-%m-%d}"


def print_letters(
    letters: Iterable[Letter],
    page_on: Callable[[Ink, Setter], Page[Letter]],
    author: str,
    language: Language,
) -> bytes:
    """The letters as one PDF, a page each; lettering shrinks where one would not fit its page."""
    ink = Ink(language)
    canvas = BareCanvas(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang=LOCALES[language],
    )
    canvas.setAuthor(author)
    pages = [page_on(ink, Setter(language, scale)) for scale in SCALES]
    for letter in letters:
        canvas.setTitle(pages[0].title(letter))
        for page in pages:
            ink.take()
            if page.draw(letter) <= LOWEST:
                break
        canvas.addLiteral(ink.take()[0])
        canvas.showPage()
    canvas._doc.delayedFonts.extend(ink.fonts)  # noqa: SLF001  # the one door for a document's fonts
    return bytes(canvas.getpdfdata())
