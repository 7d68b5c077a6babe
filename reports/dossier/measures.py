"""What answers a problem: a planned project, an action that costs little, or a project type."""

from __future__ import annotations

from models.roadmap import Project
from models.roadmap.results import PlannedProject
from reports.dossier.case import Case
from reports.phrases import load_content

ITEM_ACTIONS = load_content("actions")["items"]
MOST = 2
FIRST_YEAR = 1
_EARLY_PLANNING = ("a", "b")


def planned_for(case: Case, question: str) -> tuple[PlannedProject, ...]:
    """The projects of the roadmap that raise a question."""
    roadmap = case.roadmap
    if roadmap is None:
        return ()
    return tuple(
        project
        for project in roadmap.projects
        if any(raised.question == question for raised in project.raises)
    )


def types_for(case: Case, question: str) -> tuple[Project, ...]:
    """The cheapest project types that would raise a question from where it stands."""
    catalogue, size = case.reference.catalogue, int(case.batch.profiles.size[case.row])
    if catalogue is None:
        return ()
    fitting = []
    for project in catalogue.projects:
        cost = project.cost(size)
        if cost is not None and _suits(case, project) and _raises(case, project, question):
            fitting.append((cost.middle, project.id, project))
    return tuple(project for _, _, project in sorted(fitting)[:MOST])


def _suits(case: Case, project: Project) -> bool:
    return not project.suits or project.suits in case.chosen("production_type")


def _raises(case: Case, project: Project, question: str) -> bool:
    chosen = case.chosen(question)
    return any(
        effect.question == question
        and (
            any(option not in chosen for option in effect.add)
            or any(option in chosen for option in effect.origins)
        )
        for effect in project.effects
    )


def cheap_items(case: Case) -> tuple[str, ...]:
    """The scored questions that an action of the first 90 days answers without a project."""
    return tuple(id_ for id_ in ITEM_ACTIONS if _cheap(case, id_))


def _cheap(case: Case, question: str) -> bool:
    if question not in case.item_results or not case.judged(question):
        return False
    if any(project.year == FIRST_YEAR for project in planned_for(case, question)):
        return False
    result = case.item_results[question]
    if question == "planning":
        return case.option(question) in _EARLY_PLANNING
    if case.reference.questionnaire[question].kind == "multi":
        return result.points < result.full / 2
    return result.points == 0
