"""The report on one page, drawn from the sections it sums up."""

from __future__ import annotations

from questionnaires.text import Text
from reports.dossier.actions import first_projects
from reports.dossier.case import SEMICOLON, Case, listed
from reports.dossier.gaps import ordered_ways, way_steps
from reports.dossier.model.findings import Problems, Result
from reports.dossier.model.front import Basis, Headline, KeyFigure, Summary
from reports.dossier.model.plans import Action, Actions, Investment, Plan, ProjectCard
from reports.dossier.wording import (
    joined,
    money,
    money_range,
    number,
    plain,
    sentences,
    small_share,
)
from reports.phrases import Phrasebook
from reports.points import missing, points

say = Phrasebook("front")


MOST = 3
LINES = 4


def tell_summary(  # a summary reads every section it sums up
    case: Case,
    basis: Basis,
    result: Result,
    problems: Problems,
    plan: Plan,
    investment: Investment,
    actions: Actions,
) -> Summary:
    """What the head of the firm reads if nothing else."""
    leading = _problems(problems)
    projects = _projects(case, plan)
    return Summary(
        headline=_headline(case),
        figures=_figures(case, result, plan, investment),
        standing=_standing(case, result),
        next=_next(case),
        problems=leading,
        no_problems=None if leading else _no_problems(case),
        projects=projects,
        no_projects=None if projects else _no_projects(case),
        money=_money(investment),
        ninety=tuple(action.title for action in _pressing(actions)),
        caution=_caution(case, basis),
    )


def _headline(case: Case) -> Text:
    if not case.answered:
        return say("summary.headline.none")
    score = points(case.score)
    if case.sparse:
        return say("summary.headline.few", of=case.of, answered=case.answered, score=score)
    standard, following = case.reference.standard, case.next_level
    level = standard.level_name(case.level)
    if following is None:
        return say(case.by("summary.headline.top"), level=level, score=score)
    short = joined(
        (
            say(f"summary.short.{need.kind}", short=missing(need.short), level=following.number)
            for need in following.needs
            if need.short
        ),
        SEMICOLON,
    )
    name = standard.level_name(following.number)
    path = "summary.headline.level" if case.level else "summary.headline.no_level"
    return say(case.by(path), level=level, next=name, score=score, short=short)


def _figures(
    case: Case, result: Result, plan: Plan, investment: Investment
) -> tuple[KeyFigure, ...]:
    levels = len(case.reference.standard.levels)
    level = KeyFigure(
        say("summary.figure.level"),
        result.level_name if case.answered else say("summary.figure.level_unknown"),
        say(case.by("summary.figure.level_note"), levels=levels),
    )
    more = "score_note_more" if case.could_add else "score_note"
    values = {"full": points(case.reference.full), "add": points(case.could_add)}
    score = KeyFigure(
        say("summary.figure.score"),
        plain(points(case.score)),
        say(f"summary.figure.{more}", **values),
    )
    answered = KeyFigure(
        say("summary.figure.answered"),
        plain(f"{case.answered} / {case.of}"),
        say("summary.figure.answered_note"),
    )
    return level, score, answered, _price(plan, investment)


def _price(plan: Plan, investment: Investment) -> KeyFigure:
    label = say("summary.figure.money")
    if not plan.cards:
        return KeyFigure(label, say("summary.figure.none"), say("summary.figure.money_none"))
    count, years = len(plan.cards), max(card.year for card in plan.cards)
    note = "money_one" if count == 1 else "money_note"
    told = say(f"summary.figure.{note}", count=count, years=years)
    return KeyFigure(label, money(investment.mid), told)


def _standing(case: Case, result: Result) -> Text:
    if not case.answered:
        return say("summary.standing_none")
    parts = listed(
        say("summary.part", title=p.title, points=points(p.points), full=points(p.full))
        for p in result.parts
    )
    said = [say("summary.standing_no_scenes", parts=parts)]
    if result.scenes:
        scenes, count = _scenes(case, result), len(result.scenes)
        said = [say("summary.standing", parts=parts, scenes=scenes, count=count)]
    standing = case.batch.standing
    if standing is not None and case.circle is not None and case.answered:
        others, rank = int(standing.peers[case.row]), float(standing.rank[case.row, 0])
        where = {0.0: "lowest", 100.0: "highest"}.get(rank, "middle")
        values = {"circle": case.circle, "others": others, "rank": number(rank)}
        said.append(say(f"summary.peers.{where}", **values))
    return sentences(*said)


def _scenes(case: Case, result: Result) -> Text:
    """How many scenes are at the level reached and at the one aimed at."""
    rows = [row for row in result.ladder if row.number in (case.level, case.target)]
    return joined(
        (
            say("summary.scenes_at", level=row.number, count=row.scenes, binding=row.binding)
            if row.scenes
            else say("summary.scenes_none", level=row.number)
            for row in rows
        ),
        SEMICOLON,
    )


def _next(case: Case) -> Text:
    following = case.next_level
    if following is None:
        return say("summary.next.top")
    name = case.reference.standard.level_name(following.number)
    if case.sparse:
        return say("summary.next.few", next=name)
    ways = ordered_ways(case)
    if not ways:
        return say("summary.next.no_way", next=name)
    steps = way_steps(case, ways[0])
    titles = listed(step.title for step in steps)
    path = "summary.next.way_one" if len(steps) == 1 else "summary.next.way"
    said = say(path, next=name, count=len(steps), steps=titles)
    roadmap = case.roadmap
    if roadmap is None or not roadmap.projects:
        return said
    same = roadmap.level_after == roadmap.level_before
    told = say(
        "summary.next.plan_same" if same else "summary.next.plan",
        before=points(roadmap.score_before),
        after=points(roadmap.score_after),
        level=case.reference.standard.level_name(roadmap.level_after),
    )
    return sentences(said, told)


def _problems(problems: Problems) -> tuple[Headline, ...]:
    found = [problem for group in problems.groups for problem in group.problems][:MOST]
    return tuple(
        Headline(str(problem.number), problem.title, problem.fact, problem.tag) for problem in found
    )


def _no_problems(case: Case) -> Text:
    if not case.answered:
        return say("summary.no_problems.unknown")
    return say("summary.no_problems.clean")


def _projects(case: Case, plan: Plan) -> tuple[Headline, ...]:
    cards = {card.id: card for card in plan.cards}
    first = [cards[project.id] for project in first_projects(case) if project.id in cards]
    if not first:
        first = list(plan.cards[:MOST])
    return tuple(_project(card) for card in first)


def _project(card: ProjectCard) -> Headline:
    gain = say("summary.project_gain", gain=points(card.gain)) if card.gain else None
    raised = listed(row.title for row in card.raises)
    raises = say("summary.project_raises", titles=raised) if card.raises else None
    text = joined((said for said in (raises, gain) if said), SEMICOLON)
    cost = money_range(card.cost_low, card.cost_high)
    note = say("summary.project_note", year=card.year, cost=cost)
    return Headline(card.id, card.name, text if text.zh else card.summary, note)


def _no_projects(case: Case) -> Text:
    if case.roadmap is None:
        return say("summary.no_projects.absent")
    return case.roadmap.note or say("summary.no_projects.none")


def _money(investment: Investment) -> Text:
    if not investment.years:
        return say("summary.money.none")
    first = investment.years[0]
    said = say(
        "summary.money.plan",
        mid=money(investment.mid),
        range=money_range(investment.low, investment.high),
        first=money(first.mid),
    )
    if investment.revenue is None:
        return sentences(said, say("summary.money.no_revenue"))
    part, whole = first.mid, investment.revenue
    share = small_share(part, whole)
    values = {"share": share, "part": number(round(part, 1)), "whole": number(whole)}
    return sentences(said, say("summary.money.share", **values))


def _pressing(actions: Actions) -> tuple[Action, ...]:
    """The first of the general actions, then what is bound to this firm's own answers."""
    bound = [action for action in actions.actions if action.questions]
    general = [action for action in actions.actions if not action.questions]
    return (*general[:1], *bound, *general[1:])[:LINES]


def _caution(case: Case, basis: Basis) -> Text:
    caution = say(case.by("summary.caution"))
    if any(flag.id != "rate" for flag in basis.flags):
        return sentences(caution, say("summary.caution_flags"))
    return caution
