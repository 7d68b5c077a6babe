"""Typed values out of a standard's nodes, with the codes of `models.scoring.faults`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from models.scoring import faults
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.model import Question, Questionnaire
from questionnaires.problems import hint
from questionnaires.text import Text

_EXACT = re.compile(r"-?\d+(\.\d+|/[1-9]\d*)?")
_WHOLE = re.compile(r"\d+")
# What stands in for a number that could not be read, until the file is mended.
_NO_NUMBER = Fraction(0)


class StandardFields(Fields):
    """Reads the parts of a standard and collects what is wrong with them."""

    rules = faults.RULES

    def report(self, code: str, node: Node, where: str, /, **particulars: Any) -> None:
        """Hold a rule against a place; one of the shared linter under the code it has here."""
        super().report(faults.SHARED.get(code, code), node, where, **particulars)

    def exact(self, node: Node | None, where: str) -> Fraction:
        """A number of 0 or more, exactly as spelled."""
        if node is None:
            return _NO_NUMBER
        if not isinstance(node.content, str) or not _EXACT.fullmatch(node.content):
            self.report(faults.NOT_EXACT, node, where, key=where.rpartition(".")[2])
            return _NO_NUMBER
        number = Fraction(node.content)
        if number < 0:
            self.report(faults.NEGATIVE, node, where, key=where.rpartition(".")[2])
        return number

    def count(self, node: Node | None, where: str) -> int:
        """A whole number of 0 or more; 0 where there is none."""
        if node is None:
            return 0
        if not isinstance(node.content, str) or not _WHOLE.fullmatch(node.content):
            self.report(faults.NOT_EXACT, node, where, key=where.rpartition(".")[2])
            return 0
        return int(node.content)

    def named(self, node: Node | None, where: str, what: Text, names: Iterable[str]) -> str:
        """One of `names`, '' where there is none such."""
        name, allowed = self.words(node, where), tuple(names)
        if node is None or name in allowed:
            return name
        told = {"name": name, "what": what, "allowed": ", ".join(allowed)}
        self.report(faults.UNKNOWN_NAME, node, where, hint=hint(name, allowed), **told)
        return ""

    def question(
        self, node: Node | None, where: str, questionnaire: Questionnaire, kinds: tuple[str, ...]
    ) -> Question | None:
        """A question of the questionnaire, of one of the kinds."""
        name = self.words(node, where)
        if node is None:
            return None
        if name not in questionnaire.index:
            near = hint(name, tuple(questionnaire.index))
            self.report(faults.UNKNOWN_QUESTION, node, where, id=name, hint=near)
            return None
        question = questionnaire[name]
        if kinds and question.kind not in kinds:
            told = {"id": name, "kind": question.kind, "needed": " / ".join(kinds)}
            self.report(faults.WRONG_KIND, node, where, **told)
            return None
        return question
