"""Level and points: the scale, the ladder, parts, radar, scenes, questions."""

from __future__ import annotations

from reports.dossier.model.findings import LevelRow, Result
from reports.drawings.bars import Measure, points_bars, points_meter
from reports.drawings.heatmap import Tile, heat_map, level_meter
from reports.drawings.radar import Spoke, radar
from reports.drawings.scale import Band, score_scale
from reports.pdf.blocks import Block
from reports.pdf.sections.marks import tick
from reports.pdf.setter import Setter, points
from reports.pdf.tables import Cell, Column
from reports.pdf.theme import CELL_BOLD, WIDTH

LEAST_SPOKES = 3


def result_blocks(setter: Setter, result: Result) -> list[Block]:
    """The chapter on the result."""
    return [
        setter.chapter("result"),
        *setter.texts(result.lead),
        *_scale(setter, result),
        *_ladder(setter, result),
        setter.part("result", "parts"),
        *_parts(setter, result),
        *_radar(setter, result),
        setter.part("result", "scenes"),
        *_heat_map(setter, result),
        *_scenes(setter, result),
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
    columns = [
        Column(setter.word("column.level"), WIDTH * 0.31, style=CELL_BOLD),
        Column(setter.word("column.score"), WIDTH * 0.23),
        Column(setter.word("column.scenes"), WIDTH * 0.23),
        Column(setter.word("column.binding"), WIDTH * 0.23),
    ]
    rows = [_rung(setter, row, result.score) for row in reversed(result.ladder)]
    return setter.table(setter.phrase("ladder"), columns, rows)


def _rung(setter: Setter, row: LevelRow, score: float) -> list[Cell]:
    width = WIDTH * 0.23
    return [
        ("● " if row.reached else "○ ") + setter.say(row.name),
        tick(setter, row.score_met, f"{points(score)} / {points(row.score_needed)}", width),
        tick(setter, row.scenes_met, f"{row.scenes} / {row.scenes_needed}", width),
        tick(setter, row.binding_met, f"{row.binding} / {row.binding_needed}", width),
    ]


def _parts(setter: Setter, result: Result) -> list[Block]:
    measures = [Measure(setter.say(part.title), part.points, part.full) for part in result.parts]
    drawing = points_bars(measures, WIDTH, setter.language, setter.phrase("parts"))
    return [*setter.figure(drawing), *setter.texts([part.text for part in result.parts])]


def _radar(setter: Setter, result: Result) -> list[Block]:
    if len(result.axes) < LEAST_SPOKES:
        return []
    spokes = [Spoke(setter.say(axis.title), axis.own, axis.peers) for axis in result.axes]
    drawing = radar(spokes, WIDTH, 236, setter.language, setter.phrase("radar"))
    legend = [setter.phrase("radar_own")]
    if result.axes_peers and all(axis.peers is not None for axis in result.axes):
        legend.append(setter.phrase("radar_peers", peers=result.axes_peers))
    if any(axis.own is None for axis in result.axes):
        legend.append(setter.phrase("radar_open"))
    return setter.figure(drawing, after=[setter.note("　".join(legend))])


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
        Column(setter.word("column.scene"), WIDTH * 0.24, style=CELL_BOLD),
        Column(setter.word("column.level"), 56),
        Column("", WIDTH * 0.76 - 56),
    ]
    rows: list[list[Cell] | str] = []
    chain = None
    for scene in result.scenes:
        if scene.chain != chain:
            chain = scene.chain
            rows.append(setter.say(chain))
        name = setter.say(scene.title) + (" ★" if scene.binding else "")
        said = scene.meaning if scene.level is not None else scene.state
        rows.append([name, level_meter(scene.level), setter.say(said)])
    return setter.table(setter.phrase("scenes"), columns, rows)


def _items(setter: Setter, result: Result) -> list[Block]:
    columns = [
        Column(setter.word("column.question"), WIDTH * 0.25, style=CELL_BOLD),
        Column(setter.word("column.answer"), WIDTH * 0.75 - 140),
        Column("", 72),
        Column(setter.word("column.points"), 68, "right"),
    ]
    rows: list[list[Cell] | str] = []
    part = None
    for item in result.items:
        if item.part != part:
            part = item.part
            rows.append(setter.say(part))
        figure = f"{points(item.points)} / {points(item.full)}"
        meter = points_meter(item.points, item.full)
        rows.append([setter.say(item.title), setter.say(item.answer), meter, figure])
    return [*setter.table(setter.phrase("items"), columns, rows), setter.note(result.items_note)]
