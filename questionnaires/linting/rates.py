"""`rate:` out of nodes: the counts it names, and the bounds of its bands."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from questionnaires import rules
from questionnaires.kinds import KINDS
from questionnaires.kinds.decimal import Decimal
from questionnaires.kinds.percentage import Percentage
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.model import Question, Rate
from questionnaires.problems import hint


class Rates:
    """Reads rates; `earlier` are the questions whose counts they may take."""

    def __init__(self, fields: Fields, earlier: Mapping[str, Question]) -> None:
        self.fields = fields
        self.earlier = earlier

    def read(self, node: Node | None, where: str) -> Rate | None:
        """One rate, None where there is none or a count is missing."""
        if node is None:
            return None
        entries = self.fields.entries(node, where, ("part", "whole"), ("upto",))
        part = self._count(entries.get("part"), f"{where}.part")
        whole = self._count(entries.get("whole"), f"{where}.whole")
        bounds = self.fields.items(entries.get("upto"), f"{where}.upto")
        upto = [self._bound(bound, f"{where}.upto") for bound in bounds]
        return Rate(part, whole, tuple(upto)) if part and whole else None

    def _count(self, node: Node | None, where: str) -> str:
        name = self.fields.words(node, where)
        question = self.earlier.get(name)
        if question is not None and _counts(question):
            return name
        if node is not None:
            told = {"id": name, "hint": hint(name, tuple(self.earlier))}
            self.fields.report(rules.WRONG_COUNT, node, where, **told)
        return ""

    def _bound(self, node: Node, where: str) -> Fraction:
        """A bound exactly as written: 0.1 is a tenth."""
        number = self.fields.number(node, where)
        return Fraction(0) if number is None else Fraction(str(node.content))


def _counts(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return isinstance(kind, Decimal) and not isinstance(kind, Percentage)
