"""The charts of the result page: the report's own drawings, as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from diagnose.web.judging import floored, points
from questionnaires.text import Language
from reports.dossier import Dossier
from reports.dossier.model.findings import Peers, Result
from reports.dossier.model.plans import Plan
from reports.drawings.gantt import Task, gantt
from reports.drawings.heatmap import Tile, heat_map
from reports.drawings.radar import Spoke, radar
from reports.drawings.scale import Band, score_scale
from reports.drawings.shapes import Drawing
from reports.drawings.strips import Strip, percentile_strips
from reports.drawings.svg import to_svg

WIDE, SLIM = 540.0, 250.0
LEAST_SPOKES = 3


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of one result; `scale` and `strips` come in a wide and a slim form."""

    scale: tuple[Markup, ...]
    radar: Markup
    scenes: Markup
    strips: tuple[Markup, ...]
    gantt: Markup


def draw(dossier: Dossier, language: Language) -> Charts:
    """Draw all charts of a dossier."""
    widths = (WIDE, SLIM)
    return Charts(
        scale=tuple(_svg(_scale(dossier.result, width, language)) for width in widths),
        radar=_radar(dossier.result, language),
        scenes=_svg(_scenes(dossier.result, language)),
        strips=tuple(_strips(dossier.peers, width, language) for width in widths),
        gantt=_gantt(dossier.plan, language),
    )


def _svg(drawing: Drawing) -> Markup:
    """`to_svg` escapes every text it is given."""
    return Markup(to_svg(drawing))  # noqa: S704


def _scale(result: Result, width: float, language: Language) -> Drawing:
    bands = [Band(_("none"), 0)]
    named = width == WIDE
    bands += [
        Band(row.name.to(language) if named else str(row.number), row.score_needed)
        for row in result.ladder
    ]
    title = _("Points on the scale of the levels")
    return score_scale(floored(result.score), result.full, bands, width, language, title)


def _radar(result: Result, language: Language) -> Markup:
    if len(result.axes) < LEAST_SPOKES:
        return Markup()
    spokes = [Spoke(axis.title.to(language), axis.own, axis.peers) for axis in result.axes]
    return _svg(radar(spokes, 320, 250, language, _("Profile by field, in percent of full points")))


def _scenes(result: Result, language: Language) -> Drawing:
    tiles = [
        Tile(scene.title.to(language), scene.chain.to(language), scene.level, scene.binding)
        for scene in result.scenes
    ]
    title = _("Business scenes by level, 0 to 4; ★ binding")
    return heat_map(tiles, WIDE, language, title, "–")


def _strips(peers: Peers, width: float, language: Language) -> Markup:
    if not peers.ranks:
        return Markup()
    strips = [
        Strip(row.title.to(language), row.rank, f"{points(row.points)} / {points(row.full)}")
        for row in peers.ranks
    ]
    title = _("Percentile among the peers: 50 is the middle, higher is better")
    return _svg(percentile_strips(strips, width, language, title, _("too few peers")))


def _gantt(plan: Plan, language: Language) -> Markup:
    if not plan.bars:
        return Markup()
    tasks = [
        Task(bar.name.to(language), bar.start, bar.months, f"{bar.cost:g}") for bar in plan.bars
    ]
    years = [_("Year %(number)s", number=year) for year in range(1, plan.years + 1)]
    quarters = [_("Q%(number)s", number=quarter) for quarter in range(1, 5)]
    drawing = gantt(
        tasks, years, WIDE, language, _("Timetable"), quarters=quarters, figures=_("CNY 10,000")
    )
    return _svg(drawing)
