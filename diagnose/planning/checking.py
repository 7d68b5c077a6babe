"""What is wrong with a plan: prerequisites that come too late or never, costs out of order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diagnose.records import Project
from models.roadmap import Catalogue
from models.roadmap.catalogue import Needs
from questionnaires.text import Text
from reports.phrases import Phrasebook

say = Phrasebook("plans")


@dataclass(frozen=True, slots=True)
class Unmet:
    """A prerequisite that is neither in place nor planned in time; `late` where it comes later."""

    need: Needs
    late: tuple[str, ...]

    def names(self, catalogue: Catalogue) -> Text:
        """The projects that would meet it."""
        comma = Text("、", ", ")
        parts = [catalogue[id_].name for id_ in self.need.of]
        names = Text(comma.zh.join(p.zh for p in parts), comma.en.join(p.en for p in parts))
        if self.need.least > 1:
            return say("card.at_least", names=names, least=self.need.least)
        return say("card.any_of", names=names) if len(parts) > 1 else names


def unmet_needs(
    catalogue: Catalogue, projects: Sequence[Project], in_place: Collection[str]
) -> dict[int, tuple[Unmet, ...]]:
    """By project id: its prerequisites that the firm lacks and no project brings in time.

    A project of the same year counts where it stands before; types in `in_place` the firm has.
    """
    ordered = in_order(projects)
    found: dict[int, tuple[Unmet, ...]] = {}
    for at, project in enumerate(ordered):
        if project.type not in catalogue.index or project.id is None:
            continue
        there = {*in_place, *(before.type for before in ordered[:at])}
        lacking = [
            Unmet(need, tuple(p.type for p in ordered[at + 1 :] if p.type in need.of))
            for need in catalogue[project.type].needs
            if len(there & {*need.of}) < need.least
        ]
        if lacking:
            found[project.id] = tuple(lacking)
    return found


def in_order(projects: Sequence[Project]) -> list[Project]:
    """By year, then as they were put."""
    return sorted(projects, key=lambda project: (project.year, project.position, project.id or 0))


def costs_in_order(project: Project) -> bool:
    """Whether low, middle and high are all given, and rise."""
    low, mid, high = project.cost_low, project.cost_mid, project.cost_high
    return low is not None and mid is not None and high is not None and low <= mid <= high
