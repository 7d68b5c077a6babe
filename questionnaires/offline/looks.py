"""How the form looks: fonts, fills, which cells may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from questionnaires.text import Language

FONTS: Mapping[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
INK, MUTED, ACCENT, RULE = "#1c2a33", "#55646f", "#0b4a5f", "#b9c6ce"
FILL_IN, HEAD = "#fff9e0", "#e6eff3"
_TOP = {"valign": "top", "text_wrap": True}
_BOX = {"border": 1, "border_color": RULE}

_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT, "valign": "vcenter"},
    "intro": {"font_color": MUTED, **_TOP},
    "plain": _TOP,
    "strong": {"bold": True, **_TOP},
    "heading": {"bold": True, "bg_color": HEAD, "valign": "vcenter", "text_wrap": True, **_BOX},
    "number": {"align": "center", "bold": True, "font_color": ACCENT, **_TOP, **_BOX},
    "question": {"bold": True, **_TOP, **_BOX},
    "options": {**_TOP, **_BOX},
    "help": {"font_size": 9, "font_color": MUTED, **_TOP, **_BOX},
    "shut": {"bg_color": "#f2f4f5", "font_color": MUTED, **_TOP, **_BOX},
    "tick": {"bg_color": FILL_IN, "align": "center", "bold": True, "locked": False, **_TOP, **_BOX},
    "open": {"bg_color": FILL_IN, "num_format": "@", "locked": False, **_TOP, **_BOX},
}


class Looks:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._base = {"font_name": FONTS[language], "font_size": 10.5, "font_color": INK}
        self._made: dict[tuple[str, str], Format] = {}

    def __call__(self, name: str, number_format: str = "") -> Format:
        """A named look, with another number format where one is given."""
        key = (name, number_format)
        if key not in self._made:
            changed = {"num_format": number_format} if number_format else {}
            self._made[key] = self._book.add_format(self._base | dict(_LOOKS[name]) | changed)
        return self._made[key]
