"""What the kinds with options share: how an option is recognised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from questionnaires import rules
from questionnaires.kinds.base import Fault, Kind
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.problems import UNKNOWN_OPTION, WRONG_TYPE, Problem, hint
from questionnaires.text import Text

LONGEST_CODE = 10**20  # what Excel or a program made of a code has fewer digits
OPTION = Text("选项编号", "an option id")


def as_code(raw: object) -> str | None:
    """The code a raw value spells, None where it can be none; Excel makes `2` into 2.0."""
    if isinstance(raw, str):
        return plain(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return str(int(raw)) if abs(raw) < LONGEST_CODE and raw == int(raw) else None


def option_at(question: Question, raw: object) -> int | Problem:
    """The position of the option that a raw value names."""
    code = as_code(raw)
    if code is None:
        return WRONG_TYPE.of(value=raw, expected=OPTION)
    at = question.option_index.get(code)
    if at is None:
        at = question.option_index.get(code.lower())
    if at is None:
        ids = tuple(question.option_index)
        allowed = Text("、".join(ids), ", ".join(ids))
        return UNKNOWN_OPTION.of(value=raw, allowed=allowed, hint=hint(code, ids))
    return at


class Choice(Kind):
    """A kind whose answers are options; `least` and `most` bound their number."""

    takes = frozenset({"options"})
    least: ClassVar[int]
    most: ClassVar[int]

    def faults(self, question: Question) -> Iterator[Fault]:
        """Too few options, or more than a column can tell apart."""
        count = len(question.options)
        if count < self.least:
            yield Fault(rules.TOO_FEW_OPTIONS, "options", (("least", self.least),))
        if count > self.most:
            yield Fault(rules.TOO_MANY_OPTIONS, "options", (("most", self.most),))
