"""Activation letters: one A4 page a firm with its code, also as a QR code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import segno

from questionnaires.text import Language
from reports.letters.stationery import BODY, BOLD, FINE, LABEL, LEFT, WIDTH, Page, print_letters
from reports.palette import ACCENT, RULE
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import Style

QUIET = 4  # modules of white around a QR code, as its standard asks
QR_SIZE = 138.0
BOX_HEIGHT, BOX_TOP_AT_LEAST = 176.0, 400.0
CODE = Style(20, 30, bold=True, color=ACCENT)
VALUE = Style(11.5, 18, bold=True)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, on which day; `address` is where the code can be entered by hand."""

    bureau: str
    contact: str
    district: str
    address: str
    day: date


@dataclass(frozen=True, slots=True)
class Letter:
    """One firm's letter; `link` opens the page of activation with the code filled in."""

    firm: str
    username: str
    code: str
    link: str
    expires: date
    fictional: bool = False


def qr_matrix(link: str) -> tuple[bytearray, ...]:
    """The dark (1) and light (0) modules of the QR code of `link`."""
    return tuple(segno.make(link, error="m", micro=False).matrix)


def write_letters(letters: Iterable[Letter], head: Letterhead, language: Language) -> bytes:
    """The letters as one PDF, a page each."""
    return print_letters(
        letters, lambda ink, setter: _Page(ink, setter, head), head.bureau, language
    )


class _Page(Page[Letter]):
    def __init__(self, ink: Ink, setter: Setter, head: Letterhead) -> None:
        super().__init__(ink, setter, head.bureau, head.day)
        self.on = head

    def title(self, _letter: Letter) -> str:
        return self.say("title")

    def draw(self, letter: Letter) -> float:
        y = self.head(letter, fictional=letter.fictional) + 22
        for text, style in self._words(letter):
            y = self.put(text, style, y)
        top = self._box(letter, max(y + 10, BOX_TOP_AT_LEAST))
        for key in ("once", "privacy"):
            top = self.put(self.say(key), FINE, top)
        end = self.sign(self.on.contact, top, 16)
        self.small_print(self.say("not_sealed"))
        return end

    def _words(self, letter: Letter) -> list[tuple[str, Style]]:
        steps = ("step_open", "step_password", "step_sign_in")
        return [
            (self.say("greeting", firm=letter.firm), BOLD),
            (self.say("what", district=self.on.district), BODY),
            (self.say("account"), BODY),
            *(
                (f"{at}. {self.say(key, address=self.on.address)}", BODY)
                for at, key in enumerate(steps, 1)
            ),
        ]

    def _box(self, letter: Letter, top: float) -> float:
        self.ink.rect(LEFT, top, WIDTH, BOX_HEIGHT, None, RULE, 0.8)
        y = top + 16
        lines = (("code", letter.code, CODE), ("username", letter.username, VALUE))
        for key, value, style in (*lines, ("expires", f"{letter.expires:%Y-%m-%d}", VALUE)):
            y = self.put(self.say(f"label.{key}"), LABEL, y, LEFT + 18)
            y = self.put(value, style, y, LEFT + 18) + 5
        left = LEFT + WIDTH - QR_SIZE - 10
        self._qr(letter.link, left, top + 8)
        scan = replace(LABEL, align="center")
        self.put(self.say("label.scan"), scan, top + QR_SIZE + 10, left, QR_SIZE)
        return top + BOX_HEIGHT + 18

    def _qr(self, link: str, left: float, top: float) -> None:
        """The code as one dark strip for each run of modules."""
        matrix = qr_matrix(link)
        side = QR_SIZE / (len(matrix) + 2 * QUIET)
        for row, modules in enumerate(matrix):
            for start, length in _runs(modules):
                x, y = left + (start + QUIET) * side, top + (row + QUIET) * side
                self.ink.rect(x, y, length * side, side, "#000000")


def _runs(modules: bytearray) -> list[tuple[int, int]]:
    """Where dark runs of a row begin, and how long they are."""
    runs, at = [], 0
    while at < len(modules):
        end = at
        while end < len(modules) and modules[end]:
            end += 1
        if end > at:
            runs.append((at, end - at))
        at = end + 1
    return runs
