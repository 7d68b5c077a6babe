"""The state machine of diagnoses, read from `states.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.moves import Move, read_moves
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class State:
    """Where a diagnosis stands. `days` is its clock (None: no hurry), `covers` that it counts."""

    id: str
    title: Text
    days: int | None
    covers: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """All states and moves by id, in the order of the file."""

    states: Mapping[str, State]
    moves: Mapping[str, Move]


def read_machine(path: Path) -> Machine:
    """The machine that a file describes."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    states = {id_: _state(id_, data) for id_, data in held["states"].items()}
    return Machine(MappingProxyType(states), read_moves(held["moves"]))


def _state(id_: str, data: Mapping[str, Any]) -> State:
    return State(id_, Text(**data["title"]), data.get("days"), data.get("covers", False))


MACHINE = read_machine(Path(__file__).with_name("states.yaml"))
