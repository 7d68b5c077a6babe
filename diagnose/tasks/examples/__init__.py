"""Plans that can be loaded with one click; each is a YAML file that names its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.records import TaskEntry


@dataclass(frozen=True, slots=True)
class Example:
    """A plan with its tasks; `readings` says, by task, what is not in the source but our reading.

    The readings of the whole plan stand under ''.
    """

    title: str
    document: str
    published_on: date
    entries: tuple[TaskEntry, ...]
    readings: Mapping[str, Mapping[str, str]]


@cache
def examples() -> Mapping[str, Example]:
    """All examples by the name of their file."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return MappingProxyType({file.stem: _read(file) for file in files})


def _read(file: Path) -> Example:
    held: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    shared = {name: held[name] for name in ("clause", "lead", "others", "starts_on", "due_on")}
    readings = {"": held.get("reading", {})}
    entries = []
    for said in held["tasks"]:
        readings[said["number"]] = said.pop("reading", {})
        entries.append(TaskEntry.model_validate(shared | said))
    return Example(**held["plan"], entries=tuple(entries), readings=readings)
