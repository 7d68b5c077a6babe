"""One option out of several; the column holds the option's position."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np

from questionnaires import rules
from questionnaires.kinds.base import Encoder, Fault, memo_encoder
from questionnaires.kinds.choices import Choice, option_at
from questionnaires.model import Question, Rate
from questionnaires.problems import Problem


class Single(Choice):
    """An option id; in the column its position (int8), -1 without an answer."""

    name = "single"
    takes = Choice.takes | {"rate"}
    dtype = np.dtype(np.int8)
    blank = -1
    least = 2
    most = 127

    def read(self, question: Question, raw: object) -> int | Problem:
        """An option id, full-width or in capitals, or a number that spells one."""
        if isinstance(raw, str) and not raw.strip():
            return self.blank
        return option_at(question, raw)

    def write(self, question: Question, value: int) -> str:
        """The option id."""
        return question.options[value].id

    def encoder(self, question: Question) -> Encoder:
        """Looks option ids up."""
        return memo_encoder(self, question, question.option_index)

    def faults(self, question: Question) -> Iterator[Fault]:
        """Also an excluding option: one answer excludes the others anyway."""
        yield from super().faults(question)
        if any(option.excludes for option in question.options):
            yield Fault(rules.EXCLUDES_IN_SINGLE, "options")
        if question.rate is not None and not _banded(question, question.rate):
            yield Fault(rules.WRONG_BANDS, "rate")


def _banded(question: Question, rate: Rate) -> bool:
    """Whether the bounds rise and leave each option its band."""
    bounds = rate.upto
    return len(bounds) == len(question.options) - 1 and all(
        low < high for low, high in pairwise((Fraction(-1), *bounds))
    )
