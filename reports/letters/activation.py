"""Activation letters: one A4 page a firm with its code, also as a QR code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import segno

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
QUIET = 4  # modules of white around a QR code, as its standard asks
QR_SIZE = 138.0
BOX_HEIGHT, BOX_TOP_AT_LEAST = 176.0, 400.0
LOWEST = PAGE_HEIGHT - 62
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7)
"""Lettering from the usual to the smallest that reads well: tried until the letter fits."""

BUREAU = Style(17, 24, bold=True, color=ACCENT, even=True)
TITLE = Style(19, 28, bold=True, align="center", even=True)
BODY = Style(11.5, 21, after=8)
BOLD = replace(BODY, bold=True)
LABEL = Style(8.5, 13, color=MUTED)
CODE = Style(20, 30, bold=True, color=ACCENT)
VALUE = Style(11.5, 18, bold=True)
FINE = Style(9.5, 15, color=INK, after=5)
SIGN = replace(BODY, align="right", after=0)
FOOT = Style(8, 12, color=MUTED, align="center")
STAMP = Style(8, 12, bold=True, color=WARN, align="center")


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
    ink = Ink(language)
    canvas = BareCanvas(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang=LOCALES[language],
    )
    pages = [_Page(ink, Setter(language, scale), head) for scale in SCALES]
    canvas.setTitle(Phrasebook("letters")("title").to(language))
    canvas.setAuthor(head.bureau)
    for letter in letters:
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

    def __init__(self, ink: Ink, setter: Setter, head: Letterhead) -> None:
        self.ink, self.setter, self.head = ink, setter, head
        self.phrases = Phrasebook("letters")

    def draw(self, letter: Letter) -> float:
        """Draw the page of one letter; how far down it reaches."""
        y = self._head(letter)
        for text, style in self._words(letter):
            y = self._put(text, style, y)
        top = self._box(letter, max(y + 10, BOX_TOP_AT_LEAST))
        for key in ("once", "privacy"):
            top = self._put(self._say(key), FINE, top)
        return self._close(top)

    def _head(self, letter: Letter) -> float:
        y = self._put(self.head.bureau, BUREAU, TOP)
        self.ink.line((LEFT, y + 6), (LEFT + WIDTH, y + 6), ACCENT, 1.2)
        if letter.fictional:
            self._put(self._say("stamp"), STAMP, 36)
        return self._put(self._say("title"), TITLE, y + 36) + 22

    def _words(self, letter: Letter) -> list[tuple[str, Style]]:
        steps = ("step_open", "step_password", "step_sign_in")
        return [
            (self._say("greeting", firm=letter.firm), BOLD),
            (self._say("what", district=self.head.district), BODY),
            (self._say("account"), BODY),
            *(
                (f"{at}. {self._say(key, address=self.head.address)}", BODY)
                for at, key in enumerate(steps, 1)
            ),
        ]

    def _box(self, letter: Letter, top: float) -> float:
        self.ink.rect(LEFT, top, WIDTH, BOX_HEIGHT, None, RULE, 0.8)
        y = top + 16
        lines = (("code", letter.code, CODE), ("username", letter.username, VALUE))
        for key, value, style in (*lines, ("expires", f"{letter.expires:%Y-%m-%d}", VALUE)):
            y = self._put(self._say(f"label.{key}"), LABEL, y, LEFT + 18)
            y = self._put(value, style, y, LEFT + 18) + 5
        left = LEFT + WIDTH - QR_SIZE - 10
        self._qr(letter.link, left, top + 8)
        scan = replace(LABEL, align="center")
        self._put(self._say("label.scan"), scan, top + QR_SIZE + 10, left, QR_SIZE)
        return top + BOX_HEIGHT + 18

    def _qr(self, link: str, left: float, top: float) -> None:
        """The code as one dark strip for each run of modules."""
        matrix = qr_matrix(link)
        side = QR_SIZE / (len(matrix) + 2 * QUIET)
        for row, modules in enumerate(matrix):
            for start, length in _runs(modules):
                x, y = left + (start + QUIET) * side, top + (row + QUIET) * side
                self.ink.rect(x, y, length * side, side, "#000000")

    def _close(self, y: float) -> float:
        if self.head.contact:
            contact = self.setter.labelled(
                self._say("label.contact"), self.head.contact, FINE, WIDTH
            )
            y = self._draw(contact, y + 4, LEFT)
        y = self._put(self.head.bureau, SIGN, y + 16)
        end = self._put(self._day(), SIGN, y)
        self.ink.line((LEFT, PAGE_HEIGHT - 54), (LEFT + WIDTH, PAGE_HEIGHT - 54), RULE, 0.5)
        self._put(self._say("not_sealed"), FOOT, PAGE_HEIGHT - 46)
        return end

    def _day(self) -> str:
        day = self.head.day
        zh = self.setter.language == "zh"
        return f"{day.year} 年 {day.month} 月 {day.day} 日" if zh else f"{day:%Y-%m-%d}"

    def _say(self, key: str, **values: object) -> str:
        return self.setter.say(self.phrases(key, **values))

    def _put(
        self, text: str, style: Style, y: float, x: float = LEFT, width: float = WIDTH
    ) -> float:
        return self._draw(self.setter.text(text, style, width), y, x)

    def _draw(self, block: Block, y: float, x: float) -> float:
        block.draw(self.ink, x, y)
        return y + block.height + block.after


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
