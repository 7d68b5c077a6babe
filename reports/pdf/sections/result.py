"""Level and points: the scale, the ladder, parts, radar, scenes, questions."""

from __future__ import annotations

from dataclasses import replace

from reports.dossier.model.findings import LevelRow, Result, SceneCell
from reports.dossier.wording import percent
from reports.drawings.bars import Measure, points_bars, points_meter
from reports.drawings.heatmap import Tile, heat_map, level_meter
from reports.drawings.radar import Spoke, radar
from reports.drawings.scale import Band, score_scale
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.sections.marks import tick
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, TIGHT, Cell, Column
from reports.pdf.theme import BODY, CELL_BOLD, CELL_FINE, WIDTH, span
from reports.points import points

LEAST_SPOKES = 3
RADAR_HEIGHT, LOW_RADAR = 216.0, 168.0
METER = 54.0
POINTS_BAR, POINTS = 60.0, 62.0
CONDITION = WIDTH * 0.23
NARROW = replace(BODY, size=9, leading=14, justify=False, before=12)


def result_blocks(setter: Setter, result: Result) -> list[Block]:
    """The chapter on the result."""
    return [
        setter.chapter("result"),
        *setter.texts(result.lead),
        *_scale(setter, result),
        *_ladder(setter, result),
        setter.part("result", "parts"),
        *_parts(setter, result),
        *_business(setter, result),
        setter.part("result", "items"),
        *_items(setter, result),
    ]


def _scale(setter: Setter, result: Result) -> list[Block]:
    bands = [Band(setter.phrase("no_level"), 0)]
    bands += [Band(setter.say(row.name), row.score_needed) for row in result.ladder]
    title = setter.phrase("scale", full=points(result.full))
    return setter.figure(
        score_scale(result.score, result.full, bands, WIDTH, setter.language, title)
    )


def _ladder(setter: Setter, result: Result) -> list[Block]:
    kinds = ("score", "scenes", "binding") if result.scenes else ("score",)
    columns = [
        Column(setter.word("column.level"), WIDTH - CONDITION * len(kinds), style=CELL_BOLD),
        *(Column(setter.word(f"column.{kind}"), CONDITION) for kind in kinds),
    ]
    rows = [_rung(setter, row, result.score)[: len(columns)] for row in reversed(result.ladder)]
    return setter.table(setter.phrase("ladder"), columns, rows)


def _rung(setter: Setter, row: LevelRow, score: float) -> list[Cell]:
    conditions = (
        (row.score_met, f"{points(score)} / {points(row.score_needed)}"),
        (row.scenes_met, f"{row.scenes} / {row.scenes_needed}"),
        (row.binding_met, f"{row.binding} / {row.binding_needed}"),
    )
    name = ("● " if row.reached else "○ ") + setter.say(row.name)
    return [name, *(tick(setter, met, text, CONDITION) for met, text in conditions)]


def _parts(setter: Setter, result: Result) -> list[Block]:
    measures = [
        Measure(setter.say(part.title), part.points, part.full, percent(part.points, part.full))
        for part in result.parts
    ]
    drawing = points_bars(measures, WIDTH, setter.language, setter.phrase("parts"))
    texts = [part.text for part in result.parts]
    if len(result.axes) < LEAST_SPOKES:
        return [*setter.figure(drawing), *setter.texts(texts)]
    bars, profile = setter.figure(drawing), _radar(setter, result)
    beside = Stack(setter.texts(texts, NARROW, span(4)), span(4))
    if beside.height > profile.height:
        return [*bars, *setter.texts(texts), profile]
    return [*bars, Columns([profile, beside])]


def _radar(setter: Setter, result: Result) -> Block:
    spokes = [Spoke(setter.say(axis.title), axis.own, axis.peers) for axis in result.axes]
    height = LOW_RADAR if setter.tight else RADAR_HEIGHT
    drawing = radar(spokes, span(8), height, setter.language, setter.phrase("radar"))
    legend = [setter.phrase("radar_own")]
    if result.axes_peers and all(axis.peers is not None for axis in result.axes):
        legend.append(setter.phrase("radar_peers", peers=result.axes_peers))
    if any(axis.own is None for axis in result.axes):
        legend.append(setter.phrase("radar_open"))
    note = setter.note(setter.joined(legend), span(8))
    return Stack(setter.figure(drawing, after=[note]), span(8), whole=True)


def _business(setter: Setter, result: Result) -> list[Block]:
    """Scenes, where the standard judges any."""
    if not result.scenes:
        return []
    head = setter.part("result", "scenes")
    return [head, *_heat_map(setter, result), *_scenes(setter, result)]


def _heat_map(setter: Setter, result: Result) -> list[Block]:
    tiles = [
        Tile(setter.say(scene.title), setter.say(scene.chain), scene.level, scene.binding)
        for scene in result.scenes
    ]
    drawing = heat_map(
        tiles, WIDTH, setter.language, setter.phrase("heatmap"), setter.phrase("unknown")
    )
    return setter.figure(drawing, after=[setter.note(result.scenes_note)])


def _scenes(setter: Setter, result: Result) -> list[Block]:
    columns = [
        Column(setter.word("column.scene"), span(6) * 0.34, style=CELL_BOLD),
        Column(setter.word("column.level"), METER),
        Column("", span(6) * 0.66 - METER, style=CELL_FINE),
    ]
    rows = [_scene(setter, scene) for scene in result.scenes]
    cut = (len(rows) + 1) // 2
    halves = [setter.grid(columns, part, TIGHT) for part in (rows[:cut], rows[cut:])]
    return [setter.table_caption(setter.phrase("scenes")), Columns(halves)]


def _scene(setter: Setter, scene: SceneCell) -> list[Cell]:
    name = setter.say(scene.title) + ("\u00a0★" if scene.binding else "")
    said = scene.meaning if scene.level is not None else scene.state
    return [name, level_meter(scene.level), setter.say(said)]


def _items(setter: Setter, result: Result) -> list[Block]:
    """Two tables side by side, cut between parts where that makes them most even."""
    columns = [
        Column(setter.word("column.question"), span(6) - POINTS_BAR - POINTS, style=CELL_BOLD),
        Column("", POINTS_BAR),
        Column(setter.word("column.points"), POINTS, "right"),
    ]
    rows = _item_rows(setter, result)
    heads = [at for at, row in enumerate(rows) if isinstance(row, str)]
    cut = min(heads, key=lambda at: abs(len(rows) - 2 * at), default=0)
    halves = [half for half in (rows[:cut], rows[cut:]) if half]
    tables = Columns([setter.grid(columns, half, TIGHT) for half in halves])
    caption = setter.table_caption(setter.phrase("items"))
    return [caption, tables, setter.note(result.items_note)]


def _item_rows(setter: Setter, result: Result) -> list[list[Cell] | str]:
    rows: list[list[Cell] | str] = []
    part = None
    for item in result.items:
        if item.part != part:
            part = item.part
            rows.append(setter.say(part))
        figure = f"{points(item.points)} / {points(item.full)}"
        bar = points_meter(item.points, item.full, POINTS_BAR - 2 * PAD_X)
        rows.append([setter.say(item.title), bar, figure])
    return rows
