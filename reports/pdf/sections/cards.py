"""One project on one card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.model.plans import ProjectCard
from reports.dossier.wording import money, number
from reports.palette import ACCENT, FAINT, MUTED, RULE, WARN
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Panel, Stack, balanced_columns
from reports.pdf.setter import Setter
from reports.pdf.theme import FINE, SMALL, TEXT, WIDTH, Style
from reports.points import points

PADDING, GUTTER = 8.0, 16.0
INNER = WIDTH - 2 * PADDING
HALF = (INNER - GUTTER) / 2
YEAR_WIDTH = 80.0
STRIP_PADDING = 4.0
CELL_WIDTHS = (0.5, 0.26, 0.24)
TITLE = Style(11, 16, bold=True, color=ACCENT, even=True)
LINE = replace(TEXT, size=8, leading=11.25, after=2.5)
LISTED = replace(LINE, justify=False)
LABEL = replace(FINE, leading=13, after=0)
LABEL_WIDTH, GAP = 48.0, 4.0
VALUE = Style(8.5, 13, color=ACCENT)
YEAR = replace(SMALL, size=9, leading=16, bold=True, color=MUTED, align="right", after=0)


def card(setter: Setter, place: int, project: ProjectCard) -> Block:
    """A panel: name and year, a strip of figures, what and why beside effects and acceptance."""
    name = f"{place}  {setter.say(project.name)}"
    top = Columns(
        [
            setter.text(name, TITLE, INNER - YEAR_WIDTH),
            setter.text(setter.phrase("in_year", year=project.year), YEAR, YEAR_WIDTH),
        ],
        gutter=0,
    )
    strip = _strip(setter, project)
    top.after = strip.after = 4
    top.keep = strip.keep = True
    told = balanced_columns(_told(setter, project), HALF, GUTTER, setter.whole)
    told.keep, told.after = True, 3
    blocks = [top, strip, told, *_fine_print(setter, project)]
    panel = Panel(
        Stack(blocks, INNER), stroke=RULE, bar=ACCENT, padding=PADDING, whole=setter.whole
    )
    panel.after = 8
    return panel


def _strip(setter: Setter, project: ProjectCard) -> Block:
    spread = {
        "low": Text(number(project.cost_low), money(project.cost_low).en),
        "high": Text(number(project.cost_high), money(project.cost_high).en),
    }
    gain = setter.phrase("points", gain=points(project.gain)) if project.gain else "–"
    priced = project.cost_high > 0
    figures = (
        (
            setter.word("card.cost"),
            setter.say(money(project.cost)) if priced else setter.phrase("to_quote"),
            setter.phrase("range", **spread) if priced else "",
        ),
        (setter.word("card.months"), setter.say(project.months), ""),
        (setter.phrase("effect"), gain, ""),
    )
    room = INNER - 2 * STRIP_PADDING
    cells = [
        _figure(setter, *figure, room * share)
        for figure, share in zip(figures, CELL_WIDTHS, strict=True)
    ]
    return Panel(Columns(cells, gutter=0), fill=FAINT, padding=STRIP_PADDING)


def _figure(setter: Setter, name: str, value: str, note: str, width: float) -> Block:
    label = setter.text(name, LABEL, LABEL_WIDTH)
    figure = setter.text(note, VALUE, width - LABEL_WIDTH - GAP, lead=value + " ")
    return Columns([label, figure], gutter=GAP)


def _told(setter: Setter, project: ProjectCard) -> list[Block]:
    needs = [_aside(setter, need.name, need.state) for need in project.prerequisites]
    benefits = [_aside(setter, benefit.text, benefit.confidence) for benefit in project.benefits]
    raises = [
        setter.say(raised.title)
        + setter.colon
        + setter.phrase("step", before=raised.before, after=raised.after)
        for raised in project.raises
    ]
    return [
        setter.text(project.summary, LINE, HALF),
        setter.labelled(setter.word("card.why"), project.why, LISTED, HALF),
        *_list(setter, "scope", project.scope),
        *_list(setter, "prerequisites", needs),
        *_override(setter, project),
        *_list(setter, "gain", raises),
        *_list(setter, "benefits", benefits),
        *_list(setter, "acceptance", project.acceptance),
        setter.labelled(setter.word("card.risk"), project.risk, LISTED, HALF),
    ]


def _override(setter: Setter, project: ProjectCard) -> list[Block]:
    if not project.override:
        return []
    style = replace(LISTED, lead_color=WARN)
    return [setter.labelled(setter.word("card.override"), project.override, style, HALF)]


def _list(setter: Setter, key: str, texts: Iterable[Text | str]) -> list[Block]:
    texts = tuple(texts)
    if not texts:
        return []
    if setter.tight:
        return [setter.labelled(setter.word(f"card.{key}"), setter.joined(texts), LISTED, HALF)]
    head = setter.text(setter.word(f"card.{key}"), replace(LISTED, bold=True, after=0), HALF)
    head.keep = True
    return [head, *setter.listed(texts, LISTED, HALF)]


def _fine_print(setter: Setter, project: ProjectCard) -> list[Block]:
    running = project.running
    notes = [
        setter.say(project.cost_note),
        setter.phrase("running", amount=money(running)) if running is not None else "",
        setter.say(project.basis),
    ]
    return [setter.labelled(setter.word("card.basis"), setter.sentences(notes), FINE, INNER)]


def _aside(setter: Setter, text: Text, note: Text) -> str:
    return setter.phrase("aside", text=text, note=note)
