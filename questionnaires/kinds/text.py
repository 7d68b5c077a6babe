"""Free text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires import rules
from questionnaires.kinds.base import Encoder, Fault, Kind
from questionnaires.kinds.choices import as_code
from questionnaires.model import Question
from questionnaires.normal import clean_text
from questionnaires.problems import TOO_LONG, WRONG_TYPE, Problem
from questionnaires.text import Text as Phrase

DEFAULT_LENGTH = 2_000
LARGEST_LENGTH = 10_000  # an Excel cell holds 32,767
TEXT = Phrase("文字", "text")


class Text(Kind):
    """Text without control characters (object), '' without an answer."""

    name = "text"
    dtype = np.dtype(object)
    blank = ""
    takes = frozenset({"length"})

    def clean(self, typed: str) -> str:
        """The text as it is kept."""
        return clean_text(typed)

    def read(self, question: Question, raw: object) -> str | Problem:
        """Text; a number or date that Excel made of it is spelt out again."""
        spelt = _spelt(raw)
        if not isinstance(spelt, str):
            return WRONG_TYPE.of(value=raw, expected=TEXT)
        text = self.clean(spelt)
        most = question.length or DEFAULT_LENGTH
        return text if len(text) <= most else TOO_LONG.of(length=len(text), bound=most)

    def write(self, question: Question, value: str) -> str:
        """The text."""
        return value

    def encoder(self, question: Question) -> Encoder:
        """Takes printable text as it is."""
        most = question.length or DEFAULT_LENGTH

        def encode(raws: list[object]) -> tuple[NDArray[Any], list[int]]:
            column = np.full(len(raws), "", dtype=object)
            care = []
            for at, raw in enumerate(raws):
                if type(raw) is str and len(raw) <= most and raw.isprintable():
                    column[at] = raw.strip()
                elif raw is not None:
                    care.append(at)
            return column, care

        return encode

    def faults(self, question: Question) -> Iterator[Fault]:
        """A length that nothing fits or no cell holds."""
        if question.length is not None and not 1 <= question.length <= LARGEST_LENGTH:
            yield Fault(rules.BAD_LENGTH, "length", (("most", LARGEST_LENGTH),))


def _spelt(raw: object) -> object:
    """What Excel or a program turned into a number or a date, as it may have been typed."""
    if isinstance(raw, datetime) and raw.time() == time.min:
        raw = raw.date()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float):
        return as_code(raw) or str(raw)
    return as_code(raw) if isinstance(raw, int) else raw
