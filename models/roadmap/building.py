"""A project catalogue out of a file's nodes, and every fault of form on the way.

- id: P14
  name: {zh: …, en: …}
  what: {zh: …, en: …}          # what it is, for a factory manager
  modules: [{zh: …, en: …}]
  ready: [{zh: …, en: …}]       # optional: what a person must see to first
  needs: [P01, {any_of: [P06, P11]}, {at_least: 2, of: [P05, P06, P12]}]   # optional, hard
  better_after: [P38]           # optional, soft
  raises:
    - {question: scene_warehouse, from: ["0", "1"], to: "2"}
    - {question: scene_warehouse, from: ["2"], to: "3", with: [P06]}
    - {question: data_collection, add: [warehouse]}
  eases: [stock]                # optional: options of the question `pains`
  in_place: [{software: wms, scene_warehouse: "2"}]   # optional
  suits: process                # optional
  costs: {small: {low: 5, high: 20, yearly: true}}
  cost_note: {zh: …, en: …}     # optional
  months: [2, 4]
  benefits: [{zh: …, en: …}]
  risks: [{zh: …, en: …}]
  basis: {zh: …, en: …}
  sources: [S58]
  confidence: estimate          # or low: a vendor's or otherwise weak source
  compliance: true              # optional: a duty, without payback
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from models.roadmap import catalogue_rules as rules
from models.roadmap.catalogue import (
    SIZE_KEYS,
    Confidence,
    Cost,
    Effect,
    Needs,
    PerPiece,
    Project,
)
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.rules import RULES
from questionnaires.text import Text

_PROJECT = re.compile(r"P\d\d")
_NOTHING = Text("", "")
_REQUIRED = (
    *("id", "name", "what", "modules", "raises", "costs", "months"),
    *("benefits", "risks", "basis", "sources", "confidence"),
)
_OPTIONAL = (
    *("ready", "needs", "better_after", "eases", "in_place", "suits"),
    *("cost_note", "compliance", "on_request"),
)
_PIECE = ("of", "less", "share", "low", "high", "otherwise")


@dataclass
class Draft:
    """What a file says, and the node of every part that the consistency rules speak of."""

    id: str = ""
    version: str = ""
    questionnaire: str = ""
    note: Text = _NOTHING
    never_raised: tuple[str, ...] = ()
    sources: Mapping[str, Text] = field(default_factory=dict)
    projects: list[tuple[Project, Node]] = field(default_factory=list)
    top: Mapping[str, Node] = field(default_factory=dict)


class Builder(Fields):
    """Builds the projects of one catalogue; what it could not read is left out and found."""

    rules = MappingProxyType({**RULES, **rules.RULES})

    def draft(self, root: Node) -> Draft:
        """The whole file."""
        required = ("id", "version", "questionnaire", "note", "sources", "projects")
        top = self.entries(root, "", required, ("never_raised",))
        draft = Draft(
            id=self.words(top.get("id"), "id"),
            version=self.words(top.get("version"), "version"),
            questionnaire=self.words(top.get("questionnaire"), "questionnaire"),
            note=self.phrase(top.get("note"), "note") or _NOTHING,
            never_raised=self._ids(top.get("never_raised"), "never_raised"),
            sources=self._texts_by_id(top.get("sources")),
            top=top,
        )
        for at, node in enumerate(self.items(top.get("projects"), "projects")):
            draft.projects.append((self._project(node, at), node))
        return draft

    def _project(self, node: Node, at: int) -> Project:
        content = node.content if isinstance(node.content, Mapping) else {}
        name = content["id"].content if "id" in content else None
        where = f"projects.{name or f'[{at}]'}"
        entries = self.entries(node, where, _REQUIRED, _OPTIONAL)
        return Project(
            id=self._project_id(entries.get("id"), where),
            name=self.phrase(entries.get("name"), f"{where}.name") or _NOTHING,
            what=self.phrase(entries.get("what"), f"{where}.what") or _NOTHING,
            modules=self._phrases(entries, "modules", where),
            ready=self._phrases(entries, "ready", where),
            needs=tuple(
                self._needs(part, f"{where}.needs")
                for part in self.items(entries.get("needs"), f"{where}.needs")
            ),
            better_after=self._ids(entries.get("better_after"), f"{where}.better_after"),
            effects=tuple(
                self._effect(part, f"{where}.raises")
                for part in self.items(entries.get("raises"), f"{where}.raises")
            ),
            eases=self._ids(entries.get("eases"), f"{where}.eases"),
            in_place=tuple(
                self._signs(part, f"{where}.in_place")
                for part in self.items(entries.get("in_place"), f"{where}.in_place")
            ),
            suits=self._one_of(entries, "suits", where, ("", "process")),
            costs=self._costs(entries.get("costs"), f"{where}.costs"),
            cost_note=self.phrase(entries.get("cost_note"), f"{where}.cost_note"),
            months=self._months(entries.get("months"), f"{where}.months"),
            benefits=self._phrases(entries, "benefits", where),
            risks=self._phrases(entries, "risks", where),
            basis=self.phrase(entries.get("basis"), f"{where}.basis") or _NOTHING,
            sources=self._ids(entries.get("sources"), f"{where}.sources"),
            confidence=cast(
                Confidence, self._one_of(entries, "confidence", where, ("estimate", "low"))
            ),
            compliance=self.flag(entries.get("compliance"), f"{where}.compliance", default=False),
            on_request=self.flag(entries.get("on_request"), f"{where}.on_request", default=False),
        )

    def _project_id(self, node: Node | None, where: str) -> str:
        name = self.words(node, f"{where}.id")
        if node is not None and not _PROJECT.fullmatch(name):
            self.report(rules.BAD_PROJECT_ID, node, f"{where}.id", id=name)
        return name

    def _ids(self, node: Node | None, where: str) -> tuple[str, ...]:
        """A list of ids, which may be empty, or one id."""
        if node is None or node.content == ():
            return ()
        if isinstance(node.content, str):
            return (node.content,)
        return tuple(self.words(part, where) for part in self.items(node, where))

    def _phrases(self, entries: Mapping[str, Node], key: str, where: str) -> tuple[Text, ...]:
        parts = self.items(entries.get(key), f"{where}.{key}")
        texts = (self.phrase(part, f"{where}.{key}") for part in parts)
        return tuple(text for text in texts if text)

    def _texts_by_id(self, node: Node | None) -> Mapping[str, Text]:
        content = node.content if node and isinstance(node.content, Mapping) else {}
        texts = {key: self.phrase(part, f"sources.{key}") for key, part in content.items()}
        return MappingProxyType({key: text for key, text in texts.items() if text})

    def _needs(self, node: Node, where: str) -> Needs:
        if isinstance(node.content, str):
            return Needs((node.content,))
        entries = self.entries(node, where, (), ("any_of", "at_least", "of"))
        of = self._ids(entries.get("any_of") or entries.get("of"), where)
        least = self.number(entries.get("at_least"), where) if "at_least" in entries else 1
        if least is None or least != int(least) or not 1 <= least <= len(of):
            self.report(rules.IMPOSSIBLE_NEED, node, where, least=least, of=len(of))
        return Needs(of, int(least or 1))

    def _effect(self, node: Node, where: str) -> Effect:
        entries = self.entries(node, where, ("question",), ("from", "to", "add", "with"))
        return Effect(
            question=self.words(entries.get("question"), where),
            origins=self._ids(entries.get("from"), where),
            to=self.words(entries.get("to"), where),
            add=self._ids(entries.get("add"), where),
            together=self._ids(entries.get("with"), where),
        )

    def _signs(self, node: Node, where: str) -> Mapping[str, tuple[str, ...]]:
        content = node.content if isinstance(node.content, Mapping) else {}
        self.entries(node, where, (), tuple(content))
        return MappingProxyType({key: self._ids(part, where) for key, part in content.items()})

    def _costs(self, node: Node | None, where: str) -> Mapping[str, Cost]:
        if node is None:
            return {}
        costs = {}
        for size, part in self.entries(node, where, (), _keys(node)).items():
            if size not in SIZE_KEYS:
                allowed = ", ".join(dict.fromkeys(SIZE_KEYS))
                self.report(rules.UNKNOWN_SIZE, part, where, id=size, allowed=allowed)
            costs[size] = self._cost(part, f"{where}.{size}")
        return MappingProxyType(costs)

    def _cost(self, node: Node, where: str) -> Cost:
        entries = self.entries(node, where, ("low", "high"), ("yearly", "each"))
        low, high = self._range(entries.get("low"), entries.get("high"), node, where)
        yearly = self.flag(entries.get("yearly"), f"{where}.yearly", default=False)
        each = entries.get("each")
        return Cost(low, high, yearly, self._piece(each, f"{where}.each") if each else None)

    def _piece(self, node: Node, where: str) -> PerPiece:
        entries = self.entries(node, where, _PIECE)
        low, high = self._range(entries.get("low"), entries.get("high"), node, where)
        return PerPiece(
            of=self.words(entries.get("of"), where),
            less=self.words(entries.get("less"), where),
            share=self.number(entries.get("share"), where) or 0.0,
            low=low,
            high=high,
            otherwise=self.number(entries.get("otherwise"), where) or 0.0,
        )

    def _months(self, node: Node | None, where: str) -> tuple[float, float]:
        parts = self.items(node, where)
        if node is None or not parts:
            return 0.0, 0.0
        least, most = self._range(parts[0], parts[-1], node, where)
        if (least + most) / 2 > 12:  # noqa: PLR2004  # a plan knows years of twelve months
            self.report(rules.TOO_LONG, node, where, months=(least + most) / 2)
        return least, most

    def _range(
        self, low: Node | None, high: Node | None, node: Node, where: str
    ) -> tuple[float, float]:
        least, most = self.number(low, where) or 0.0, self.number(high, where) or 0.0
        if not 0 <= least <= most:
            self.report(rules.BAD_RANGE, node, where, low=least, high=most)
        return least, most

    def _one_of(
        self, entries: Mapping[str, Node], key: str, where: str, allowed: tuple[str, ...]
    ) -> str:
        value = self.words(entries.get(key), f"{where}.{key}")
        if key in entries and value not in allowed:
            told = ", ".join(filter(None, allowed))
            self.report(
                rules.NOT_ALLOWED,
                entries[key],
                f"{where}.{key}",
                key=key,
                value=value,
                allowed=told,
            )
        return value


def _keys(node: Node) -> tuple[str, ...]:
    return tuple(node.content) if isinstance(node.content, Mapping) else ()
