"""The roadmap: timetable, a card a project, close rivals."""

from __future__ import annotations

from reports.dossier.model.plans import Plan, RivalRow
from reports.dossier.wording import number
from reports.drawings.gantt import Task, gantt
from reports.pdf.blocks import Block
from reports.pdf.sections.cards import card
from reports.pdf.setter import Setter
from reports.pdf.tables import Column
from reports.pdf.theme import CELL_BOLD, WIDTH
from reports.points import points


def plan_blocks(setter: Setter, plan: Plan) -> list[Block]:
    """Leads, the Gantt chart, the cards, the rivals."""
    blocks: list[Block] = [setter.chapter("plan"), *setter.texts(plan.lead)]
    if plan.bars:
        blocks += [setter.part("plan", "gantt"), *_gantt(setter, plan)]
    if plan.optimality:
        blocks.append(setter.note(plan.optimality))
    if plan.cards:
        blocks.append(setter.part("plan", "cards"))
        blocks += [card(setter, number, project) for number, project in enumerate(plan.cards, 1)]
    if plan.rivals:
        blocks += [setter.part("plan", "rivals"), *_rivals(setter, plan)]
    return blocks


def _gantt(setter: Setter, plan: Plan) -> list[Block]:
    tasks = [
        Task(setter.say(bar.name), bar.start, bar.months, number(bar.cost)) for bar in plan.bars
    ]
    years = [setter.phrase("year", year=year) for year in range(1, max(plan.years, 1) + 1)]
    drawing = gantt(
        tasks,
        years,
        WIDTH,
        setter.language,
        setter.phrase("gantt"),
        quarters=[setter.phrase("quarter", quarter=quarter) for quarter in range(1, 5)],
        figures=setter.phrase("gantt_cost"),
    )
    return setter.figure(drawing)


def _rivals(setter: Setter, plan: Plan) -> list[Block]:
    columns = [
        Column(setter.word("column.project"), WIDTH * 0.26, style=CELL_BOLD),
        Column(setter.word("column.cost"), WIDTH * 0.14, "right"),
        Column(setter.word("column.gain"), WIDTH * 0.12, "right"),
        Column(setter.word("column.reason"), WIDTH * 0.48),
    ]
    rows = [_rival(setter, rival) for rival in plan.rivals]
    table = setter.table(setter.phrase("rivals"), columns, rows)
    return [*setter.leading(plan.rivals_text), *table]


def _rival(setter: Setter, rival: RivalRow) -> list[str]:
    return [
        setter.say(rival.name),
        number(rival.cost),
        f"+{points(rival.gain)}" if rival.gain else "–",
        setter.say(rival.reason),
    ]
