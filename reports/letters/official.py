"""Letters of the bureau: a head, a number, facts, what is asked, a signature; a page each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from questionnaires.text import Language
from reports.letters.stationery import BODY, BOLD, LABEL, LEFT, WIDTH, Page, print_letters
from reports.palette import RULE
from reports.pdf.theme import Style

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
    return print_letters(
        letters, lambda ink, setter: _Page(ink, setter, bureau, day), bureau, language
    )


class _Page(Page[Official]):
    def title(self, letter: Official) -> str:
        return letter.title

    def draw(self, letter: Official) -> float:
        y = self._head(letter)
        y = self.put(letter.to, BOLD, y) + 4
        for text in letter.paragraphs[:1]:
            y = self.put(text, BODY, y)
        y = self._facts(letter, y)
        for text in letter.paragraphs[1:]:
            y = self.put(text, BODY, y)
        return self._close(letter, y)

    def _head(self, letter: Official) -> float:
        y = self.head(letter, fictional=letter.fictional) + 4
        if letter.number:
            y = self.put(letter.number, NUMBER, y)
        return y + 18

    def _facts(self, letter: Official, y: float) -> float:
        if not letter.facts:
            return y
        top = y
        y += 10
        for label, value in letter.facts:
            said = self.setter.text(label, LABEL, FACT_LABEL)
            self.place(said, y + 2, LEFT + 14)
            left = LEFT + 14 + FACT_LABEL
            y = self.put(value, FACT, y, left, WIDTH - FACT_LABEL - 28)
        self.ink.rect(LEFT, top, WIDTH, y + 8 - top, None, RULE, 0.8)
        return y + 24

    def _close(self, letter: Official, y: float) -> float:
        end = self.sign(letter.contact, y, 24)
        if letter.below:
            self.small_print(letter.below)
        return end
