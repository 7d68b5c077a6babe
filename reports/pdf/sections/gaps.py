"""What stands between the firm and the next level, and the shortest ways there."""

from __future__ import annotations

from reports.dossier.model.findings import Gaps, NeedRow, Way, WayStep
from reports.pdf.blocks import Block
from reports.pdf.sections.marks import tick
from reports.pdf.setter import Setter
from reports.pdf.tables import TIGHT, Cell, Column
from reports.pdf.theme import CELL_BOLD, WIDTH
from reports.points import missing, points

WAY_WIDTH, WAYS_WIDTH = 62.0, 200.0


def gaps_blocks(setter: Setter, gaps: Gaps) -> list[Block]:
    """Leads, the conditions, the ways."""
    blocks: list[Block] = [setter.chapter("gaps"), *setter.texts(gaps.lead)]
    if gaps.needs:
        blocks += [setter.part("gaps", "needs"), *_needs(setter, gaps.needs)]
    if gaps.ways:
        blocks += [setter.part("gaps", "ways"), *_ways(setter, gaps.ways)]
    if gaps.ways_note:
        blocks.append(setter.note(gaps.ways_note))
    return blocks


def _needs(setter: Setter, needs: tuple[NeedRow, ...]) -> list[Block]:
    columns = [
        Column(setter.word("column.what"), WIDTH * 0.26, style=CELL_BOLD),
        Column(f"{setter.word('column.have')} / {setter.word('column.required')}", WIDTH * 0.22),
        Column(setter.word("column.short"), WIDTH * 0.14, "right"),
        Column(setter.word("column.explanation"), WIDTH * 0.38),
    ]
    rows: list[list[Cell]] = [
        [
            setter.say(need.title),
            tick(setter, need.short <= 0, _ratio(need), WIDTH * 0.22),
            missing(need.short) if need.short > 0 else "–",
            setter.say(need.text),
        ]
        for need in needs
    ]
    return setter.table(setter.phrase("needs"), columns, rows)


def _ratio(need: NeedRow) -> str:
    return f"{points(need.have)} / {points(need.required)}"


def _ways(setter: Setter, ways: tuple[Way, ...]) -> list[Block]:
    """One table for all ways, since they share most of their steps: a column a way."""
    steps = dict.fromkeys(
        (step.question, step.before, step.after) for way in ways for step in way.steps
    )
    titles = {step.question: step.title for way in ways for step in way.steps}
    each = min(WAY_WIDTH, WAYS_WIDTH / len(ways))
    said = (WIDTH - each * len(ways)) / 100
    columns = [
        Column(setter.word("column.question"), said * 25, style=CELL_BOLD),
        Column(setter.word("column.before"), said * 34),
        Column(setter.word("column.after"), said * 41),
        *(Column(setter.say(way.title), each, "center") for way in ways),
    ]
    taken = [{(step.question, step.after): step for step in way.steps} for way in ways]
    rows = [
        [
            setter.say(titles[question]),
            setter.say(before),
            setter.say(after),
            *(_taken(way.get((question, after))) for way in taken),
        ]
        for question, before, after in steps
    ]
    caption = setter.table_caption(setter.phrase("ways"))
    return [caption, setter.grid(columns, rows, TIGHT)]


def _taken(step: WayStep | None) -> str:
    if step is None:
        return ""
    return f"● +{points(step.gain)}" if step.gain else "●"
