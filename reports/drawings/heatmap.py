"""The scene heat map: a tile a scene, darker with its level, a row of tiles a link of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.text import Language
from reports.drawings.labels import stacked, wrapped
from reports.drawings.shapes import Drawing, Label, Line, Rect, Shape
from reports.palette import ACCENT, INK, LEVELS, MUTED, ON_LEVELS, RULE

TILE, GAP, NAMES = 44.0, 4.0, 80.0
PLAIN_EDGE = 2
NAME = 7.25


@dataclass(frozen=True, slots=True)
class Tile:
    """One scene: `level` 0…4, None where not answered; binding ones carry a star."""

    title: str
    chain: str
    level: int | None
    binding: bool


def heat_map(
    tiles: Sequence[Tile], width: float, language: Language, title: str, unknown: str
) -> Drawing:
    """Tiles in their order, grouped by chain; `unknown` stands where there is no level."""
    chains = list(dict.fromkeys(tile.chain for tile in tiles))
    rows = [[tile for tile in tiles if tile.chain == chain] for chain in chains]
    side = (width - NAMES + GAP) / max(map(len, rows)) - GAP
    shapes: list[Shape] = []
    for at, (chain, row) in enumerate(zip(chains, rows, strict=True)):
        top = at * (TILE + GAP)
        lines = wrapped(chain, 8.5, NAMES - 10, language, most=3)
        shapes += stacked(0, top + TILE / 2, lines, 8.5, INK, bold=True)
        for column, tile in enumerate(row):
            shapes += _tile(tile, NAMES + column * (side + GAP), top, side, language, unknown)
    legend_top = len(rows) * (TILE + GAP) + 6
    shapes += _legend(NAMES, legend_top)
    return Drawing(width, legend_top + 16, tuple(shapes), title)


def _tile(
    tile: Tile, x: float, y: float, side: float, language: Language, unknown: str
) -> list[Shape]:
    ground = LEVELS[tile.level] if tile.level is not None else None
    color = ON_LEVELS[tile.level] if tile.level is not None else MUTED
    dash = (2.0, 2.0) if tile.level is None else ()
    shapes: list[Shape] = [Rect(x, y, side, TILE, ground, _edge(tile.level), 0.6, dash)]
    name = tile.title + ("\u00a0★" if tile.binding else "")
    lines = wrapped(name, NAME, side - 9, language, most=3)
    shapes += [Label(x + 5, y + 12 + 9 * at, line, NAME, color) for at, line in enumerate(lines)]
    figure = unknown if tile.level is None else str(tile.level)
    shapes.append(Label(x + side - 5, y + TILE - 6, figure, 12, color, True, "end"))
    return shapes


def _edge(level: int | None) -> str:
    return RULE if level is None or level < PLAIN_EDGE else LEVELS[level]


def _legend(x: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for level, color in enumerate(LEVELS):
        shapes.append(Rect(x + level * 26, y, 12, 8, color, _edge(level)))
        shapes.append(Label(x + level * 26 + 15, y + 7, str(level), 7.5, MUTED))
    return shapes


def level_meter(level: int | None, width: float = 44.0) -> Drawing:
    """Four cells for a table: filled up to the level; a dash where it is not known."""
    if level is None:
        return Drawing(width, 12, (Line((0, 6), (width, 6), RULE, 0.8, (2, 2)),), "–")
    cell = width / 4
    shapes = tuple(
        Rect(at * cell, 2, cell - 2, 8, ACCENT if at < level else None, ACCENT, 0.5)
        for at in range(4)
    )
    return Drawing(width, 12, shapes, str(level))
