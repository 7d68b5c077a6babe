"""`when:` conditions out of nodes, checked against the questions before."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires import rules
from questionnaires.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from questionnaires.kinds import KINDS
from questionnaires.kinds.choices import Choice
from questionnaires.kinds.decimal import Decimal, written
from questionnaires.kinds.yesno import NO, YES, YesNo
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.model import Question
from questionnaires.problems import hint

_YES_NO = {"true": YES, "false": NO}


class Conditions:
    """Reads conditions; `earlier` are the questions they may look at, `ids` those there are."""

    def __init__(
        self, fields: Fields, earlier: Mapping[str, Question], ids: tuple[str, ...]
    ) -> None:
        self.fields = fields
        self.earlier = earlier
        self.ids = ids

    def read(self, node: Node, where: str) -> Condition | None:
        """One condition, None where it is faulty."""
        content = node.content
        keys = set(content) if isinstance(content, Mapping) else set()
        if isinstance(content, Mapping):
            if keys == {"all"}:
                parts = self._parts(content["all"], f"{where}.all")
                return All(parts) if parts else None
            if keys == {"any"}:
                parts = self._parts(content["any"], f"{where}.any")
                return AnyOf(parts) if parts else None
            if keys == {"not"}:
                part = self.read(content["not"], f"{where}.not")
                return Not(part) if part else None
            if keys in ({"question", "is"}, {"question", "at_least"}):
                return self._test(content, where)
        self.fields.report(rules.BAD_CONDITION, node, where)
        return None

    def _parts(self, node: Node, where: str) -> tuple[Condition, ...]:
        if not isinstance(node.content, tuple) or not node.content:
            self.fields.report(rules.BAD_CONDITION, node, where)
            return ()
        parts = [self.read(part, f"{where}[{at}]") for at, part in enumerate(node.content)]
        return tuple(part for part in parts if part is not None)

    def _test(self, content: Mapping[str, Node], where: str) -> Condition | None:
        question = self._question(content["question"], f"{where}.question")
        if question is None or question.kind not in KINDS:
            return None
        test = "is" if "is" in content else "at_least"
        fitting = (Choice, YesNo) if test == "is" else (Decimal,)
        if not isinstance(KINDS[question.kind], fitting):
            told = {"test": test, "id": question.id, "kind": question.kind}
            self.fields.report(rules.WRONG_WHEN_TEST, content[test], f"{where}.{test}", **told)
            return None
        if test == "is":
            return self._is(question, content["is"], f"{where}.is")
        return self._at_least(question, content["at_least"], f"{where}.at_least")

    def _question(self, node: Node, where: str) -> Question | None:
        name = self.fields.words(node, where)
        if name in self.earlier:
            return self.earlier[name]
        if name in self.ids:
            self.fields.report(rules.LATER_WHEN_QUESTION, node, where, id=name)
        else:
            told = {"id": name, "hint": hint(name, self.ids)}
            self.fields.report(rules.UNKNOWN_WHEN_QUESTION, node, where, **told)
        return None

    def _is(self, question: Question, node: Node, where: str) -> Is | None:
        nodes = node.content if isinstance(node.content, tuple) else (node,)
        if not nodes:
            self.fields.report(rules.BAD_CONDITION, node, where)
            return None
        options = [self.fields.words(part, where) for part in nodes]
        allowed = tuple(question.option_index)
        if question.kind == YesNo.name:
            allowed = (YES, NO)
            options = [_YES_NO.get(option, option) for option in options]
        for option, part in zip(options, nodes, strict=True):
            if option not in allowed:
                told = {"id": question.id, "option": option, "allowed": ", ".join(allowed)}
                self.fields.report(rules.UNKNOWN_WHEN_OPTION, part, where, **told)
        return Is(question.id, tuple(options))

    def _at_least(self, question: Question, node: Node, where: str) -> AtLeast | None:
        minimum = self.fields.number(node, where)
        if minimum is None:
            return None
        kind = KINDS[question.kind]
        most = kind.bounds(question)[1] if isinstance(kind, Decimal) else minimum
        if minimum > most:
            told = {"id": question.id, "max": written(most)}
            self.fields.report(rules.NEVER_HOLDS, node, where, **told)
        return AtLeast(question.id, minimum)
