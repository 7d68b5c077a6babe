"""The consultants' plan told as a roadmap, so that every section of a report can read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from diagnose.planning.checking import in_order
from diagnose.records import Project
from models.roadmap import PlannedProject, Planner
from models.roadmap.results import Roadmap
from questionnaires.sheets import Sheets
from reports.dossier.visited import Consulted

MONTHS = 12.0


@dataclass(frozen=True, slots=True)
class Followed:
    """The roadmap, each project's wording by its id there, and the ids by row of the records."""

    roadmap: Roadmap
    projects: Mapping[str, Consulted]
    ids: Mapping[int, str]


def follow(planner: Planner, sheets: Sheets, row: int, projects: Sequence[Project]) -> Followed:
    """The roadmap of the projects as the consultants ordered and priced them."""
    ordered = in_order(projects)
    ids = _ids(planner, ordered)
    years = {ids[p.id]: p.year for p in ordered if p.id and ids[p.id] in planner.catalogue.index}
    roadmap = planner.follow(sheets, row, years)
    told = {project.id: project for project in roadmap.projects}
    planned = tuple(_planned(p, ids[p.id], told.get(ids[p.id])) for p in ordered if p.id)
    return Followed(
        roadmap=replace(roadmap, projects=planned, rivals=(), optimal=False, gap=None),
        projects={ids[p.id]: _worded(p) for p in ordered if p.id},
        ids=ids,
    )


def _ids(planner: Planner, ordered: Sequence[Project]) -> dict[int, str]:
    """A type stands for its first project; others get an id of their own."""
    ids: dict[int, str] = {}
    for project in ordered:
        known = project.type in planner.catalogue.index and project.type not in ids.values()
        assert project.id is not None
        ids[project.id] = project.type if known else f"own-{project.id}"
    return ids


def _planned(project: Project, id_: str, told: PlannedProject | None) -> PlannedProject:
    base = told or PlannedProject(id_, project.year, 0.0, 0.0, (), ())
    start = told.start if told else (project.year - 1) * MONTHS
    return replace(
        base,
        cost=project.cost_mid or 0.0,
        low=project.cost_low or 0.0,
        high=project.cost_high or 0.0,
        months=float(project.months),
        start=start,
    )


def _worded(project: Project) -> Consulted:
    return Consulted(
        type=project.type,
        name=project.name,
        content=project.content,
        because=project.because,
        acceptance=tuple(filter(None, map(str.strip, project.acceptance.splitlines()))),
        months=project.months,
        override=project.override,
        low=project.cost_low,
        mid=project.cost_mid,
        high=project.cost_high,
    )
