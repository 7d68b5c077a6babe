"""The parts of the internal edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from diagnose.bulletins.words import NONE, Figures, amount, say, share, state_name
from diagnose.campaigns.lights import Light
from diagnose.coverage.counting import tenths
from diagnose.roster.words import CHANGES, GROUNDS
from diagnose.workflow import MACHINE
from questionnaires.text import Text
from reports.bulletins import Curve, Grid, Paragraph, Piece, Point, Section

LAGGING = (Light.RED, Light.YELLOW)


def internal_sections(figures: Figures) -> tuple[Section, ...]:
    """All parts, in order."""
    parts = {
        "coverage": _coverage(figures),
        "streets": _units(figures, "street"),
        "providers": _units(figures, "provider"),
        "funnel": [_funnel(figures)],
        "projects": _projects(figures["projects"]),
        "roster": _roster(figures),
        "tasks": _tasks(figures["tasks"]),
        "ahead": _ahead(figures["ahead"]),
    }
    return tuple(Section(say(f"section.{key}"), tuple(pieces)) for key, pieces in parts.items())


def _coverage(figures: Figures) -> Iterator[Piece]:
    told = figures["coverage"]
    listed, excluded = told["listed"], told["excluded"]
    yield Paragraph(say("coverage.lead", day=figures["day"], listed=listed, excluded=excluded))
    if told["many_excluded"]:
        yield Paragraph(say("coverage.many_excluded"))
    campaign = figures["campaign"]
    yield coverage_table(
        figures,
        _of(told["assessed"]),
        _of(told["dynamic"]),
        str(told["ever"]),
        campaign["list"] if campaign else say("coverage.no_campaign"),
    )
    if figures["curve"]:
        points = tuple(
            Point(date.fromisoformat(one["day"]), one["done"], one["due"], one["planned"])
            for one in figures["curve"]
        )
        yield Curve(say("coverage.curve"), points)
        yield Paragraph(say("coverage.curve_note"), note=True)


def coverage_table(
    figures: Figures,
    assessed: tuple[Text | str, str, str],
    dynamic: tuple[Text | str, str, str],
    ever: str,
    frozen: Text | str,
) -> Grid:
    """The three figures of coverage (share, done, due), never without what they are measured by."""
    day = figures["day"]
    rows: list[tuple[Text | str, ...]] = [
        (say("coverage.assessed"), *assessed, frozen, day),
        (say("coverage.dynamic"), *dynamic, say("coverage.roster_of", day=day), day),
        (say("coverage.ever"), NONE, ever, NONE, NONE, day),
    ]
    heads = ("figure", "value", "done", "of", "list", "day")
    return Grid(
        say("coverage.table"),
        tuple(say(f"coverage.{head}") for head in heads),
        (0.19, 0.1, 0.16, 0.16, 0.24, 0.15),
        tuple(rows),
        frozenset({1, 2, 3}),
    )


def _of(pair: Sequence[int] | None) -> tuple[str, str, str]:
    if pair is None:
        return NONE, NONE, NONE
    done, due = pair
    return share(done, due), str(done), str(due)


def _units(figures: Figures, unit: str) -> Iterator[Piece]:
    lines = figures[f"{unit}s"]
    lagging = [line["name"] for line in lines if line.get("light") in LAGGING and line["name"]]
    if lagging:
        told = say("progress.lagging")
        zh, en = told.zh.format(names="、".join(lagging)), told.en.format(names=", ".join(lagging))
        yield Paragraph(Text(zh, en))
    heads = (unit, "done", "due", "share", "gap", "light", "oldest")
    yield Grid(
        say(f"progress.{unit}s"),
        tuple(say(f"progress.{head}") for head in heads),
        (0.19, 0.1, 0.07, 0.11, 0.07, 0.1, 0.36),
        tuple(_unit(line, unit) for line in lines),
        frozenset({1, 2, 3, 4}),
    )
    yield Paragraph(say("progress.lights"), note=True)


def _unit(line: Figures, unit: str) -> tuple[Text | str, ...]:
    return (
        line["name"] or say(f"progress.no_{unit}"),
        str(line["done"]),
        str(line["due"]),
        share(line["done"], line["due"]),
        str(line.get("gap", NONE)),
        say(f"light.{line['light']}") if "light" in line else NONE,
        _oldest(line["oldest"]),
    )


def _oldest(oldest: Figures | None) -> Text | str:
    if oldest is None:
        return NONE
    state = state_name(oldest["state"])
    told = say("progress.since")
    values = {"firm": oldest["firm"], "day": oldest["since"]}
    return Text(told.zh.format(state=state.zh, **values), told.en.format(state=state.en, **values))


def _funnel(figures: Figures) -> Piece:
    states = figures["funnel"]
    order = [state for state in ("none", *MACHINE.states) if states.get(state)]
    rows = [(state_name(state), str(states[state])) for state in order]
    whole = sum(states.values())
    return Grid(
        say("funnel.table"),
        (say("funnel.state"), say("funnel.firms")),
        (0.6, 0.4),
        (*rows, (say("total"), str(whole))),
        frozenset({1}),
    )


def _projects(told: Figures) -> Iterator[Piece]:
    if told["conversion"] is None:
        yield Paragraph(say("projects.no_cohort"))
    else:
        done, of = told["conversion"]
        yield Paragraph(say("projects.conversion", done=done, of=of, share=tenths(done, of)))
    counts = [(say(f"projects.{key}"), str(told[key])) for key in ("pooled", "under_way", "passed")]
    money = ("contracted", "spent", "spent_month")
    yield project_table([*counts, *((say(f"projects.{key}"), amount(told[key])) for key in money)])
    if told.get("untold"):
        yield Paragraph(say("projects.untold", number=told["untold"]), note=True)


def project_table(rows: Sequence[tuple[Text, Text | str]]) -> Grid:
    """What became of projects, a line a figure."""
    heads = (say("projects.what"), say("projects.value"))
    return Grid(say("projects.table"), heads, (0.6, 0.4), tuple(rows), frozenset({1}))


def _roster(figures: Figures) -> Iterator[Piece]:
    changes, exempt = figures["changes"], figures["exclusions"]
    if not changes["lines"]:
        yield Paragraph(say("roster.no_changes"))
    else:
        rows = [(line["firm"], CHANGES[line["change"]], line["day"]) for line in changes["lines"]]
        yield _named("roster.changes", ("firm", "change", "day"), (0.5, 0.25, 0.25), rows)
        yield from _more(changes)
    if not exempt["lines"]:
        yield Paragraph(say("roster.no_exclusions"))
    else:
        rows = [(line["firm"], line["since"], GROUNDS[line["ground"]]) for line in exempt["lines"]]
        yield _named("roster.exclusions", ("firm", "since", "reason"), (0.4, 0.18, 0.42), rows)
        yield from _more(exempt)


def _named(
    title: str,
    heads: Sequence[str],
    widths: tuple[float, ...],
    rows: Sequence[tuple[Text | str, ...]],
) -> Grid:
    area = title.partition(".")[0]
    return Grid(say(title), tuple(say(f"{area}.{head}") for head in heads), widths, tuple(rows))


def _more(listed: Figures) -> Iterator[Piece]:
    rest = listed["of"] - len(listed["lines"])
    if rest > 0:
        yield Paragraph(say("roster.more", number=rest), note=True)


def _tasks(lines: Sequence[Figures]) -> Iterator[Piece]:
    if not lines:
        yield Paragraph(say("tasks.none"))
        return
    rows = [
        (
            line["number"],
            line["title"],
            line["lead"],
            _value(line),
            line["due"],
            say(f"light.{line['light']}"),
        )
        for line in lines
    ]
    heads = ("number", "title", "lead", "value", "due", "light")
    yield _named("tasks.table", heads, (0.08, 0.32, 0.2, 0.15, 0.14, 0.11), rows)


def _value(line: Figures) -> str:
    if line["value"] is None:
        return NONE
    goal = f" / {line['goal']:g}" if line["goal"] is not None else ""
    return f"{line['value']:g}{goal} {line['unit']}".strip()


def _ahead(told: Figures) -> Iterator[Piece]:
    if not told["lines"]:
        yield Paragraph(say("ahead.none"))
        return
    yield Paragraph(say("ahead.lead", number=told["of"]))
    rows = [(line["firm"], state_name(line["state"]), line["due"]) for line in told["lines"]]
    yield _named("ahead.table", ("firm", "state", "due"), (0.5, 0.28, 0.22), rows)
    yield from _more(told)
