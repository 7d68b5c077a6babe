"""The tables of a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reports.dossier.model.appendices import AnswerSection, MethodRow
from reports.dossier.model.findings import Gaps, LevelRow, Peers, ReasonRow, Result, Way, WayStep
from reports.dossier.model.plans import Actions, Investment, Plan
from reports.dossier.wording import number, percent
from reports.html.grid import NONE, Grid, Group, Row, grid, heads_of
from reports.html.words import Words
from reports.points import missing, points

MET, UNMET = "✓", "✗"


def ladder(words: Words, result: Result) -> Grid:
    """What each level takes and what the firm has for it, the highest level first."""
    kinds = ("score", "scenes", "binding") if result.scenes else ("score",)
    heads = (words.word("column.level"), *(words.word(f"column.{kind}") for kind in kinds))
    rows = [_rung(words, row, result.score)[: len(heads)] for row in reversed(result.ladder)]
    return grid(words.phrase("ladder"), heads, rows)


def _rung(words: Words, row: LevelRow, score: float) -> Row:
    conditions = (
        (row.score_met, f"{points(score)} / {points(row.score_needed)}"),
        (row.scenes_met, f"{row.scenes} / {row.scenes_needed}"),
        (row.binding_met, f"{row.binding} / {row.binding_needed}"),
    )
    name = ("● " if row.reached else "○ ") + words.say(row.name)
    return (name, *(_ticked(words, met, text) for met, text in conditions))


def _ticked(words: Words, met: bool, text: str) -> str:
    return f"{text} {MET if met else UNMET} {words.word('column.met' if met else 'column.unmet')}"


def axes(words: Words, result: Result) -> Grid:
    """The radar as figures."""
    heads = [words.word("column.measure"), words.word("column.own")]
    if result.axes_peers:
        heads.append(words.word("column.peers"))
    rows = [
        (words.say(axis.title), _share(axis.own), _share(axis.peers))[: len(heads)]
        for axis in result.axes
    ]
    return grid(words.phrase("radar"), tuple(heads), rows, 1, 2)


def _share(fraction: float | None) -> str:
    return NONE if fraction is None else f"{percent(fraction, 1)} %"


def scenes(words: Words, result: Result) -> Grid:
    """Each scene's level and what it means."""
    heads = heads_of(words, "scene", "chain", "level", "explanation")
    rows = [
        (
            words.say(scene.title) + ("\u00a0★" if scene.binding else ""),
            words.say(scene.chain),
            NONE if scene.level is None else str(scene.level),
            words.say(scene.state if scene.level is None else scene.meaning),
        )
        for scene in result.scenes
    ]
    return grid(words.phrase("scenes"), heads, rows)


def items(words: Words, result: Result) -> Grid:
    """Points by question, part by part."""
    heads = heads_of(words, "question", "answer", "points")
    groups = [
        Group(
            words.say(part),
            tuple(
                (
                    words.say(item.title),
                    words.say(item.answer),
                    f"{points(item.points)} / {points(item.full)}",
                )
                for item in found
            ),
        )
        for part, found in groupby(result.items, lambda item: item.part)
    ]
    return Grid(words.phrase("items"), heads, tuple(groups), frozenset({2}))


def ranks(words: Words, peers: Peers) -> Grid:
    """The percentile strips as figures."""
    heads = heads_of(words, "measure", "points", "median", "rank")
    rows = [
        (
            words.say(row.title),
            f"{points(row.points)} / {points(row.full)}",
            NONE if row.median is None else number(round(row.median, 1)),
            words.phrase("few") if row.rank is None else number(row.rank),
        )
        for row in peers.ranks
    ]
    return grid(
        words.phrase("strips", circle=peers.circle, others=peers.others), heads, rows, 1, 2, 3
    )


def reasons(words: Words, rows: Sequence[ReasonRow]) -> Grid:
    """Why the firm belongs where it does."""
    heads = (
        words.word("column.measure"),
        words.phrase("reasons_direction"),
        words.word("column.explanation"),
    )
    told = [(words.say(row.title), f"{row.weight:+.2f}", words.say(row.text)) for row in rows]
    return grid(words.phrase("reasons"), heads, told, 1)


def needs(words: Words, gaps: Gaps) -> Grid:
    """The conditions of the next level."""
    heads = (
        words.word("column.what"),
        f"{words.word('column.have')} / {words.word('column.required')}",
        words.word("column.short"),
        words.word("column.explanation"),
    )
    rows = [
        (
            words.say(need.title),
            _ticked(words, need.short <= 0, f"{points(need.have)} / {points(need.required)}"),
            missing(need.short) if need.short > 0 else NONE,
            words.say(need.text),
        )
        for need in gaps.needs
    ]
    return grid(words.phrase("needs"), heads, rows, 2)


def ways(words: Words, found: Sequence[Way]) -> Grid:
    """One table for all ways, since they share most of their steps: a column a way."""
    steps = dict.fromkeys(
        (step.question, step.before, step.after) for way in found for step in way.steps
    )
    titles = {step.question: step.title for way in found for step in way.steps}
    taken = [{(step.question, step.after): step for step in way.steps} for way in found]
    heads = heads_of(words, "question", "before", "after")
    rows = [
        (
            words.say(titles[question]),
            words.say(before),
            words.say(after),
            *(_taken(way.get((question, after))) for way in taken),
        )
        for question, before, after in steps
    ]
    return grid(words.phrase("ways"), heads + tuple(words.say(way.title) for way in found), rows)


def _taken(step: WayStep | None) -> str:
    if step is None:
        return NONE
    return f"● +{points(step.gain)}" if step.gain else "●"


def rivals(words: Words, plan: Plan) -> Grid:
    """Close projects that were not chosen."""
    heads = heads_of(words, "project", "cost", "gain", "reason")
    rows = [
        (
            words.say(rival.name),
            number(rival.cost),
            f"+{points(rival.gain)}" if rival.gain else NONE,
            words.say(rival.reason),
        )
        for rival in plan.rivals
    ]
    return grid(words.phrase("rivals"), heads, rows, 1, 2)


def years(words: Words, investment: Investment) -> Grid:
    """Cost by year and verdict, with the total."""
    keys = ("year", "low", "mid", "high", "running", "share", "verdict")
    rows = [
        (
            words.phrase("year", year=year.year),
            *map(number, (year.low, year.mid, year.high, year.running)),
            words.say(year.share_text),
            f"{MET if year.within else '▲'} {words.say(year.verdict)}",
        )
        for year in investment.years
    ]
    total = map(number, (investment.low, investment.mid, investment.high))
    rows.append((words.phrase("total"), *total, "", "", ""))
    heads = heads_of(words, *keys)
    return grid(words.phrase("years"), heads, rows, 1, 2, 3, 4)


def actions(words: Words, found: Actions) -> Grid:
    """The list of the first 90 days."""
    heads = heads_of(words, "action", "days", "owner", "done_when")
    rows = [
        (
            words.say(action.title) + words.colon + words.say(action.text),
            words.phrase("days", first=action.days[0], last=action.days[1]),
            words.say(action.owner),
            words.say(action.done_when),
        )
        for action in found.actions
    ]
    return grid(words.phrase("actions"), heads, rows)


def answers(words: Words, sections: Sequence[AnswerSection]) -> Grid:
    """Every question as it was answered, section by section."""
    heads = heads_of(words, "question", "answer", "state", "points")
    groups = [
        Group(
            words.say(section.title),
            tuple(
                (
                    words.say(row.label),
                    words.say(row.answer),
                    words.say(row.state),
                    _scored(row.points, row.full),
                )
                for row in section.rows
            ),
        )
        for section in sections
    ]
    return Grid(words.word("section.answers"), heads, tuple(groups), frozenset({3}))


def _scored(have: float | None, full: float | None) -> str:
    return NONE if have is None or full is None else f"{points(have)} / {points(full)}"


def numbers(words: Words, rows: Sequence[MethodRow]) -> Grid:
    """Numbers used, by their source."""
    sources: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        told = words.say(row.what) + words.colon + words.say(row.value)
        sources.setdefault((words.say(row.source), words.say(row.mark)), []).append(told)
    heads = heads_of(words, "source", "mark", "value")
    told_rows = [(source, mark, words.joined(told)) for (source, mark), told in sources.items()]
    return grid(words.word("part.numbers"), heads, told_rows)
