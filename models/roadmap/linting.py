"""The checker for authors of a project catalogue: every rule has a code, a place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import questionnaires
from models.roadmap import catalogue_rules as rules
from models.roadmap.building import Builder, Draft
from models.roadmap.catalogue import Effect, Project
from models.roadmap.policies import parse_policies
from questionnaires.linting import Finding
from questionnaires.linting.nodes import Node
from questionnaires.model import Questionnaire
from questionnaires.problems import hint

FOLDER = Path(__file__).parents[1] / "catalogue"
PAINS = "pains"
_POLICIES = re.compile(r"^policies\s*:", re.MULTILINE)
Hold = Callable[..., None]


def check_file(path: Path | str) -> list[Finding]:
    """What is wrong with a file of projects or of policies, in the order of its lines."""
    if _POLICIES.search(Path(path).read_text("utf-8", "replace")):
        shipped, _findings = parse_file(FOLDER / "projects.yaml")
        assert shipped is not None, "the catalogue that is shipped has no faults"
        return parse_policies(path, {project.id for project, _ in shipped.projects})[1]
    return parse_file(path)[1]


def parse_file(path: Path | str) -> tuple[Draft | None, list[Finding]]:
    """What the file says, None where there are findings, and the findings."""
    builder = Builder()

    def build(root: Node) -> Draft:
        draft = builder.draft(root)
        check_draft(draft, builder)
        return draft

    return builder.parse(path, build)


def check_draft(draft: Draft, builder: Builder) -> None:
    """Hold the rules of consistency against what a file says."""
    places: dict[str, Node] = {}
    for project, node in draft.projects:
        first = places.setdefault(project.id, node)
        if first is not node:
            builder.report(
                rules.DUPLICATE_PROJECT, node, _where(project), id=project.id, line=first.line
            )
    questionnaire = _questionnaire(draft, builder)
    for project, node in draft.projects:
        hold = partial(_hold, builder, project, node)
        _check_references(project, tuple(places), hold)
        _check_sources(project, draft, hold)
        if questionnaire:
            _check_effects(project, questionnaire, draft.never_raised, hold)
            _check_signs(project, questionnaire, hold)
    _check_cycles(draft, builder)


def _hold(
    builder: Builder, project: Project, node: Node, code: str, key: str, **particulars: object
) -> None:
    content = node.content if isinstance(node.content, dict) else {}
    builder.report(code, content.get(key, node), f"{_where(project)}.{key}", **particulars)


def _questionnaire(draft: Draft, builder: Builder) -> Questionnaire | None:
    known = questionnaires.library()
    if draft.questionnaire in known:
        return questionnaires.load(draft.questionnaire)
    if node := draft.top.get("questionnaire"):
        told = {"id": draft.questionnaire, "known": ", ".join(known)}
        builder.report(rules.UNKNOWN_QUESTIONNAIRE, node, "questionnaire", **told)
    return None


def _check_references(project: Project, known: Sequence[str], hold: Hold) -> None:
    named = {
        "needs": [id_ for need in project.needs for id_ in need.of],
        "better_after": list(project.better_after),
        "raises": [id_ for effect in project.effects for id_ in effect.together],
    }
    for key, ids in named.items():
        for id_ in ids:
            if id_ not in known:
                hold(rules.UNKNOWN_PROJECT, key, id=id_, hint=hint(id_, tuple(known)))
            if id_ == project.id:
                hold(rules.ITSELF, key, id=id_)


def _check_sources(project: Project, draft: Draft, hold: Hold) -> None:
    for id_ in project.sources:
        if id_ not in draft.sources:
            hold(rules.UNKNOWN_SOURCE, "sources", id=id_, hint=hint(id_, tuple(draft.sources)))


def _check_effects(
    project: Project, questionnaire: Questionnaire, never: Iterable[str], hold: Hold
) -> None:
    for effect in project.effects:
        if effect.question in never:
            hold(rules.NEVER_RAISED, "raises", id=effect.question)
        options = (*effect.origins, *filter(None, (effect.to,)), *effect.add)
        if not _known(questionnaire, effect.question, options, "raises", hold):
            continue
        question = questionnaire[effect.question]
        by_kind = {"single": effect.origins and effect.to and not effect.add,
                   "multi": effect.add and not effect.origins and not effect.to}  # fmt: skip
        if not by_kind.get(question.kind):
            hold(rules.WRONG_RAISE, "raises", id=question.id, kind=question.kind)
        elif question.kind == "single":
            _check_steps(effect, list(question.option_index), hold)
            _check_chain(effect, project, hold)


def _check_steps(effect: Effect, steps: list[str], hold: Hold) -> None:
    top = steps.index(effect.to)
    if list(effect.origins) != steps[max(0, top - len(effect.origins)) : top]:
        told = ", ".join(effect.origins)
        hold(rules.BROKEN_STEPS, "raises", id=effect.question, steps=told, to=effect.to)


def _check_chain(effect: Effect, project: Project, hold: Hold) -> None:
    for other in project.effects:
        if other.question == effect.question and other.to in effect.origins and not effect.together:
            hold(rules.OWN_CHAIN, "raises", id=effect.question, to=other.to)


def _check_signs(project: Project, questionnaire: Questionnaire, hold: Hold) -> None:
    for signs in project.in_place:
        for question, options in signs.items():
            _known(questionnaire, question, options, "in_place", hold)
    if project.eases:
        _known(questionnaire, PAINS, project.eases, "eases", hold)


def _known(
    questionnaire: Questionnaire, id_: str, options: Iterable[str], key: str, hold: Hold
) -> bool:
    if id_ not in questionnaire.index:
        hold(rules.UNKNOWN_QUESTION, key, id=id_, hint=hint(id_, tuple(questionnaire.index)))
        return False
    allowed = questionnaire[id_].option_index
    wrong = [option for option in options if option not in allowed]
    for option in wrong:
        hold(rules.UNKNOWN_OPTION, key, id=id_, option=option, allowed=", ".join(allowed))
    return not wrong


def _check_cycles(draft: Draft, builder: Builder) -> None:
    """Peel off the projects whose prerequisites are all peeled; a circle is what remains."""
    before = {
        project.id: {id_ for need in project.needs for id_ in need.of}
        for project, _ in draft.projects
    }
    left = set(before)
    while free := {id_ for id_ in left if not (before[id_] & left) - {id_}}:
        left -= free
    ring = {id_ for id_ in left if any(id_ in before[other] for other in left)}
    for project, node in draft.projects:
        if project.id in ring:
            told = " → ".join(sorted(ring))
            builder.report(rules.CYCLE, node, f"{_where(project)}.needs", ring=told)
            return


def _where(project: Project) -> str:
    return f"projects.{project.id}"
