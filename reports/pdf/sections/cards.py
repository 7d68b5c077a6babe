"""One project on one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.model.plans import ProjectCard
from reports.palette import ACCENT, MUTED, RULE
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
SMALL_LINE = replace(LINE, size=8, leading=12, justify=False, after=3)
FIGURE = Style(15, 20, bold=True, color=ACCENT)
HEAD = replace(SMALL, bold=True, before=8, after=0)
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
    needed = [_aside(setter, need.name, need.state) for need in project.prerequisites]
    told = [
        ("why", setter.say(project.why)),
        ("scope", _listed(setter, project.scope)),
        ("prerequisites", setter.phrase("semicolon").join(needed)),
        ("risk", setter.say(project.risk)),
        ("acceptance", _listed(setter, project.acceptance)),
    ]
    return [
        setter.text(project.summary, LINE, MAIN),
        *(
            setter.labelled(setter.word(f"card.{key}"), text, LINE, MAIN)
            for key, text in told
            if text
        ),
        setter.labelled(setter.word("card.basis"), project.basis, FINE, MAIN),
    ]


def _side(setter: Setter, project: ProjectCard) -> list[Block]:
    spread = {"low": amount(project.cost_low), "high": amount(project.cost_high)}
    blocks: list[Block] = [
        _head(setter, "cost"),
        setter.text(setter.phrase("wan", amount=amount(project.cost)), FIGURE, SIDE),
        setter.text(setter.phrase("range", **spread), FINE, SIDE),
    ]
    if project.running is not None:
        running = setter.phrase("running", amount=amount(project.running))
        blocks.append(setter.text(running, FINE, SIDE))
    blocks += [_head(setter, "months"), setter.text(project.months, LINE, SIDE)]
    return [*blocks, *_effects(setter, project), *_benefits(setter, project)]


def _effects(setter: Setter, project: ProjectCard) -> list[Block]:
    blocks: list[Block] = [_head(setter, "gain")]
    if project.gain:
        gain = setter.phrase("points", gain=points(project.gain))
        blocks.append(setter.text(gain, replace(LINE, bold=True), SIDE))
    for raised in project.raises:
        step = setter.phrase("step", before=raised.before, after=raised.after)
        blocks.append(setter.labelled(setter.say(raised.title), step, SMALL_LINE, SIDE))
    return blocks


def _benefits(setter: Setter, project: ProjectCard) -> list[Block]:
    if not project.benefits:
        return []
    told = [_aside(setter, benefit.text, benefit.confidence) for benefit in project.benefits]
    return [_head(setter, "benefits"), *setter.listed(told, SMALL_LINE, SIDE)]


def _head(setter: Setter, key: str) -> Block:
    return setter.text(setter.word(f"card.{key}"), HEAD, SIDE)


def _aside(setter: Setter, text: Text, note: Text) -> str:
    return setter.phrase("aside", text=text, note=note)


def _listed(setter: Setter, texts: Sequence[Text]) -> str:
    return setter.phrase("semicolon").join(setter.say(text) for text in texts)
