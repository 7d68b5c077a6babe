"""What answers a problem: a planned project, an action that costs little, or a project type."""

from __future__ import annotations

from models.roadmap import Project
from models.roadmap.catalogue import Effect
from models.roadmap.results import PlannedProject
from reports.dossier.case import Case
from reports.phrases import load_content

ITEM_ACTIONS = load_content("actions")["items"]
MOST = 2
YEARS = 3  # over which a yearly fee is compared with a cost that falls due once
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
    """The project types that would raise a question from where it stands.

    Those come first that cost little for what they add and need little before them.
    """
    size, held = int(case.batch.profiles.size[case.row]), case.held(question)
    fitting = []
    for project, effects in case.reference.raising.get(question, ()):
        cost = project.cost(size)
        added = sum(_added(effect, held) for effect in effects)
        if cost is not None and added and _suits(case, project):
            price = cost.middle * (YEARS if cost.yearly else 1) / added
            fitting.append((price * (1 + len(project.needs)), project.id, project))
    return tuple(project for *_, project in sorted(fitting)[:MOST])


def _suits(case: Case, project: Project) -> bool:
    return not project.suits or project.suits in case.chosen("production_type")


def _added(effect: Effect, held: tuple[str, ...]) -> int:
    """How many options an effect would add to those held, or whether it brings a better rung."""
    return sum(option not in held for option in effect.add) + any(
        option in held for option in effect.origins
    )


def cheap_items(case: Case) -> tuple[str, ...]:
    """The scored questions that an action of the first 90 days answers without a project."""
    return tuple(id_ for id_ in ITEM_ACTIONS if is_cheap(case, id_))


def is_cheap(case: Case, question: str) -> bool:
    """Whether an action of the first 90 days answers a question that scores low."""
    if question not in ITEM_ACTIONS or question not in case.item_results:
        return False
    if not case.judged(question):
        return False
    if any(project.year == FIRST_YEAR for project in planned_for(case, question)):
        return False
    result = case.item_results[question]
    if question == "planning":
        return case.option(question) in _EARLY_PLANNING
    if case.reference.questionnaire[question].kind == "multi":
        return result.points < result.full / 2
    return result.points == 0
