"""A questionnaire out of a file's nodes, and every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from questionnaires import rules
from questionnaires.firmfields import FIELD_IDS
from questionnaires.hashing import content_hash
from questionnaires.kinds import KINDS
from questionnaires.linting.conditions import Conditions
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.linting.rates import Rates
from questionnaires.model import Option, Question, Questionnaire, Section
from questionnaires.problems import hint
from questionnaires.text import Text

QUESTIONNAIRE_ID = re.compile("[a-z][a-z0-9-]{0,63}")
OPTION_ID = re.compile("[a-z0-9][a-z0-9_]{0,63}")
RESERVED_OPTIONS = ("unknown", "not_applicable")
_OF_ALL = ("help", "evidence", "required", "may_not_apply", "sensitive", "when")
_OF_KINDS = tuple(sorted(frozenset().union(*(kind.takes for kind in KINDS.values()))))
_NOTHING = Text("", "")


class Builder(Fields):
    """Builds one questionnaire; what it could not read is left out and found."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, Node] = {}
        self._earlier: dict[str, Question] = {}
        self._ids: tuple[str, ...] = ()

    def questionnaire(self, root: Node) -> Questionnaire:
        """The whole file."""
        entries = self.entries(
            root, "", ("id", "version", "title", "sections"), ("about", "source")
        )
        sections = self.items(entries.get("sections"), "sections")
        self._ids = tuple(_ids(sections))
        built = Questionnaire(
            id=self.identifier(entries.get("id"), "id", QUESTIONNAIRE_ID),
            version=self.version(entries.get("version"), "version"),
            title=self.phrase(entries.get("title"), "title") or _NOTHING,
            about=self.phrase(entries.get("about"), "about"),
            source=self.words(entries.get("source"), "source"),
            sections=tuple(self._section(node, at) for at, node in enumerate(sections)),
            hash="",
        )
        return replace(built, hash=content_hash(built))

    def _section(self, node: Node, at: int) -> Section:
        where = f"sections.{_id(node) or f'[{at}]'}"
        entries = self.entries(node, where, ("id", "title", "questions"), ("intro",))
        section = self._unique(entries.get("id"), f"{where}.id", "section")
        questions = self.items(entries.get("questions"), f"{where}.questions")
        return Section(
            id=section,
            title=self.phrase(entries.get("title"), f"{where}.title") or _NOTHING,
            intro=self.phrase(entries.get("intro"), f"{where}.intro"),
            questions=tuple(
                self._question(q, f"{where}.questions", i) for i, q in enumerate(questions)
            ),
        )

    def _unique(self, node: Node | None, where: str, sort: str) -> str:
        name = self.identifier(node, where)
        if node is not None and name:
            first = self._places.setdefault(f"{sort} {name}", node)
            if first is not node:
                self.report(rules.DUPLICATE_ID, node, where, id=name, line=first.line)
        return name

    def _question(self, node: Node, above: str, at: int) -> Question:
        where = f"{above}.{_id(node) or f'[{at}]'}"
        entries = self.entries(node, where, ("id", "kind", "label"), _OF_ALL + _OF_KINDS)
        name = self._unique(entries.get("id"), f"{where}.id", "question")
        if name in FIELD_IDS:
            self.report(rules.RESERVED_ID, entries["id"], f"{where}.id", id=name)
        kind = self._kind(entries, where)
        when = entries.get("when")
        conditions = Conditions(self, self._earlier, self._ids)
        rates = Rates(self, self._earlier)
        question = Question(
            id=name,
            kind=kind,
            label=self.phrase(entries.get("label"), f"{where}.label") or _NOTHING,
            help=self.phrase(entries.get("help"), f"{where}.help"),
            evidence=self.phrase(entries.get("evidence"), f"{where}.evidence"),
            options=self._options(entries.get("options"), f"{where}.options"),
            unit=self._unit(entries.get("unit"), f"{where}.unit"),
            minimum=self.number(entries.get("min"), f"{where}.min"),
            maximum=self.number(entries.get("max"), f"{where}.max"),
            length=self._length(entries.get("length"), f"{where}.length"),
            required=self.flag(entries.get("required"), f"{where}.required", default=True),
            may_not_apply=self.flag(
                entries.get("may_not_apply"), f"{where}.may_not_apply", default=False
            ),
            sensitive=self.flag(entries.get("sensitive"), f"{where}.sensitive", default=False),
            when=conditions.read(when, f"{where}.when") if when else None,
            rate=rates.read(entries.get("rate"), f"{where}.rate"),
        )
        self._ask_kind(question, node, entries, where)
        self._earlier.setdefault(name, question)
        return question

    def _kind(self, entries: Mapping[str, Node], where: str) -> str:
        kind = self.words(entries.get("kind"), f"{where}.kind")
        if "kind" not in entries:
            return kind
        if kind not in KINDS:
            told = {"kind": kind, "allowed": ", ".join(KINDS), "hint": hint(kind, tuple(KINDS))}
            self.report(rules.UNKNOWN_KIND, entries["kind"], f"{where}.kind", **told)
            return kind
        for key in sorted(set(entries) & set(_OF_KINDS) - KINDS[kind].takes):
            told = {"key": key, "kind": kind}
            self.report(rules.KEY_NOT_FOR_KIND, entries[key], f"{where}.{key}", **told)
        return kind

    def _ask_kind(
        self, question: Question, node: Node, entries: Mapping[str, Node], where: str
    ) -> None:
        if question.kind in KINDS:
            for fault in KINDS[question.kind].faults(question):
                at = entries.get(fault.key, node)
                self.report(fault.code, at, f"{where}.{fault.key}", **dict(fault.particulars))

    def _unit(self, node: Node | None, where: str) -> Text | None:
        if node is not None and isinstance(node.content, str):
            return Text.of(node.content)  # a sign like % or kWh is the same in both languages
        return self.phrase(node, where)

    def _length(self, node: Node | None, where: str) -> int | None:
        length = self.number(node, where)
        return None if length is None else int(length) if length.is_integer() else 0

    def _options(self, node: Node | None, where: str) -> tuple[Option, ...]:
        options: dict[str, Option] = {}
        for at, part in enumerate(self.items(node, where)):
            here = f"{where}.{_id(part) or f'[{at}]'}"
            option = self._option(part, here)
            if option.id in options:
                self.report(rules.DUPLICATE_OPTION, part, here, id=option.id)
            options.setdefault(option.id, option)
        return tuple(options.values())

    def _option(self, node: Node, where: str) -> Option:
        entries = self.entries(node, where, ("id", "label"), ("help", "excludes"))
        name = self.identifier(entries.get("id"), f"{where}.id", OPTION_ID)
        if name in RESERVED_OPTIONS:
            self.report(rules.RESERVED_ID, entries["id"], f"{where}.id", id=name)
        return Option(
            id=name,
            label=self.phrase(entries.get("label"), f"{where}.label") or _NOTHING,
            help=self.phrase(entries.get("help"), f"{where}.help"),
            excludes=self.flag(entries.get("excludes"), f"{where}.excludes", default=False),
        )


def _id(node: Node) -> str:
    part = node.content.get("id") if isinstance(node.content, Mapping) else None
    return part.content if part is not None and isinstance(part.content, str) else ""


def _ids(sections: tuple[Node, ...]) -> list[str]:
    ids = []
    for section in sections:
        part = section.content.get("questions") if isinstance(section.content, Mapping) else None
        if part is not None and isinstance(part.content, tuple):
            ids += [_id(question) for question in part.content]
    return ids
