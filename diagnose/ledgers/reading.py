"""The ledgers as data: their columns, what each holds and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from questionnaires.text import Text

FOLDER = Path(__file__).parent / "columns"
WITHHELD = "withheld"
ORDER = (
    "roster",
    "census",
    "diagnoses",
    "visits",
    "reports",
    "findings",
    "projects",
    "months",
    "acceptances",
    "figures",
    "providers",
    "benchmarks",
    "chains",
    "tasks",
    "changes",
)
"""The ledgers as the programme numbers them."""
BY_HAND = Text("手填", "filled by hand")
KEPT_BACK = Text("由企业和机构留存，不汇入", "kept by the firm and its provider, not gathered")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` T text, N number, M money in 万元, D day, E one of a list, B yes or no.

    `source` names the figure of the system that fills it; '' where it is filled by hand.
    """

    id: str
    title: Text
    type: str
    required: bool
    source: str

    @property
    def note(self) -> Text | None:
        """Why its cells are empty, where they are."""
        if self.source == WITHHELD:
            return KEPT_BACK
        return None if self.source else BY_HAND

    @property
    def filled(self) -> bool:
        """Whether the system fills it."""
        return self.note is None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger: its number in the programme, what a row of it is, its columns by id."""

    id: str
    number: str
    title: Text
    rows: Text
    columns: Mapping[str, Column]


@cache
def ledgers() -> Mapping[str, Ledger]:
    """Every ledger by id, in order."""
    return MappingProxyType({name: _read(name) for name in ORDER})


def _read(name: str) -> Ledger:
    held = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    columns = {each["id"]: _column(each) for each in held["columns"]}
    return Ledger(
        name,
        held["number"],
        Text.of(held["title"]),
        Text.of(held["rows"]),
        MappingProxyType(columns),
    )


def _column(said: Mapping[str, Any]) -> Column:
    return Column(
        said["id"],
        Text.of(said["title"]),
        said["type"],
        said.get("required", False),
        said.get("source", ""),
    )
