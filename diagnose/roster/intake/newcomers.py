"""Firms that a plan adds, some at a time, as the columns of the tables that keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from diagnose.roster.intake.plan import BLANK, CONTACTS, FACTS, Plan
from models.firms import size_classes

TOLD = ("uscc", *FACTS)
TAGS = {"region": "street_id", "park": "park_id", "chain": "chain_id"}
"""What a firm is counted under, and the column of its spells that says so."""


class Newcomers:
    """The new firms of a plan from `start` on, at most `most`; `entered` is since when."""

    def __init__(self, plan: Plan, start: int, most: int) -> None:
        self.count = min(most, plan.added - start)
        end = start + self.count
        given = {name: values[start:end] for name, values in plan.new.items()}
        self._columns = {
            name: _filled(given.get(name), BLANK.get(name, ""), self.count)
            for name in (*TOLD, *CONTACTS)
        }
        self.entered: list[date] = _filled(given.get("entered_on"), plan.effective_on, self.count)
        self._how = given.get("how")

    def __getitem__(self, name: str) -> list[Any]:
        return self._columns[name]

    def facts(self) -> list[dict[str, Any]]:
        """What each firm's entering says of it."""
        told = [self._columns[name] for name in TOLD]
        facts = [dict(zip(TOLD, row, strict=True)) for row in zip(*told, strict=True)]
        for at, how in enumerate(self._how or ()):
            if how is not None:
                facts[at]["how"] = how
        return facts

    def divisions(self) -> list[int]:
        """The first two digits of each industry code, 0 where it is not known."""
        return [int(code[:2] or 0) for code in self._columns["industry"]]

    def sizes(self) -> list[int]:
        """The size classes, -1 where the figures leave them open."""
        employees, revenue = (
            np.array(self._columns[name], dtype=float) for name in ("employees", "revenue")
        )
        classes: list[int] = size_classes(employees, revenue).tolist()
        return classes


def _filled(values: Sequence[Any] | None, blank: Any, count: int) -> list[Any]:
    if values is None:
        return [blank] * count
    return [blank if value is None else value for value in values]
