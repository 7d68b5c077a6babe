"""The criteria of a report's quality, read from `criteria.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted; the share `enough` already earns all `points`."""

    id: str
    points: float
    enough: float
    note: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with its parts."""

    id: str
    title: Text
    parts: tuple[Part, ...]

    @property
    def full(self) -> float:
        """The most it can give."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class Criteria:
    """All of them. `accept` is the least score, `limit` the likeness from which a report is red.

    Likeness up to `free` costs nothing; it is measured by runs of so many `letters`.
    """

    accept: float
    limit: float
    free: float
    letters: int
    nothing_written: Text
    criteria: Mapping[str, Criterion]
    red: Mapping[str, Text]


def read_criteria(path: Path) -> Criteria:
    """The criteria that a file describes."""
    held: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    criteria = {id_: _criterion(id_, data) for id_, data in held["criteria"].items()}
    return Criteria(
        accept=held["accept"],
        **held["similarity"],
        nothing_written=Text(**held["nothing_written"]),
        criteria=MappingProxyType(criteria),
        red=MappingProxyType({id_: Text(**text) for id_, text in held["red"].items()}),
    )


def _criterion(id_: str, data: Mapping[str, Any]) -> Criterion:
    parts = tuple(
        Part(part, each["points"], each.get("enough", 1.0), Text(**each["note"]))
        for part, each in data["parts"].items()
    )
    return Criterion(id_, Text(**data["title"]), parts)


CRITERIA = read_criteria(Path(__file__).with_name("criteria.yaml"))
