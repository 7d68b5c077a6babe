"""Several options at once; the column holds a bit an option."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.kinds.base import Encoder, Memo
from questionnaires.kinds.choices import Choice, option_at
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import EXCLUDED, Problem

_SEPARATOR = re.compile("[;,、]")


class Multi(Choice):
    """Option ids; in the column bit i for option i (int32), -1 without an answer.

    An empty list is no answer: a firm that has none of the options says so by the option that
    excludes the others.
    """

    name = "multi"
    dtype = np.dtype(np.int32)
    blank = -1
    least = 1
    most = 31

    def read(self, question: Question, raw: object) -> int | Problem:
        """A list of option ids, or one text that joins them by `;` (also `,` and `、`)."""
        parts: Sequence[object]
        if isinstance(raw, str):
            parts = [part for part in _SEPARATOR.split(plain(raw)) if part.strip()]
        else:
            parts = raw if isinstance(raw, list | tuple) else [raw]
        bits = 0
        for part in parts:
            at = option_at(question, part)
            if isinstance(at, Problem):
                return at
            bits |= 1 << at
        return _alone(question, bits) or bits or self.blank

    def encoder(self, question: Question) -> Encoder:
        """Adds up the bits of listed option ids; looks joined ones up."""
        bit = {option.id: 1 << at for at, option in enumerate(question.options)}
        alone = sum(bit[option.id] for option in question.options if option.excludes)
        memo = Memo(self, question, {})

        def encode(raws: list[object]) -> tuple[NDArray[Any], list[int]]:
            values = [self.blank] * len(raws)
            care = []
            for at, raw in enumerate(raws):
                try:
                    if type(raw) is list:
                        bits = 0
                        for option in raw:
                            bits |= bit[option]
                        values[at] = bits or self.blank
                    else:
                        values[at] = memo[raw]
                except (KeyError, TypeError):  # TypeError: not hashable, a state
                    care.append(at)
            column = np.array(values, dtype=self.dtype)
            mixed = (column > 0) & (column & alone != 0) & (column & (column - 1) != 0)
            column[mixed] = self.blank
            return column, sorted({*care, *np.flatnonzero(mixed).tolist()})

        return encode

    def write(self, question: Question, value: int) -> list[str]:
        """The option ids, in the order of the questionnaire."""
        return [option.id for at, option in enumerate(question.options) if int(value) >> at & 1]

    def cell(self, question: Question, value: int) -> str:
        """The option ids joined by `;`."""
        return ";".join(self.write(question, value))


def _alone(question: Question, bits: int) -> Problem | None:
    for at, option in enumerate(question.options):
        if option.excludes and bits >> at & 1 and bits != 1 << at:
            return EXCLUDED.of(value=option.id)
    return None
