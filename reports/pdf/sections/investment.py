"""What the plan costs, year by year, and whether the firm can bear it."""

from __future__ import annotations

from dataclasses import replace

from reports.dossier.model.plans import Investment, YearCost
from reports.dossier.wording import number
from reports.drawings.budget import Limit, YearBar, budget_bars
from reports.palette import ACCENT, WARN
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, Cell, Column
from reports.pdf.theme import CELL, CELL_BOLD, WIDTH


def investment_blocks(setter: Setter, investment: Investment) -> list[Block]:
    """Leads, bars by year against the lines, the same as a table, notes."""
    blocks: list[Block] = [setter.chapter("investment"), *setter.texts(investment.lead)]
    if investment.years:
        blocks += [*_bars(setter, investment), *_table(setter, investment)]
    if investment.running_text:
        blocks.append(setter.text(investment.running_text))
    return [*blocks, *map(setter.note, investment.notes)]


def _bars(setter: Setter, investment: Investment) -> list[Block]:
    bars = [
        YearBar(setter.phrase("year", year=year.year), year.low, year.mid, year.high)
        for year in investment.years
    ]
    title = setter.phrase("budget")
    limits = _limits(setter, investment)
    return setter.figure(budget_bars(bars, limits, WIDTH, 150, setter.language, title))


def _limits(setter: Setter, investment: Investment) -> list[Limit]:
    if not investment.revenue:
        return []
    lines = (("rule", investment.rule, False), ("warn", investment.warn, True))
    return [
        _limit(setter, key, share, share * investment.revenue, firm) for key, share, firm in lines
    ]


def _limit(setter: Setter, key: str, share: float, value: float, firm: bool) -> Limit:
    name = setter.phrase(key, share=f"{share:.0%}", amount=number(round(value, 1)))
    return Limit(name, value, firm)


def _table(setter: Setter, investment: Investment) -> list[Block]:
    word = setter.word
    columns = [
        Column(word("column.year"), WIDTH * 0.12, style=CELL_BOLD),
        Column(word("column.low"), WIDTH * 0.1, "right"),
        Column(word("column.mid"), WIDTH * 0.1, "right"),
        Column(word("column.high"), WIDTH * 0.1, "right"),
        Column(word("column.running"), WIDTH * 0.12, "right"),
        Column(word("column.share"), WIDTH * 0.18),
        Column(word("column.verdict"), WIDTH * 0.28),
    ]
    rows = [_year(setter, year) for year in investment.years]
    total = [number(value) for value in (investment.low, investment.mid, investment.high)]
    rows.append([setter.phrase("total"), *total, "", "", ""])
    return setter.table(setter.phrase("years"), columns, rows)


def _year(setter: Setter, year: YearCost) -> list[Cell]:
    style = replace(CELL, color=ACCENT if year.within else WARN, bold=not year.within)
    sign = "✓ " if year.within else "▲ "
    verdict = setter.text(sign + setter.say(year.verdict), style, WIDTH * 0.28 - 2 * PAD_X)
    figures = [number(value) for value in (year.low, year.mid, year.high, year.running)]
    name = setter.phrase("year", year=year.year)
    return [name, *figures, setter.say(year.share_text), verdict]
