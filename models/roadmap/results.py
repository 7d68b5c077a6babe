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

    `because` are the question ids whose answers led to it; `raises` what it changes. `low` and
    `high` are the range of `cost` for this firm; `yearly` marks a cost that returns in every
    later year of the plan. `start` is the month of the plan in which it starts (0: at once), and
    `months` how long it takes to first acceptance.
    """

    id: str
    year: int
    cost: float
    gain: float
    because: tuple[str, ...]
    raises: tuple[Raise, ...]
    low: float = 0.0
    high: float = 0.0
    yearly: bool = False
    start: float = 0.0
    months: float = 0.0


@dataclass(frozen=True, slots=True)
class Rival:
    """A close project that was not chosen, and why. `gain` points it would add on its own."""

    id: str
    cost: float
    gain: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A firm's plan of up to three years.

    `budget` 万元 a year; `optimal` true where proved the best; `gap` at most this far from the
    best (fraction of the best value; None where not known). `note` says in a sentence why a plan
    is empty or what limits it. `value` is what the plan is judged by (models.roadmap.goal).
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
    value: float = 0.0

    @property
    def spending(self) -> tuple[float, ...]:
        """What falls due in each year, 万元: its projects, and the fees that return."""
        return tuple(
            sum(
                project.cost
                for project in self.projects
                if project.year == year or (project.yearly and project.year < year)
            )
            for year in range(1, len(self.budget) + 1)
        )

    @property
    def cost(self) -> float:
        """What the whole plan costs, 万元, returning fees included."""
        return sum(self.spending)
