"""A percentage: 35 stands for 35 %."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires import rules
from questionnaires.kinds.base import Fault
from questionnaires.kinds.decimal import Decimal
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import Problem


class Percentage(Decimal):
    """A number of percent, 0 to 100 unless the question says otherwise (float64, NaN)."""

    name = "percentage"
    takes = frozenset({"min", "max", "rate"})

    def bounds(self, question: Question) -> tuple[float, float]:
        """0 and 100 where the question gives none."""
        low, high = question.minimum, question.maximum
        return 0.0 if low is None else low, 100.0 if high is None else high

    def number(self, raw: object) -> float | Problem:
        """As for decimals; a percent sign is accepted."""
        if isinstance(raw, str) and plain(raw).endswith("%"):
            raw = plain(raw)[:-1]
        return super().number(raw)

    def faults(self, question: Question) -> Iterator[Fault]:
        """Also bounds of bands, which a percentage has none of."""
        yield from super().faults(question)
        if question.rate is not None and question.rate.upto:
            yield Fault(rules.WRONG_BANDS, "rate")
