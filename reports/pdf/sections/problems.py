"""Problems in order of weight, each with what was seen, why it matters and what answers it."""

from __future__ import annotations

from dataclasses import replace

from reports.dossier.model.findings import Problem, ProblemGroup, Problems
from reports.palette import ACCENT, MUTED, RULE, WARN
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import BODY, CELL_BOLD, SMALL, WIDTH, Style, span

LINE = replace(BODY, size=8.5, leading=13, after=3)
NUMBER = replace(BODY, size=13, leading=16, bold=True, color=ACCENT, after=0)


def problems_blocks(setter: Setter, problems: Problems) -> list[Block]:
    """Leads, then the groups."""
    blocks: list[Block] = [setter.chapter("problems"), *setter.texts(problems.lead)]
    for number, group in enumerate(problems.groups, 1):
        blocks += _group(setter, number, group)
    return blocks


def _group(setter: Setter, number: int, group: ProblemGroup) -> list[Block]:
    text = setter.text(group.text)
    text.keep = True
    head = setter.part("problems", f"group{number}", group.title)
    return [head, text, *(_problem(setter, problem) for problem in group.problems)]


def _problem(setter: Setter, problem: Problem) -> Block:
    left, right = span(3), span(9)
    name: list[Block] = [
        setter.text(str(problem.number), NUMBER, left),
        setter.text(problem.title, replace(CELL_BOLD, size=9.5, leading=14, after=2), left),
        setter.text(problem.tag, replace(SMALL, after=0), left),
    ]
    if problem.blocking:
        mark = replace(SMALL, bold=True, color=WARN, after=0)
        name.append(setter.text("▲ " + setter.phrase("blocking"), mark, left))
    parts = (
        ("fact", problem.fact),
        ("matters", problem.why),
        ("next_step", problem.next_step),
        ("answer", problem.answer),
        ("evidence", problem.evidence),
    )
    told = [
        setter.labelled(setter.word(f"card.{key}"), text, _style(key), right)
        for key, text in parts
        if setter.say(text)
    ]
    return Ruled(Columns([Stack(name, left), Stack(told, right)]))


def _style(key: str) -> Style:
    return replace(LINE, size=8, leading=12, color=MUTED) if key == "evidence" else LINE


class Ruled(Block):
    """A block with a hairline above it."""

    def __init__(self, inner: Block) -> None:
        super().__init__(inner.width, inner.height + 16)
        self.inner = inner

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the hairline and the block under it."""
        ink.line((x, y), (x + WIDTH, y), RULE, 0.5)
        self.inner.draw(ink, x, y + 8)
