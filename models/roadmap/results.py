"""A retrofit roadmap: which projects, in which year, at what cost, for what gain, and why."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Raise:
    """What a project raises for this firm: a question from its answer to a better one.

    `before` and `after` are option ids (multi: joined by ";", '' for none).
    """

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A chosen project. `cost` 万元 (参考估算), `gain` points it adds at its place in the plan.

    `because` are the question ids whose answers led to it; `raises` what it changes.
    """

    id: str
    year: int
    cost: float
    gain: float
    because: tuple[str, ...]
    raises: tuple[Raise, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """A close project that was not chosen, and why."""

    id: str
    cost: float
    gain: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A firm's plan of up to three years.

    `budget` 万元 a year; `optimal` true where proved the best; `gap` at most this far from the
    best (fraction of the best value; None where not known). `note` says in a sentence why a plan
    is empty or what limits it.
    """

    budget: tuple[float, ...]
    projects: tuple[PlannedProject, ...]
    rivals: tuple[Rival, ...]
    score_before: float
    score_after: float
    level_before: int
    level_after: int
    optimal: bool
    gap: float | None
    note: Text | None = None

    @property
    def cost(self) -> float:
        """What the whole plan costs, 万元."""
        return sum(project.cost for project in self.projects)
