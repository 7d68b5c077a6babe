"""The first 90 days: named posts, concrete things to do, and how to tell that they are done."""

from __future__ import annotations

from models.roadmap import Catalogue
from models.roadmap.results import PlannedProject
from questionnaires.text import Text
from reports.dossier.case import SEMICOLON, Case, listed
from reports.dossier.measures import FIRST_YEAR, ITEM_ACTIONS, cheap_items, planned_for
from reports.dossier.model.plans import Action, Actions
from reports.dossier.problems import not_chosen
from reports.dossier.profile import EQUIPMENT
from reports.dossier.wording import joined, money_range
from reports.phrases import Phrasebook, load_content
from reports.points import points

say = Phrasebook("actions")
project_say = Phrasebook("projects")
visit_say = Phrasebook("visit")
OWNERS = {id_: content["owner"] for id_, content in load_content("projects").items()}

OWN_PROJECTS = "digital"  # who sees to a project that is in no catalogue
PROJECTS = 3
POST = "b"  # the option of `talent` that says there is a post or unit for digital work
NAMED = 8  # questions named in one sentence
_START, _STEP, _QUOTES, _REVIEW = (1, 10), (15, 60), (45, 80), (80, 90)
_COMPLETE, _COUNT, _SHEETS = (5, 25), (5, 30), (15, 45)


def tell_actions(case: Case) -> Actions:
    """In order of time: settle the owner and the facts, close what is cheap, prepare projects."""
    starting = first_projects(case)
    actions = [_general(case.by("confirm"), "digital", _START)]
    if POST not in case.chosen("talent"):
        actions.insert(0, _general("owner", "head", _START))
    actions += _complete(case)
    actions += _count(case)
    actions += _sheets(case)
    actions += [_closing(case, question) for question in cheap_items(case)]
    actions += _preparing(case, starting)
    actions.append(_general("review" if starting else "reassess", "head", _REVIEW))
    lead = say("lead.planned" if starting else "lead.unplanned")
    return Actions(lead, tuple(sorted(actions, key=lambda action: action.days)))


def first_projects(case: Case) -> tuple[PlannedProject, ...]:
    """The projects of the first year that carry most, at most three, in order of time."""
    projects = () if case.roadmap is None else case.roadmap.projects
    early = [project for project in projects if project.year == FIRST_YEAR]
    heaviest = sorted(early, key=lambda project: (-_weight(case, project), project.id))[:PROJECTS]
    return tuple(sorted(heaviest, key=lambda project: (project.start, project.id)))


def _weight(case: Case, planned: PlannedProject) -> int:
    """How many scenes a project raises, pains it eases and planned projects it carries."""
    catalogue, roadmap = case.reference.catalogue, case.roadmap
    if catalogue is None or roadmap is None:
        return 0
    scenes = sum(raised.question in case.reference.scenes for raised in planned.raises)
    pains = sum(pain in case.chosen("pains") for pain in catalogue[planned.id].eases)
    carried = sum(
        planned.id in need.of for other in roadmap.projects for need in catalogue[other.id].needs
    )
    return scenes + pains + carried


def _general(
    id_: str, owner: str, days: tuple[int, int], questions: tuple[str, ...] = (), **values: object
) -> Action:
    return Action(
        days=days,
        title=say(f"general.{id_}.title", **values),
        text=say(f"general.{id_}.text", **values),
        owner=say(f"posts.{owner}"),
        done_when=say(f"general.{id_}.done"),
        questions=questions,
        project="",
    )


def _complete(case: Case) -> list[Action]:
    """Find out what was not answered: often the cheapest points there are."""
    if not case.missing:
        return []
    count = len(case.missing)
    rise = (
        say("general.complete.rise_points", points=points(case.could_add))
        if case.could_add
        else say("general.complete.rise_scenes")
    )
    titles = listed(case.reference.titles[id_] for id_ in case.missing[:NAMED])
    if count > NAMED:
        titles = say("more", titles=titles, count=count)
    values = {"count": count, "titles": titles, "rise": rise}
    return [_general("complete", "digital", _COMPLETE, case.missing, **values)]


def _count(case: Case) -> list[Action]:
    """Count the equipment where its counts are missing or contradict the answers."""
    asked = [id_ for id_ in EQUIPMENT if id_ in case.reference.questionnaire.index]
    open_, conflicts = [id_ for id_ in asked if not case.has(id_)], case.explanation.conflicts
    if not open_ and not conflicts:
        return []
    return [_general("count", "equipment", _COUNT, (*asked, *conflicts))] if asked else []


def _sheets(case: Case) -> list[Action]:
    """Scenes at level 0 that no first-year project covers start with a common sheet."""
    from_spreadsheets = load_content("actions")["spreadsheets"]
    scenes = tuple(
        id_
        for id_ in from_spreadsheets
        if case.scene_levels.get(id_) == 0
        and not any(project.year == FIRST_YEAR for project in planned_for(case, id_))
    )
    if not scenes:
        return []
    titles = listed(case.reference.titles[id_] for id_ in scenes)
    return [_general("sheets", "production", _SHEETS, scenes, scenes=titles)]


def _closing(case: Case, question: str) -> Action:
    content, path = ITEM_ACTIONS[question], f"items.{question}"
    multi = case.reference.questionnaire[question].kind == "multi"
    values: dict[str, Text] = {"missing": not_chosen(case, question)} if multi else {}
    first, last = content["days"]
    return Action(
        days=(first, last),
        title=say(f"{path}.title"),
        text=say(f"{path}.text", **values),
        owner=say(f"posts.{content['owner']}"),
        done_when=say(f"{path}.done"),
        questions=(question,),
        project="",
    )


def _preparing(case: Case, starting: tuple[PlannedProject, ...]) -> list[Action]:
    """The first step of each project, and quotations for all of them."""
    catalogue = case.reference.catalogue
    if catalogue is None or not starting:
        return []
    steps = [_first_step(catalogue, planned) for planned in starting]
    priced = (
        say(
            "general.quotes.project",
            name=catalogue[planned.id].name,
            cost=money_range(planned.low, planned.high),
        )
        for planned in starting
    )
    return [*steps, _general("quotes", "digital", _QUOTES, projects=joined(priced, SEMICOLON))]


def _first_step(catalogue: Catalogue, planned: PlannedProject) -> Action:
    known = planned.id in OWNERS
    return Action(
        days=_STEP,
        title=say("first.title", project=catalogue[planned.id].name),
        text=project_say(f"{planned.id}.first.text") if known else visit_say("plan.own_first"),
        owner=say(f"posts.{OWNERS.get(planned.id, OWN_PROJECTS)}"),
        done_when=project_say(f"{planned.id}.first.done") if known else visit_say("plan.own_done"),
        questions=planned.because,
        project=planned.id,
    )
