"""Letters of the bureau: a head, a number, facts, what is asked, a signature; a page each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from questionnaires.text import Language
from reports.letters.activation import (
    BODY,
    BOLD,
    BUREAU,
    FINE,
    FOOT,
    LABEL,
    LEFT,
    LOWEST,
    SCALES,
    SIGN,
    STAMP,
    TITLE,
    TOP,
    WIDTH,
)
from reports.palette import ACCENT, RULE
from reports.pdf.assembly import LOCALES, BareCanvas
from reports.pdf.blocks import Block
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import PAGE_HEIGHT, PAGE_WIDTH, Style
from reports.phrases import Phrasebook

NUMBER = replace(LABEL, align="center")
FACT = Style(10.5, 17, after=2)
FACT_LABEL = 96.0


@dataclass(frozen=True, slots=True)
class Official:
    """One letter: to whom, what about, and what it says; `facts` are pairs of label and value.

    `below` says in small print what the letter is not.
    """

    title: str
    to: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    number: str = ""
    contact: str = ""
    below: str = ""
    fictional: bool = False


def write_official(
    letters: Iterable[Official], bureau: str, day: date, language: Language
) -> bytes:
    """The letters as one PDF; lettering shrinks where one would not fit its page."""
    ink = Ink(language)
    canvas = BareCanvas(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang=LOCALES[language],
    )
    canvas.setAuthor(bureau)
    pages = [_Page(ink, Setter(language, scale), bureau, day) for scale in SCALES]
    for letter in letters:
        canvas.setTitle(letter.title)
        for page in pages:
            ink.take()
            if page.draw(letter) <= LOWEST:
                break
        canvas.addLiteral(ink.take()[0])
        canvas.showPage()
    canvas._doc.delayedFonts.extend(ink.fonts)  # noqa: SLF001  # the one door for a document's fonts
    return bytes(canvas.getpdfdata())


class _Page:
    """Draws one letter after the other with the same ink."""

    def __init__(self, ink: Ink, setter: Setter, bureau: str, day: date) -> None:
        self.ink, self.setter, self.bureau, self.day = ink, setter, bureau, day
        self.phrases = Phrasebook("letters")

    def draw(self, letter: Official) -> float:
        """Draw the page of one letter; how far down it reaches."""
        y = self._head(letter)
        y = self._put(letter.to, BOLD, y) + 4
        for text in letter.paragraphs[:1]:
            y = self._put(text, BODY, y)
        y = self._facts(letter, y)
        for text in letter.paragraphs[1:]:
            y = self._put(text, BODY, y)
        return self._close(letter, y)

    def _head(self, letter: Official) -> float:
        if letter.fictional:
            self._put(self.setter.say(self.phrases("stamp")), STAMP, 36)
        y = self._put(self.bureau, BUREAU, TOP)
        self.ink.line((LEFT, y + 6), (LEFT + WIDTH, y + 6), ACCENT, 1.2)
        y = self._put(letter.title, TITLE, y + 36) + 4
        if letter.number:
            y = self._put(letter.number, NUMBER, y)
        return y + 18

    def _facts(self, letter: Official, y: float) -> float:
        if not letter.facts:
            return y
        top = y
        y += 10
        for label, value in letter.facts:
            said = self.setter.text(label, LABEL, FACT_LABEL)
            self._draw(said, y + 2, LEFT + 14)
            left = LEFT + 14 + FACT_LABEL
            y = self._put(value, FACT, y, left, WIDTH - FACT_LABEL - 28)
        self.ink.rect(LEFT, top, WIDTH, y + 8 - top, None, RULE, 0.8)
        return y + 24

    def _close(self, letter: Official, y: float) -> float:
        if letter.contact:
            label = self.setter.say(self.phrases("label.contact"))
            y = self._draw(self.setter.labelled(label, letter.contact, FINE, WIDTH), y + 4, LEFT)
        y = self._put(self.bureau, SIGN, y + 24)
        end = self._put(self._today(), SIGN, y)
        if letter.below:
            foot = PAGE_HEIGHT - 54
            self.ink.line((LEFT, foot), (LEFT + WIDTH, foot), RULE, 0.5)
            self._put(letter.below, FOOT, PAGE_HEIGHT - 46)
        return end

    def _today(self) -> str:
        day, zh = self.day, self.setter.language == "zh"
        return f"{day.year} 年 {day.month} 月 {day.day} 日" if zh else f"{day:%Y-%m-%d}"

    def _put(
        self, text: str, style: Style, y: float, x: float = LEFT, width: float = WIDTH
    ) -> float:
        return self._draw(self.setter.text(text, style, width), y, x)

    def _draw(self, block: Block, y: float, x: float) -> float:
        block.draw(self.ink, x, y)
        return y + block.height + block.after
