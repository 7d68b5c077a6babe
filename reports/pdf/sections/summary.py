"""The report on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.model.front import Headline, KeyFigure, Summary
from reports.lettering.faces import face
from reports.palette import ACCENT, ACCENT_PALE, FAINT
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Panel, Stack
from reports.pdf.setter import Setter
from reports.pdf.theme import BODY, FIGURE, H3, HEIGHT, LEAD, SMALL, WIDTH, Style, span

PADDING = 12.0
LEAST_FIGURE = 11.0
HEADLINE = replace(LEAD, bold=True, color=ACCENT, justify=False, after=0)
TEXT = replace(BODY, size=9, leading=14, after=4)
LARGE = replace(BODY, size=9.75, leading=16, after=5)
TIGHT = replace(TEXT, size=8.5, leading=12)


def summary_blocks(setter: Setter, summary: Summary) -> list[Block]:
    """The summary, set as large as it fits on its page."""
    head = setter.chapter("summary")
    for style in (LARGE, TEXT, TIGHT):
        blocks = _blocks(setter, summary, style)
        page = Stack([head, *blocks], WIDTH)
        if page.height <= HEIGHT:
            break
    return [head, *blocks]


def _blocks(setter: Setter, summary: Summary, style: Style) -> list[Block]:
    half = span(6)
    headline = setter.text(summary.headline, HEADLINE, WIDTH - 2 * PADDING)
    standing = Columns(
        [setter.text(summary.standing, style, half), setter.text(summary.next, style, half)]
    )
    lists = Columns(
        [
            _headlines(setter, "problems", summary.problems, summary.no_problems, style),
            _headlines(setter, "projects", summary.projects, summary.no_projects, style),
        ]
    )
    todo = Columns([_ninety(setter, summary, style), _money(setter, summary, style)])
    caution = setter.text(summary.caution, replace(SMALL, after=0), WIDTH - 20)
    blocks = [
        Panel(headline, fill=ACCENT_PALE, bar=ACCENT, padding=PADDING),
        _figures(setter, summary.figures),
        standing,
        lists,
        todo,
        Panel(caution, fill=FAINT, padding=10),
    ]
    for block in blocks:
        block.after = 12
    return blocks


def _figures(setter: Setter, figures: Sequence[KeyFigure]) -> Block:
    width = span(12 // len(figures))
    weight = face(True, setter.language)
    widest = max(weight.measure(setter.say(figure.value), FIGURE.size) for figure in figures)
    size = max(LEAST_FIGURE, FIGURE.size * min(1, width / (widest or width)))
    return Columns([_figure(setter, figure, width, size) for figure in figures])


def _figure(setter: Setter, figure: KeyFigure, width: float, size: float) -> Block:
    label = setter.text(figure.label, replace(SMALL, bold=True, after=0), width)
    large = setter.text(figure.value, replace(FIGURE, size=size, leading=size * 1.3), width)
    note = setter.text(figure.note, replace(SMALL, after=0), width)
    return Stack([label, large, note], width)


def _headlines(
    setter: Setter, key: str, lines: Sequence[Headline], none: Text | None, style: Style
) -> Block:
    width = span(6)
    blocks: list[Block] = [setter.text(setter.word(f"part.{key}"), H3, width)]
    if not lines and none:
        blocks.append(setter.text(none, style, width))
    for number, line in enumerate(lines, 1):
        blocks.append(_headline(setter, number, line, style, width))
    return Stack(blocks, width)


def _headline(setter: Setter, number: int, line: Headline, style: Style, width: float) -> Block:
    inner = width - 16
    texts: list[Block] = [
        setter.text(line.title, replace(style, bold=True, justify=False, after=0), inner),
        setter.text(line.text, replace(style, after=0), inner),
    ]
    if line.note:
        texts.append(setter.text(line.note, replace(SMALL, after=0), inner))
    marker = setter.text(str(number), replace(style, bold=True, color=ACCENT), 16)
    block = Columns([marker, Stack(texts, inner)], gutter=0)
    block.after = 6
    return block


def _ninety(setter: Setter, summary: Summary, style: Style) -> Block:
    width = span(6)
    if not summary.ninety:
        return Stack((), width)
    head = setter.text(setter.word("part.ninety"), H3, width)
    return Stack([head, *setter.listed(summary.ninety, style, width, numbered=True)], width)


def _money(setter: Setter, summary: Summary, style: Style) -> Block:
    width = span(6)
    head = setter.text(setter.word("part.money"), H3, width)
    return Stack([head, setter.text(summary.money, style, width)], width)
