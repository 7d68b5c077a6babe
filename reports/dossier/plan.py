"""The roadmap: timetable, one card a project, and the rivals that lost."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from models.roadmap import Catalogue, Project
from models.roadmap.catalogue import Needs
from models.roadmap.results import PlannedProject, Raise, Roadmap
from questionnaires.text import Text
from reports.dossier.case import SEMICOLON, Case, listed
from reports.dossier.gaps import rung
from reports.dossier.model.plans import (
    Bar,
    Benefit,
    Plan,
    Prerequisite,
    ProjectCard,
    RaiseRow,
    RivalRow,
)
from reports.dossier.visited import Consulted
from reports.dossier.wording import joined, number, plain
from reports.phrases import Phrasebook
from reports.points import points

say = Phrasebook("plans")
project_say = Phrasebook("projects")
visit_say = Phrasebook("visit")

MONTHS_A_YEAR = 12


def tell_plan(case: Case) -> Plan:
    """The roadmap as planned; without projects, the sentence that says why."""
    roadmap, catalogue = case.roadmap, case.reference.catalogue
    if roadmap is None or catalogue is None:
        return Plan((say("plan.absent"),), 0, (), (), None, (), None)
    rivals = tuple(
        RivalRow(rival.id, catalogue[rival.id].name, rival.cost, rival.gain, rival.reason)
        for rival in roadmap.rivals
    )
    return Plan(
        lead=_lead(case, roadmap),
        years=_years(roadmap),
        bars=tuple(_bar(catalogue, project) for project in roadmap.projects),
        cards=tuple(_card(case, catalogue, project) for project in roadmap.projects),
        rivals_text=say("plan.rivals") if rivals else None,
        rivals=rivals,
        optimality=_optimality(roadmap),
    )


def _lead(case: Case, roadmap: Roadmap) -> tuple[Text, ...]:
    if case.visited is not None:
        return _consulted_lead(case, roadmap)
    if not roadmap.projects:
        return say("plan.empty"), roadmap.note or say("plan.empty_clear")
    count, years = len(roadmap.projects), max(project.year for project in roadmap.projects)
    one = "plan.lead_one" if count == 1 else "plan.lead"
    said = [say(one, count=count, years=years), effect(case, roadmap)]
    if years > 1:
        said.append(say("plan.decide"))
    if roadmap.level_after == roadmap.level_before and case.next_level is not None:
        said.append(say("plan.no_level"))
    if roadmap.note is not None:
        said.append(roadmap.note)
    if case.has("wish"):
        said.append(say("plan.wish", wish=case.answer("wish")))
    return tuple(said)


def _consulted_lead(case: Case, roadmap: Roadmap) -> tuple[Text, ...]:
    if not roadmap.projects:
        return (visit_say("plan.empty"),)
    count, years = len(roadmap.projects), max(project.year for project in roadmap.projects)
    said = [visit_say("plan.lead", count=count, years=years), effect(case, roadmap)]
    return (*said, say("plan.decide")) if years > 1 else tuple(said)


def effect(case: Case, roadmap: Roadmap) -> Text:
    """What the whole plan does to points and level."""
    standard, same = case.reference.standard, roadmap.level_after == roadmap.level_before
    return say(
        "plan.effect_same" if same else "plan.effect",
        before=points(roadmap.score_before),
        after=points(roadmap.score_after),
        level_before=standard.level_name(roadmap.level_before),
        level_after=standard.level_name(roadmap.level_after),
    )


def _years(roadmap: Roadmap) -> int:
    ends = [(project.start + project.months) / MONTHS_A_YEAR for project in roadmap.projects]
    return max([ceil(end) for end in ends] + [p.year for p in roadmap.projects], default=0)


def _optimality(roadmap: Roadmap) -> Text | None:
    if not roadmap.projects:
        return None
    if roadmap.optimal:
        return say("plan.optimal")
    if roadmap.gap is None:
        return None
    return say("plan.gap", gap=number(ceil(roadmap.gap * 1000) / 10))


def _bar(catalogue: Catalogue, planned: PlannedProject) -> Bar:
    return Bar(
        project=planned.id,
        name=catalogue[planned.id].name,
        year=planned.year,
        start=planned.start,
        months=planned.months,
        cost=planned.cost,
    )


def _card(case: Case, catalogue: Catalogue, planned: PlannedProject) -> ProjectCard:
    project = catalogue[planned.id]
    low, high = project.months
    sure = say(f"card.confidence.{project.confidence}")
    own = case.consulted(planned.id)
    return ProjectCard(
        id=planned.id,
        name=project.name,
        year=planned.year,
        summary=project.what,
        why=_why(case, project, planned)
        if own is None
        else _consulted_why(case, project, planned, own),
        because=planned.because,
        scope=project.modules,
        prerequisites=_prerequisites(case, catalogue, project, planned.year),
        cost_low=planned.low,
        cost=planned.cost,
        cost_high=planned.high,
        running=planned.cost if planned.yearly else None,
        months=say("card.months", low=number(low), high=number(high))
        if own is None
        else visit_say("plan.months", months=own.months),
        gain=planned.gain,
        raises=tuple(_raise(case, raised) for raised in planned.raises),
        benefits=tuple(Benefit(text, sure) for text in project.benefits),
        risk=joined(project.risks, say("card.and")),
        acceptance=_acceptance(planned.id, own),
        basis=_basis(catalogue, project),
        cost_note=_cost_note(project, planned, own),
        override=own.override if own else "",
    )


def _acceptance(project: str, own: Consulted | None) -> tuple[Text, ...]:
    """What would show that it is done: the catalogue's points, or as the consultants keep them."""
    usual = usual_acceptance(project)
    if own is None:
        return usual
    return tuple(as_known(line, usual) for line in own.acceptance)


def usual_acceptance(project: str) -> tuple[Text, ...]:
    """The catalogue's acceptance points of a type of project; none for one that it lacks."""
    if not project_say.has(f"{project}.accept.first"):
        return ()
    return tuple(project_say(f"{project}.accept.{which}") for which in ("first", "second"))


def _consulted_why(case: Case, project: Project, planned: PlannedProject, own: Consulted) -> Text:
    usual = _why(case, project, planned)
    return as_known(own.because, (usual,)) if own.because else usual


def as_known(typed: str, known: Iterable[Text]) -> Text:
    """What was typed, in both languages where it is one of the texts that are known."""
    stripped = typed.strip()
    return next((text for text in known if stripped in (text.zh, text.en)), plain(stripped))


def _why(case: Case, project: Project, planned: PlannedProject) -> Text:
    """The answers that led to the project, and the pains of the firm that it eases."""
    reasons = [
        say(
            "card.why_question",
            number=case.reference.numbers[id_],
            title=case.reference.titles[id_],
            answer=_short_answer(case, id_),
        )
        for id_ in planned.because
        if id_ in case.reference.judged
    ]
    if pains := [pain for pain in case.chosen("pains") if pain in project.eases]:
        reasons.append(say("card.why_pain", pains=listed(case.label("pains", p) for p in pains)))
    return joined(reasons, SEMICOLON) if reasons else say("card.why_base")


def _short_answer(case: Case, question: str) -> Text:
    level = case.scene_levels.get(question)
    if level is not None:
        return say("card.level", level=level, meaning=case.answer(question))
    if case.counts(question) is not None:
        return case.label(question, case.option(question))
    multi = case.reference.questionnaire[question].kind == "multi"
    if multi and case.item_results[question].points:
        return say("card.done", answer=case.answer(question))
    return case.answer(question)


def _prerequisites(
    case: Case, catalogue: Catalogue, project: Project, year: int
) -> tuple[Prerequisite, ...]:
    years = {} if case.roadmap is None else {p.id: p.year for p in case.roadmap.projects}
    before = {id_: planned for id_, planned in years.items() if planned <= year}
    rows = [_need(case, catalogue, need, before) for need in project.needs]
    rows += [Prerequisite(ready, say("card.check"), met=False) for ready in project.ready]
    helping = (id_ for id_ in project.better_after if years.get(id_, year + 1) <= year)
    rows += [Prerequisite(catalogue[id_].name, say("card.helps"), met=True) for id_ in helping]
    return tuple(rows)


def _need(case: Case, catalogue: Catalogue, need: Needs, years: dict[str, int]) -> Prerequisite:
    """An automatic plan keeps hard prerequisites: what is not in it is in place already."""
    planned = sorted((years[id_], id_) for id_ in need.of if id_ in years)[: need.least]
    if len(planned) == need.least:
        names = listed(catalogue[id_].name for _, id_ in planned)
        return Prerequisite(names, say("card.planned", year=planned[-1][0]), met=True)
    names = listed(catalogue[id_].name for id_ in need.of)
    if need.least > 1:
        names = say("card.at_least", names=names, least=need.least)
    elif len(need.of) > 1:
        names = say("card.any_of", names=names)
    missing = case.visited is not None and need in case.visited.missing
    if missing:
        return Prerequisite(names, say("card.missing"), met=False)
    return Prerequisite(names, say(case.by("card.had")), met=True)


def _raise(case: Case, raised: Raise) -> RaiseRow:
    title = case.reference.titles[raised.question]
    if case.reference.questionnaire[raised.question].kind == "multi":
        had = set(raised.before.split(";"))
        added = [id_ for id_ in raised.after.split(";") if id_ and id_ not in had]
        return RaiseRow(
            raised.question, title, say("card.not_yet"), _labels(case, raised.question, added)
        )
    before = rung(case, raised.question, raised.before) if raised.before else say("card.not_yet")
    return RaiseRow(raised.question, title, before, rung(case, raised.question, raised.after))


def _labels(case: Case, question: str, options: Iterable[str]) -> Text:
    labels = listed(case.label(question, option) for option in options)
    return say("card.added", labels=labels)


def _basis(catalogue: Catalogue, project: Project) -> Text:
    if not project.sources:
        return project.basis
    sources = listed(catalogue.sources[id_] for id_ in project.sources)
    return say("card.basis", basis=project.basis, sources=sources)


def _cost_note(project: Project, planned: PlannedProject, own: Consulted | None) -> Text:
    if own is not None and own.mid is None:
        return visit_say("plan.unknown_cost")
    notes = [say("card.money_note_yearly" if planned.yearly else "card.money_note")]
    if project.cost_note is not None:
        notes.append(project.cost_note)
    return joined(notes, say("card.sentence"))
