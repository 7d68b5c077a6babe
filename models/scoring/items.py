"""The scored items of a standard out of its nodes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from models.scoring import faults
from models.scoring.fields import StandardFields
from models.scoring.rules import RULES
from models.standard import Item, Rate, Source
from questionnaires.linting.nodes import Node
from questionnaires.model import Question, Questionnaire
from questionnaires.text import Text

SOURCE = Text("出处", "source")
NOTHING = Text("", "")
_RULE = Text("计分规则", "rule of scoring")


class ItemBuilder:
    """Builds items of one questionnaire, reporting to `fields`; `sources` by their key."""

    def __init__(
        self, fields: StandardFields, questionnaire: Questionnaire, sources: Mapping[str, Source]
    ) -> None:
        self._fields = fields
        self._questionnaire = questionnaire
        self._sources = sources

    def source(self, node: Node | None, where: str) -> Source | None:
        """The source that a key refers to."""
        return self._sources.get(self._fields.named(node, where, SOURCE, self._sources))

    def item(self, node: Node, where: str) -> Item | None:
        """One item; None where its question, rule or source could not be read."""
        fields = self._fields
        entries = fields.entries(
            node, where, ("question", "title", "rule", "full", "points", "source"), ("rate",)
        )
        rule = fields.named(entries.get("rule"), f"{where}.rule", _RULE, RULES)
        question = fields.question(
            entries.get("question"),
            f"{where}.question",
            self._questionnaire,
            (RULES[rule].kind,) if rule else (),
        )
        title = fields.phrase(entries.get("title"), f"{where}.title")
        source = self.source(entries.get("source"), f"{where}.source")
        full = fields.exact(entries.get("full"), f"{where}.full")
        points = self._points(entries.get("points"), f"{where}.points", question)
        if not (rule and question and source and points):
            return None
        most = RULES[rule].full(points.values())
        if not most:
            fields.report(faults.NO_POINTS, entries["points"], f"{where}.points", id=question.id)
        if "full" in entries and full != most:
            told = {"full": full, "most": most}
            fields.report(faults.WRONG_FULL, entries["full"], f"{where}.full", **told)
        rate = entries.get("rate")
        if rate is not None and RULES[rule].kind != "single":
            fields.report(faults.RATE_OF_SUM, rate, f"{where}.rate")
        return Item(
            question=question.id,
            title=title or NOTHING,
            rule=rule,
            points=MappingProxyType(points),
            full=full,
            source=source,
            rate=self._rate(rate, f"{where}.rate", len(points)) if rate is not None else None,
        )

    def _points(
        self, node: Node | None, where: str, question: Question | None
    ) -> dict[str, Fraction]:
        nodes = self._fields.parts(node, where)
        points = {
            option: self._fields.exact(value, f"{where}.{option}")
            for option, value in nodes.items()
        }
        if node is None or question is None:
            return points
        asked = [option.id for option in question.options]
        if set(points) != set(asked):
            told = {"id": question.id, "options": ", ".join(asked)}
            self._fields.report(faults.OTHER_OPTIONS, node, where, **told)
            return {}
        for option in question.options:
            if option.excludes and points[option.id]:
                at, told = nodes[option.id], {"option": option.id}
                self._fields.report(faults.EXCLUDING_SCORES, at, f"{where}.{option.id}", **told)
        return points

    def _rate(self, node: Node, where: str, options: int) -> Rate | None:
        fields = self._fields
        entries = fields.entries(node, where, ("numerator", "denominator", "upto", "source"))
        counts = [
            fields.question(entries.get(key), f"{where}.{key}", self._questionnaire, ("whole",))
            for key in ("numerator", "denominator")
        ]
        bounds = fields.items(entries.get("upto"), f"{where}.upto")
        upto = tuple(fields.exact(bound, f"{where}.upto") for bound in bounds)
        if upto and (list(upto) != sorted(set(upto)) or len(upto) != options - 1):
            fields.report(faults.WRONG_BANDS, entries["upto"], f"{where}.upto")
        source = self.source(entries.get("source"), f"{where}.source")
        top, bottom = counts
        return Rate(top.id, bottom.id, upto, source) if top and bottom else None
