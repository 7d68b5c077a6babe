"""One project on one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.dossier.model.plans import ProjectCard
from reports.palette import ACCENT, FAINT, MUTED, RULE
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Panel, Stack
from reports.pdf.setter import Setter, amount, points
from reports.pdf.theme import BODY, SMALL, WIDTH, Style

PADDING, GUTTER = 12.0, 16.0
INNER = WIDTH - 2 * PADDING
SIDE = 150.0
MAIN = INNER - SIDE - GUTTER
TITLE = Style(11, 16, bold=True, color=ACCENT, even=True, after=2)
LINE = replace(BODY, size=8.5, leading=13, after=4)
FINE = replace(SMALL, after=2)
NUMBER = replace(SMALL, size=9, leading=16, bold=True, color=MUTED, align="right", after=0)


def card(setter: Setter, number: int, project: ProjectCard) -> Block:
    """A panel: name and year, what and why at the left, figures at the right, fine print below."""
    year = setter.phrase("in_year", year=project.year)
    top = Columns(
        [
            setter.text(f"{number}  {setter.say(project.name)}", TITLE, MAIN),
            setter.text(year, NUMBER, SIDE),
        ],
        gutter=GUTTER,
    )
    top.keep, top.after = True, 4
    body = Columns(
        [Stack(_main(setter, project), MAIN), Stack(_side(setter, project), SIDE)], gutter=GUTTER
    )
    panel = Panel(Stack([top, body], INNER), stroke=RULE, bar=ACCENT, padding=PADDING)
    panel.after = 12
    return panel


def _main(setter: Setter, project: ProjectCard) -> list[Block]:
    word = setter.word
    blocks: list[Block] = [
        setter.text(project.summary, LINE, MAIN),
        setter.labelled(word("card.why"), project.why, LINE, MAIN),
        setter.labelled(word("card.scope"), _joined(setter, project.scope), LINE, MAIN),
    ]
    if project.prerequisites:
        stated = "；".join(
            f"{setter.say(item.name)}（{setter.say(item.state)}）" for item in project.prerequisites
        ) if setter.language == "zh" else "; ".join(
            f"{setter.say(item.name)} ({setter.say(item.state)})" for item in project.prerequisites
        )
        blocks.append(setter.labelled(word("card.prerequisites"), stated, LINE, MAIN))
    blocks.append(setter.labelled(word("card.risk"), project.risk, LINE, MAIN))
    blocks.append(
        setter.labelled(word("card.acceptance"), _joined(setter, project.acceptance), LINE, MAIN)
    )
    blocks.append(setter.labelled(word("card.basis"), project.basis, FINE, MAIN))
    return blocks


def _side(setter: Setter, project: ProjectCard) -> list[Block]:
    return []


def _joined(setter: Setter, texts: Sequence[object]) -> str:
    return ""
