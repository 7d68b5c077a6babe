"""Typed text brought to one form: full-width signs, stray spaces, control characters."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import normalize

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_LINE_BREAK = re.compile("[\t\n]+")
_SHOWN = 60


def plain(typed: str) -> str:
    """A code or number as typed, in half-width signs (NFKC) and without space around it."""
    if typed.isascii():
        return typed.strip()
    return normalize("NFKC", typed).replace("\u2212", "-").strip()


def clean_text(typed: str) -> str:
    """Free text as typed, without control characters and outer space; its breaks are line feeds.

    Removed is what no file format carries safely: C0 and C1 controls, marks that reverse the
    direction of writing, lone surrogates. Cleaning twice is cleaning once.
    """
    if typed.isprintable():
        return typed.strip()
    return _UNSEEN.sub("", _BREAK.sub("\n", typed)).strip()


def clean_line(typed: str) -> str:
    """Free text on one line: breaks and tabs become a space."""
    text = clean_text(typed)
    return text if text.isprintable() else _LINE_BREAK.sub(" ", text)


def whole_number(typed: str, most: int = 2**31 - 1) -> int | None:
    """A whole number from 0 to `most` in plain digits, as addresses carry them; else None."""
    plain_digits = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    number = int(typed) if plain_digits else None
    return number if number is not None and number <= most else None


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, at most 60 characters."""
    try:
        text = clean_line(_as_json(value) if isinstance(value, dict | list | bool) else str(value))
    except (RecursionError, ValueError):  # nested too deeply, or a number of too many digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@lru_cache(maxsize=1024)
def nearest(word: str, words: tuple[str, ...]) -> str:
    """The one of `words` that `word` was probably meant to be, '' where none is near."""
    found = get_close_matches(plain(word[:_SHOWN]).lower(), words, n=1)
    return found[0] if found else ""
