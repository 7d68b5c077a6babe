"""The firm among its peers: group, reasons, percentiles."""

from __future__ import annotations

from reports.dossier.model.findings import Peers, RankRow, ReasonRow
from reports.dossier.wording import number
from reports.drawings.bars import leaning
from reports.drawings.strips import Strip, percentile_strips
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter
from reports.pdf.tables import Cell, Column
from reports.pdf.theme import CELL_BOLD, WIDTH
from reports.points import points


def peers_blocks(setter: Setter, peers: Peers) -> list[Block]:
    """Leads, the ranks as strips, why the firm belongs where it does."""
    blocks: list[Block] = [setter.chapter("peers"), *setter.texts(peers.lead)]
    if peers.ranks and peers.circle:
        blocks += [setter.part("peers", "ranks"), *_ranks(setter, peers)]
    blocks.append(setter.note(peers.note))
    if peers.reasons:
        blocks += [setter.part("peers", "reasons"), *_reasons(setter, peers.reasons)]
    return blocks


def _ranks(setter: Setter, peers: Peers) -> list[Block]:
    strips = [Strip(setter.say(row.title), row.rank, _figures(setter, row)) for row in peers.ranks]
    title = setter.phrase("strips", circle=peers.circle, others=peers.others)
    drawing = percentile_strips(strips, WIDTH, setter.language, title, setter.phrase("few"))
    return setter.figure(drawing, after=[setter.note(setter.phrase("strips_legend"))])


def _figures(setter: Setter, row: RankRow) -> str:
    values = {"points": points(row.points), "full": points(row.full)}
    if row.median is None:
        return setter.phrase("strips_plain", **values)
    return setter.phrase("strips_figures", **values, median=number(round(row.median, 1)))


def _reasons(setter: Setter, reasons: tuple[ReasonRow, ...]) -> list[Block]:
    columns = [
        Column(setter.word("column.measure"), WIDTH * 0.24, style=CELL_BOLD),
        Column(setter.phrase("reasons_direction"), 96),
        Column(setter.word("column.explanation"), WIDTH * 0.76 - 96),
    ]
    most = max(abs(reason.weight) for reason in reasons) or 1.0
    rows: list[list[Cell]] = [
        [setter.say(reason.title), leaning(reason.weight / most, 88), setter.say(reason.text)]
        for reason in reasons
    ]
    return setter.table(setter.phrase("reasons"), columns, rows)
