"""The year's plan of a district: totals, all projects row by row, and a line to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from questionnaires.text import Language, Text
from reports.papers.sheet import Letterhead, print_paper, say, signatures, small_print
from reports.pdf.blocks import Block
from reports.pdf.heads import PartHead
from reports.pdf.setter import Setter
from reports.pdf.tables import Cell, Column
from reports.pdf.theme import CELL_BOLD, CELL_FINE, WIDTH

LONGEST = 160  # characters of a project's content; the Excel file holds the whole
TOTALS = ("projects", "firms", "contracted", "estimated", "this_year", "done")


@dataclass(frozen=True, slots=True)
class Sums:
    """What some projects come to, in 万元; `unpriced` have neither contract nor estimate."""

    projects: int
    firms: int
    contracted: float
    estimated: float
    this_year: float
    done: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of the plan; `money` is its contract or its estimate, as the paper says it."""

    firm: str
    name: Text
    type: Text
    content: Text
    starts_on: date
    ends_on: date
    low: float | None
    mid: float | None
    high: float | None
    total: float | None
    this_year: float | None
    stage: Text


@dataclass(frozen=True)
class PlanPaper:
    """The whole plan as the paper tells it; sums follow the name of what they are of."""

    district: str
    year: int
    dated: date
    whole: Sums
    by_street: Sequence[tuple[Text, Sums]]
    by_industry: Sequence[tuple[Text, Sums]]
    by_type: Sequence[tuple[Text, Sums]]
    rows: Sequence[ProjectLine]
    fictional: bool = False


def render_year_plan(paper: PlanPaper, language: Language) -> bytes:
    """The plan as a PDF of A4 sheets; the same content gives the same bytes."""
    setter = Setter(language)
    head = Letterhead(
        say("year_plan.title", district=paper.district, year=paper.year),
        paper.district,
        "",
        "",
        paper.dated,
        paper.fictional,
    )
    blocks: list[Block] = [
        setter.text(say("year_plan.period", year=paper.year, day=f"{paper.dated:%Y-%m-%d}")),
        small_print(setter, say("year_plan.basis")),
        *_totals(setter, "whole", [(say("year_plan.all"), paper.whole)]),
        *_totals(setter, "by_street", paper.by_street),
        *_totals(setter, "by_industry", paper.by_industry),
        *_totals(setter, "by_type", paper.by_type),
        *_projects(setter, paper.rows),
        _signing(setter),
    ]
    return print_paper(setter, head, blocks)


def _totals(setter: Setter, key: str, lines: Sequence[tuple[Text, Sums]]) -> list[Block]:
    if not lines:
        return []
    shares = (0.28, 0.09, 0.09, 0.135, 0.135, 0.135, 0.135)
    widths = [WIDTH * share for share in shares]
    heads = [setter.say(say(f"year_plan.{name}")) for name in ("name", *TOTALS)]
    columns = [Column(heads[0], widths[0], style=CELL_BOLD)]
    columns += [
        Column(words, width, align="right")
        for words, width in zip(heads[1:], widths[1:], strict=True)
    ]
    rows: list[list[Cell]] = [_total(setter, name, sums) for name, sums in lines]
    return [_title(setter, key), setter.grid(columns, rows)]


def _total(setter: Setter, name: Text, sums: Sums) -> list[Cell]:
    unpriced = setter.say(say("year_plan.unpriced", count=sums.unpriced)) if sums.unpriced else ""
    return [
        setter.joined([name, unpriced]),
        str(sums.projects),
        str(sums.firms),
        *(money(getattr(sums, key)) for key in TOTALS[2:]),
    ]


def _projects(setter: Setter, lines: Sequence[ProjectLine]) -> list[Block]:
    if not lines:
        return [_title(setter, "projects"), setter.text(say("year_plan.none"))]
    keys = ("number", "firm", "project", "term", "investment", "this_year", "stage")
    shares = (0.05, 0.185, 0.315, 0.115, 0.13, 0.09, 0.115)
    columns = [
        Column(
            setter.say(say(f"year_plan.{key}")),
            WIDTH * share,
            align="right" if key == "this_year" else "left",
            style=CELL_FINE,
        )
        for key, share in zip(keys, shares, strict=True)
    ]
    rows: list[list[Cell]] = [_project(setter, at, line) for at, line in enumerate(lines, 1)]
    return [_title(setter, "projects"), setter.grid(columns, rows)]


def _project(setter: Setter, number: int, line: ProjectLine) -> list[Cell]:
    content = " ".join(setter.say(line.content).split())
    words = [setter.say(line.name), setter.say(line.type), _shortened(setter, content)]
    return [
        str(number),
        line.firm,
        "\n".join(filter(None, dict.fromkeys(words))),
        f"{line.starts_on:%Y-%m} – {line.ends_on:%Y-%m}",
        _investment(setter, line),
        money(line.this_year),
        setter.say(line.stage),
    ]


def _shortened(setter: Setter, content: str) -> str:
    """Its beginning where it is long; English is not cut within a word."""
    if len(content) <= LONGEST:
        return content
    begun = content[: LONGEST - 1]
    return (begun.rsplit(" ", 1)[0] if setter.language == "en" else begun) + "…"


def _investment(setter: Setter, line: ProjectLine) -> str:
    if line.total is not None:
        return setter.say(say("year_plan.by_contract", sum=money(line.total)))
    if line.mid is None:
        return setter.say(say("year_plan.to_quote"))
    span = " / ".join(map(money, (line.low, line.mid, line.high)))
    return f"{setter.say(say('year_plan.by_estimate'))}\n{span}"


def _signing(setter: Setter) -> Block:
    day = say("day")
    boxes = [(say(f"year_plan.sign_{who}"), (day,)) for who in ("made", "checked", "approved")]
    return signatures(setter, boxes)


def _title(setter: Setter, key: str) -> Block:
    return PartHead(key, setter.say(say(f"year_plan.section.{key}")), setter.language)


def money(value: float | None) -> str:
    """An amount in 万元 with two decimals at most; a dash where it is not known."""
    return "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
