"""The state machine of diagnoses, read from `states.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.access.capabilities import Capability
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class State:
    """Where a diagnosis stands. `days` is its clock (None: no hurry), `covers` that it counts."""

    id: str
    title: Text
    days: int | None
    covers: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which states, to which, by whom; `reason` that words are asked for."""

    id: str
    title: Text
    sources: tuple[str, ...]
    target: str
    by: Capability
    reason: bool
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """All states and moves by id, in the order of the file."""

    states: Mapping[str, State]
    moves: Mapping[str, Move]

    def from_state(self, state: str) -> tuple[Move, ...]:
        """The moves that lead out of `state`."""
        return tuple(move for move in self.moves.values() if state in move.sources)


def read_machine(path: Path) -> Machine:
    """The machine that a file describes."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    states = {id_: _state(id_, data) for id_, data in held["states"].items()}
    moves = {id_: _move(id_, data) for id_, data in held["moves"].items()}
    return Machine(MappingProxyType(states), MappingProxyType(moves))


def _state(id_: str, data: Mapping[str, Any]) -> State:
    return State(id_, Text(**data["title"]), data.get("days"), data.get("covers", False))


def _move(id_: str, data: Mapping[str, Any]) -> Move:
    return Move(
        id=id_,
        title=Text(**data["title"]),
        sources=tuple(data["from"]),
        target=data["to"],
        by=Capability(data["by"]),
        reason=data.get("reason", False),
        guards=tuple(data.get("guards", ())),
    )


MACHINE = read_machine(Path(__file__).with_name("states.yaml"))
