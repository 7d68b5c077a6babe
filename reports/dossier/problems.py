"""Problems, as many as there are, each bound to the answers it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.measures import ITEM_ACTIONS, is_cheap, planned_for, types_for
from reports.dossier.model.findings import Problem, ProblemGroup, Problems, ProjectRef
from reports.dossier.wording import joined, number, percent, plain, sentences
from reports.phrases import Phrasebook, load_content
from reports.points import points

say = Phrasebook("findings")
scene_say = Phrasebook("scenes")
item_say = Phrasebook("items")

PAINS: dict[str, list[str]] = load_content("findings")["pains"]
QUIET = ("funding",)  # true, but no reason to spend: never leads
TREND_PART = "results"
TO = say("list.to")


def tell_problems(case: Case) -> Problems:
    """Scenes below the target level and questions with less than half of their points."""
    groups = _numbered(_groups(case))
    return Problems(_lead(case, groups), groups)


def pains_of(case: Case, question: str) -> tuple[str, ...]:
    """The pains the firm names that have to do with a question."""
    return tuple(pain for pain in case.chosen("pains") if question in PAINS.get(pain, ()))


def _groups(case: Case) -> list[ProblemGroup]:
    scenes = [id_ for id_, level in case.scene_levels.items() if _below(level, case.target)]
    binding = [id_ for id_ in scenes if case.reference.scenes[id_].binding]
    other = [id_ for id_ in scenes if not case.reference.scenes[id_].binding]
    items = [id_ for id_ in case.item_results if _weak(case, id_)]
    ordered = {"binding": binding, "item": items, "scene": other}
    if not _short(case, "score"):
        ordered = {"binding": binding, "scene": other, "item": items}
    elif not _short(case, "scenes") and not _short(case, "binding"):
        ordered = {"item": items, "binding": binding, "scene": other}
    return [_group(case, kind, questions) for kind, questions in ordered.items() if questions]


def _below(level: int | None, target: int) -> bool:
    return level is not None and level < target


def _weak(case: Case, question: str) -> bool:
    result = case.item_results[question]
    return case.judged(question) and result.points < result.full / 2


def _short(case: Case, kind: str) -> bool:
    following = case.next_level
    return following is not None and any(
        need.kind == kind and need.short > 0 for need in following.needs
    )


def _group(case: Case, kind: str, questions: Iterable[str]) -> ProblemGroup:
    tell = _item if kind == "item" else _scene
    ordered = sorted(questions, key=lambda question: _weight(case, question))
    problems = tuple(tell(case, id_) for id_ in ordered)
    text = "text" if case.next_level is None or problems[0].blocking else "text_met"
    return ProblemGroup(
        title=say(f"problems.group.{kind}.title"),
        text=say(f"problems.group.{kind}.{text}", level=case.target),
        problems=problems,
    )


def _weight(case: Case, question: str) -> tuple[bool, bool, float]:
    """What comes first: what the firm itself names, then what is furthest behind."""
    if question in case.scene_levels:
        behind = float(case.scene_levels[question] or 0)
    else:
        behind = case.item_results[question].points - case.item_results[question].full
    return question in QUIET, not pains_of(case, question), behind


def _scene(case: Case, question: str) -> Problem:
    scene, level = case.reference.scenes[question], case.scene_levels[question] or 0
    above = case.label(question, str(level + 1))
    kind, projects = "binding" if scene.binding else "scene", _projects(case, question)
    return Problem(
        number=0,
        kind="scene",
        questions=(question,),
        title=scene.title,
        tag=say(f"problems.tag.{kind}", level=level),
        blocking=_short(case, "scenes") or (scene.binding and _short(case, "binding")),
        level=level,
        fact=say(
            case.by("problems.fact", question),
            level=level,
            meaning=case.answer(question),
            missing=scene_say(f"{question}.{level}.missing"),
        ),
        why=_why(case, question, scene_say(f"{question}.{level}.why")),
        next_step=say("problems.next_scene", level=level + 1, meaning=above),
        evidence=_evidence(case, (question,)),
        projects=projects,
        answer=_answer(case, question, projects),
    )


def _item(case: Case, question: str) -> Problem:
    result, item = case.item_results[question], case.reference.items[question]
    state, projects = "some" if result.points else "none", _projects(case, question)
    questions: tuple[str, ...] = (question,)
    if item.rate and case.counts(question) is not None:
        questions = (question, item.rate.numerator, item.rate.denominator)
    return Problem(
        number=0,
        kind="item",
        questions=questions,
        title=item.title,
        tag=say(
            "problems.tag.item",
            part=case.reference.parts[question].title,
            points=points(result.points),
            full=points(result.full),
        ),
        blocking=_short(case, "score"),
        level=None,
        fact=_item_fact(case, question, state),
        why=_why(case, question, item_say(f"{question}.{state}.why")),
        next_step=_next_item(case, question),
        evidence=_evidence(case, questions),
        projects=projects,
        answer=_answer(case, question, projects),
    )


def _item_fact(case: Case, question: str, state: str) -> Text:
    path = f"{question}.{state}.missing"
    if case.reference.questionnaire[question].kind == "multi":
        missing = item_say(path, missing=not_chosen(case, question))
        done = case.item_results[question].points
        fact = "problems.fact_multi" if done else case.by("problems.fact_item", question)
        return say(fact, answer=case.answer(question), missing=missing)
    told = item_say(path, band=case.label(question, case.option(question)))
    counts = case.counts(question)
    if counts is None:
        return told
    return say(
        "problems.fact_rate",
        count=number(counts[0]),
        total=number(counts[1]),
        percent=percent(*counts),
        missing=told,
    )


def not_chosen(case: Case, question: str) -> Text:
    """The options of a question that the firm has not ticked."""
    chosen = case.chosen(question)
    options = case.reference.questionnaire[question].options
    left = [o.label for o in options if o.id not in chosen and not o.excludes]
    return listed(left)


def _next_item(case: Case, question: str) -> Text:
    steps = case.item_results[question].missing
    if case.reference.questionnaire[question].kind == "multi":
        gains = sorted({step.gain for step in steps})
        told = joined((plain(points(gain)) for gain in (*gains[:1], *gains[1:][-1:])), TO)
        return say("problems.next_add", count=len(steps), gain=told)
    option = case.label(question, steps[0].to)
    return say("problems.next_item", option=option, gain=points(steps[0].gain))


def _why(case: Case, question: str, why: Text) -> Text:
    pains = pains_of(case, question)
    told = (say("problems.pain", pain=case.label("pains", pain)) for pain in pains)
    return sentences(why, *told)


def _evidence(case: Case, questions: tuple[str, ...]) -> Text:
    numbers = sorted(case.reference.numbers[id_] for id_ in questions)
    told = listed(plain(at) for at in numbers)
    return say("problems.evidence" if len(numbers) == 1 else "problems.evidence_many", numbers=told)


def _projects(case: Case, question: str) -> tuple[ProjectRef, ...]:
    catalogue, planned = case.reference.catalogue, planned_for(case, question)
    if planned and catalogue is not None:
        return tuple(ProjectRef(p.id, catalogue[p.id].name, p.year) for p in planned)
    return tuple(ProjectRef(p.id, p.name, None) for p in types_for(case, question))


def _answer(case: Case, question: str, projects: tuple[ProjectRef, ...]) -> Text:
    """What answers the problem, from the firmest to the vaguest."""
    if projects and projects[0].year is not None:
        named = (
            say("problems.answer.project_year", name=ref.name, year=ref.year) for ref in projects
        )
        return say("problems.answer.planned", projects=listed(named))
    if is_cheap(case, question):
        return say("problems.answer.action")
    if projects:
        names = listed(ref.name for ref in projects)
        path = "catalogue" if case.roadmap is None else "not_planned"
        return say(f"problems.answer.{path}", projects=names)
    if question in QUIET:
        return say("problems.answer.quiet")
    part = case.reference.parts.get(question)
    if part is not None and part.id == TREND_PART:
        return say("problems.answer.result")
    known = "management" if question in ITEM_ACTIONS else "none"
    return say(f"problems.answer.{known}")


def _numbered(groups: list[ProblemGroup]) -> tuple[ProblemGroup, ...]:
    numbered, at = [], 0
    for group in groups:
        problems = []
        for problem in group.problems:
            at += 1
            problems.append(replace(problem, number=at))
        numbered.append(replace(group, problems=tuple(problems)))
    return tuple(numbered)


def _lead(case: Case, groups: tuple[ProblemGroup, ...]) -> tuple[Text, ...]:
    problems = [problem for group in groups for problem in group.problems]
    if not case.answered:
        return (say("problems.lead_unknown"),)
    if not problems:
        said = [say("problems.lead_none")]
    elif case.next_level is None:
        said = [say("problems.lead_top", count=len(problems))]
    elif len(problems) == 1:
        said = [say("problems.lead_one")]
    else:
        level = case.reference.standard.level_name(case.target)
        blocking = sum(problem.blocking for problem in problems)
        said = [say("problems.lead", count=len(problems), blocking=blocking, level=level)]
    if problems:
        said.append(say(case.by("problems.lead_why")))
    if any(pains_of(case, id_) for problem in problems for id_ in problem.questions):
        said.append(say("problems.lead_pains"))
    if case.missing:
        said.append(say("problems.unanswered"))
    return tuple(said)
