"""The report's two faces (Noto Sans SC Regular and Bold), parsed once per process and shared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

from questionnaires.text import Language

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FILES = {False: "NotoSansSC-Regular.ttf", True: "NotoSansSC-Bold.ttf"}

MISSING = "□"
"""Stands for every character the face has no glyph for."""

SQUEEZE = 500
"""What a full-width mark gives up before another one, as Chinese composition asks for."""
MARKS = re.compile("[，。、；：！？）》」』】”’（《「『【“‘](?=[，。、；）》」』】”’（《「『【“‘])")

# The faces' `pwid` feature: quotation marks as wide as their ink, for Latin text. By default they
# fill a whole CJK square.
LATIN_QUOTES = {"‘": 30416, "’": 30417, "“": 30419, "”": 30420}


class Widths(dict[str, int]):
    """Advance width of each character in thousandths of the size; never a missing key."""

    def __init__(self, glyphs: Glyphs, advances: list[tuple[int, int]]) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._advances = advances

    def __missing__(self, char: str) -> int:
        width = 0 if invisible(char) else int(self._advances[self._glyphs[char]][0])
        self[char] = width
        return width


class Glyphs(dict[str, int]):
    """Glyph number of each character; the box where the face has none."""

    def __init__(self, char_to_glyph: dict[int, int], latin: bool) -> None:
        super().__init__(LATIN_QUOTES if latin else {})
        self._char_to_glyph = char_to_glyph

    def __missing__(self, char: str) -> int:
        glyph = self._char_to_glyph.get(ord(char)) or self._char_to_glyph[ord(MISSING)]
        self[char] = glyph
        return glyph


def invisible(char: str) -> bool:
    """Whether a character takes no room and no ink: controls, joiners, marks of direction."""
    return unicodedata.category(char) in ("Cc", "Cf")


@dataclass(frozen=True, eq=False, slots=True)
class Face:
    """One weight in one language: `widths` and `glyphs` by character, `font` the parsed file.

    `squeezes` says whether adjacent full-width marks share the blank between them.
    """

    bold: bool
    widths: Widths
    glyphs: Glyphs
    font: TTFontFace
    squeezes: bool

    def running_widths(self, text: str) -> tuple[int, ...]:
        """`sums[i]` is the width of `text[:i]` in thousandths of the size."""
        return _running_widths(self, text)

    def squeezed(self, text: str) -> list[int]:
        """Where a mark stands before another mark and gives up half its square."""
        return [found.start() for found in MARKS.finditer(text)] if self.squeezes else []

    def measure(self, text: str, size: float) -> float:
        """The width of `text` on one line, in the unit of `size`."""
        return self.running_widths(text)[-1] * size / 1000


@lru_cache(maxsize=8192)
def _running_widths(face: Face, text: str) -> tuple[int, ...]:
    advances = list(map(face.widths.__getitem__, text))
    for at in face.squeezed(text):
        advances[at] -= SQUEEZE
    return tuple(accumulate(advances, initial=0))


@cache
def parsed(bold: bool) -> TTFontFace:
    """The font file of one weight, parsed."""
    return TTFontFace(str(FONTS / FILES[bold]))


@cache
def face(bold: bool, language: Language) -> Face:
    """The face of one weight as it is set in one language."""
    font = parsed(bold)
    glyphs = Glyphs(font.charToGlyph, latin=language == "en")
    return Face(bold, Widths(glyphs, font.hmetrics), glyphs, font, squeezes=language == "zh")
