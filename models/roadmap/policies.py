"""Policies that may pay for projects, out of a file's nodes, and every fault of form on the way.

- id: wuhan-sme-2025
  title: {zh: …, en: …}
  region: {zh: …, en: …}
  published: 2025-07-21
  year: 2025                    # the year whose grants it settles
  terms: {zh: …, en: …}         # what it says, for people
  source: {zh: …, en: …}
  inferred: true                # optional: the projects below are our reading of it
  projects: [P04, P05]          # whose cost counts …
  part: [P03]                   # … and those of which a part counts
  part_share: 0.5               # optional: how much of them is reckoned with
  sizes: [micro, small, medium] # optional: which firms may apply; all where it is left out
  rates:                        # optional: what a grant plan reckons with, by the level reached
    - {level: 2, rate: 0.3, cap: 30}   # cap in 万元
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from types import MappingProxyType

from models.roadmap import catalogue_rules as rules
from models.roadmap.catalogue import FIRM_SIZES, Policy, Rate
from questionnaires.linting import Finding
from questionnaires.linting.fields import Fields
from questionnaires.linting.nodes import Node
from questionnaires.rules import RULES
from questionnaires.text import Text

_NOTHING = Text("", "")
_REQUIRED = ("id", "title", "region", "published", "year", "terms", "source", "projects")
_OPTIONAL = ("inferred", "part", "part_share", "sizes", "rates")
_HALF = 0.5


class PolicyBuilder(Fields):
    """Builds the policies of one file; `known` are the ids of the project types there are."""

    rules = MappingProxyType({**RULES, **rules.RULES})

    def __init__(self, known: Collection[str]) -> None:
        super().__init__()
        self._known = known

    def policies(self, root: Node) -> tuple[Text, tuple[Policy, ...]]:
        """The notice that stands wherever a policy is shown, and the policies."""
        top = self.entries(root, "", ("notice", "policies"))
        parts = self.items(top.get("policies"), "policies")
        found = tuple(self._policy(part, at) for at, part in enumerate(parts))
        return self.phrase(top.get("notice"), "notice") or _NOTHING, found

    def _policy(self, node: Node, at: int) -> Policy:
        where = f"policies.[{at}]"
        entries = self.entries(node, where, _REQUIRED, _OPTIONAL)
        share = self._share(entries.get("part_share"), f"{where}.part_share")
        return Policy(
            id=self.words(entries.get("id"), f"{where}.id"),
            title=self.phrase(entries.get("title"), f"{where}.title") or _NOTHING,
            region=self.phrase(entries.get("region"), f"{where}.region") or _NOTHING,
            year=int(self.number(entries.get("year"), f"{where}.year") or 0),
            published=self._day(entries.get("published"), f"{where}.published"),
            terms=self.phrase(entries.get("terms"), f"{where}.terms") or _NOTHING,
            source=self.phrase(entries.get("source"), f"{where}.source") or _NOTHING,
            inferred=self.flag(entries.get("inferred"), f"{where}.inferred", default=False),
            projects=self._projects(entries.get("projects"), f"{where}.projects"),
            part=self._projects(entries.get("part"), f"{where}.part"),
            part_share=_HALF if share is None else share,
            sizes=self._sizes(entries.get("sizes"), f"{where}.sizes"),
            rates=self._rates(entries.get("rates"), f"{where}.rates"),
        )

    def _day(self, node: Node | None, where: str) -> str:
        told = self.words(node, where)
        if node is not None:
            try:
                date.fromisoformat(told)
            except ValueError:
                self.report(rules.BAD_DAY, node, where, day=told)
        return told

    def _projects(self, node: Node | None, where: str) -> tuple[str, ...]:
        found = []
        for part in self.items(node, where):
            found.append(self.words(part, where))
            if found[-1] not in self._known:
                self.report(rules.UNKNOWN_PROJECT, part, where, id=found[-1], hint="")
        return tuple(found)

    def _sizes(self, node: Node | None, where: str) -> tuple[str, ...]:
        sizes = []
        for part in self.items(node, where):
            sizes.append(self.words(part, where))
            if sizes[-1] not in FIRM_SIZES:
                allowed = ", ".join(FIRM_SIZES)
                self.report(rules.UNKNOWN_SIZE, part, where, id=sizes[-1], allowed=allowed)
        return tuple(sizes)

    def _rates(self, node: Node | None, where: str) -> tuple[Rate, ...]:
        rates = tuple(self._rate(part, where) for part in self.items(node, where))
        levels = [rate.level for rate in rates]
        if node is not None and levels != sorted(set(levels)):
            told = ", ".join(map(str, levels))
            self.report(rules.RATES_IN_DISORDER, node, where, levels=told)
        return rates

    def _rate(self, node: Node, where: str) -> Rate:
        entries = self.entries(node, where, ("level", "rate", "cap"))
        cap = self.number(entries.get("cap"), f"{where}.cap") or 0.0
        if cap < 0:
            self.report(rules.BAD_RANGE, entries["cap"], f"{where}.cap", low=cap, high="…")
        return Rate(
            level=int(self.number(entries.get("level"), f"{where}.level") or 0),
            rate=self._share(entries.get("rate"), f"{where}.rate") or 0.0,
            cap=cap,
        )

    def _share(self, node: Node | None, where: str) -> float | None:
        share = self.number(node, where)
        if node is not None and share is not None and not 0 <= share <= 1:
            self.report(rules.BAD_SHARE, node, where, share=share)
        return share


def parse_policies(
    path: Path | str, known: Collection[str]
) -> tuple[tuple[Text, tuple[Policy, ...]] | None, list[Finding]]:
    """Notice and policies of a file, None where there are findings, and the findings."""
    builder = PolicyBuilder(known)
    return builder.parse(path, builder.policies)
