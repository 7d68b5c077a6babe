"""Problems in order of weight, two a row, each with what was seen and what answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from reports.dossier.model.findings import Problem, ProblemGroup, Problems
from reports.palette import ACCENT, RULE, WARN
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import FINE, TEXT, WIDTH, Style

GUTTER, RULE_GAP = 20.0, 5.0
HALF = (WIDTH - GUTTER) / 2
TITLE = Style(9.25, 13, bold=True, color=ACCENT)
LINE = replace(TEXT, size=8, leading=11.5, after=1.5, justify=False)
TAG = replace(FINE, after=3)


def problems_blocks(setter: Setter, problems: Problems) -> list[Block]:
    """Leads, then the groups."""
    blocks: list[Block] = [setter.chapter("problems"), *setter.texts(problems.lead)]
    for number, group in enumerate(problems.groups, 1):
        blocks += _group(setter, number, group)
    return blocks


def _group(setter: Setter, number: int, group: ProblemGroup) -> list[Block]:
    head = setter.part("problems", f"group{number}", group.title)
    told = [_problem(setter, problem) for problem in group.problems]
    pairs = zip_longest(told[::2], told[1::2])
    return [head, *setter.leading(group.text), *(Pair([*filter(None, pair)]) for pair in pairs)]


def _problem(setter: Setter, problem: Problem) -> Block:
    parts = (
        ("fact", problem.fact),
        ("matters", problem.why),
        ("next_step", problem.next_step),
        ("answer", problem.answer),
    )
    told = [
        setter.labelled(setter.word(f"card.{key}"), text, LINE, HALF)
        for key, text in parts
        if setter.say(text)
    ]
    title = f"{problem.number}  {setter.say(problem.title)}"
    return Stack([setter.text(title, TITLE, HALF), _tag(setter, problem), *told], HALF)


def _tag(setter: Setter, problem: Problem) -> Block:
    tag = f"{setter.say(problem.tag)} · {setter.say(problem.evidence)}"
    if not problem.blocking:
        return setter.text(tag, TAG, HALF)
    return setter.text(
        tag, replace(TAG, lead_color=WARN), HALF, f"▲ {setter.phrase('blocking')} · "
    )


class Pair(Block):
    """One or two problems side by side under a hairline."""

    after = RULE_GAP

    def __init__(self, problems: Sequence[Block]) -> None:
        self.inner = Columns(problems, gutter=GUTTER)
        super().__init__(WIDTH, self.inner.height + RULE_GAP)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the hairline and what stands under it."""
        ink.line((x, y), (x + WIDTH, y), RULE, 0.5)
        self.inner.draw(ink, x, y + RULE_GAP)
