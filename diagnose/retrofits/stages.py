"""The life of a project as data, read from `stages.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.moves import Move, read_moves
from diagnose.records import Project, Stage
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """A stage: what is to be done `next`; `days` is its clock (None: no hurry).

    `line` says that it stands on the line above a project's page.
    """

    id: str
    title: Text
    next: Text
    days: int | None
    line: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """When a project counts as late, and what is due when; see the file."""

    behind: float
    report_day: int
    apply_months: int
    effects: tuple[int, ...]
    conversion_months: int


@dataclass(frozen=True, slots=True)
class Life:
    """All stages and moves by id, in the order of the file.

    `declared` is how the stage “adopted” reads where a firm applies with a project of its own.
    """

    stages: Mapping[str, Step]
    declared: Step
    moves: Mapping[str, Move]
    rules: Rules


def read_life(path: Path) -> Life:
    """The life that a file describes."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    stages = {id_: _stage(id_, data) for id_, data in held["stages"].items()}
    rules = Rules(**held["rules"] | {"effects": tuple(held["rules"]["effects"])})
    declared = _stage("declared", held["declared"])
    return Life(MappingProxyType(stages), declared, read_moves(held["moves"]), rules)


def _stage(id_: str, data: Mapping[str, Any]) -> Step:
    title, after = Text(**data["title"]), Text(**data["next"])
    return Step(id_, title, after, data.get("days"), data.get("line", False))


LIFE = read_life(Path(__file__).with_name("stages.yaml"))


def is_declared(project: Project) -> bool:
    """Whether a firm applies for the pool with it and the bureau has not taken it in yet."""
    return project.stage == Stage.ADOPTED and project.diagnosis_id is None


def step_of(project: Project) -> Step:
    """Where a project stands, in words."""
    return LIFE.declared if is_declared(project) else LIFE.stages[project.stage]
