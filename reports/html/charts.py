"""The charts of a report as SVG: the drawings of the print, in a wide and a slim form."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reports.dossier import Dossier
from reports.dossier.model.findings import Peers, RankRow, Result
from reports.dossier.model.plans import Investment, Plan
from reports.dossier.wording import number, percent
from reports.drawings.bars import Measure, points_bars
from reports.drawings.budget import Limit, YearBar, budget_bars
from reports.drawings.gantt import Task, gantt
from reports.drawings.heatmap import Tile, heat_map
from reports.drawings.radar import Spoke, radar
from reports.drawings.scale import Band, score_scale
from reports.drawings.shapes import Drawing
from reports.drawings.strips import Strip, percentile_strips
from reports.drawings.svg import to_svg
from reports.html.words import Words
from reports.points import points

WIDE, SLIM = 540.0, 270.0
LEAST_SPOKES = 3


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart under its title; `slim` is its form for narrow windows, None where it is swiped."""

    title: str
    wide: Markup
    slim: Markup | None = None


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of one report; None where there is nothing to draw."""

    scale: Chart
    parts: Chart
    radar: Chart | None
    scenes: Chart | None
    ranks: Chart | None
    gantt: Chart | None
    budget: Chart | None


def draw(dossier: Dossier, words: Words) -> Charts:
    """Draw all charts of a dossier."""
    result = dossier.result
    return Charts(
        scale=_twice(_scale(result, WIDE, words), _scale(result, SLIM, words)),
        parts=_twice(_parts(result, WIDE, words), _parts(result, SLIM, words)),
        radar=_once(_radar(result, words)) if len(result.axes) >= LEAST_SPOKES else None,
        scenes=_once(_scenes(result, words)) if result.scenes else None,
        ranks=_ranks(dossier.peers, words),
        gantt=_once(_gantt(dossier.plan, words)) if dossier.plan.bars else None,
        budget=_once(_budget(dossier.investment, words)) if dossier.investment.years else None,
    )


def _once(drawing: Drawing) -> Chart:
    return Chart(drawing.title, _svg(drawing))


def _twice(wide: Drawing, slim: Drawing) -> Chart:
    return Chart(wide.title, _svg(wide), _svg(slim))


def _svg(drawing: Drawing) -> Markup:
    """`to_svg` escapes every text it is given."""
    return Markup(to_svg(drawing))  # noqa: S704


def _scale(result: Result, width: float, words: Words) -> Drawing:
    named = width == WIDE
    bands = [Band(words.phrase("no_level") if named else "0", 0)]
    bands += [
        Band(words.say(row.name) if named else str(row.number), row.score_needed)
        for row in result.ladder
    ]
    title = words.phrase("scale", full=points(result.full))
    return score_scale(result.score, result.full, bands, width, words.language, title)


def _parts(result: Result, width: float, words: Words) -> Drawing:
    measures = [
        Measure(words.say(part.title), part.points, part.full, percent(part.points, part.full))
        for part in result.parts
    ]
    return points_bars(measures, width, words.language, words.phrase("parts"))


def _radar(result: Result, words: Words) -> Drawing:
    spokes = [Spoke(words.say(axis.title), axis.own, axis.peers) for axis in result.axes]
    return radar(spokes, 340, 250, words.language, words.phrase("radar"))


def _scenes(result: Result, words: Words) -> Drawing:
    tiles = [
        Tile(words.say(scene.title), words.say(scene.chain), scene.level, scene.binding)
        for scene in result.scenes
    ]
    return heat_map(tiles, WIDE, words.language, words.phrase("heatmap"), words.phrase("unknown"))


def _ranks(peers: Peers, words: Words) -> Chart | None:
    if not peers.ranks or peers.circle is None:
        return None
    return _twice(_strips(peers, WIDE, words), _strips(peers, SLIM, words))


def _strips(peers: Peers, width: float, words: Words) -> Drawing:
    strips = [
        Strip(words.say(row.title), row.rank, _figures(row, width, words)) for row in peers.ranks
    ]
    title = words.phrase("strips", circle=peers.circle, others=peers.others)
    return percentile_strips(strips, width, words.language, title, words.phrase("few"))


def _figures(row: RankRow, width: float, words: Words) -> str:
    values = {"points": points(row.points), "full": points(row.full)}
    if width == SLIM:
        return words.phrase("of", have=values["points"], required=values["full"])
    if row.median is None:
        return words.phrase("strips_plain", **values)
    return words.phrase("strips_figures", **values, median=number(round(row.median, 1)))


def _gantt(plan: Plan, words: Words) -> Drawing:
    tasks = [
        Task(words.say(bar.name), bar.start, bar.months, number(bar.cost)) for bar in plan.bars
    ]
    years = [words.phrase("year", year=year) for year in range(1, max(plan.years, 1) + 1)]
    quarters = [words.phrase("quarter", quarter=quarter) for quarter in range(1, 5)]
    return gantt(
        tasks,
        years,
        WIDE,
        words.language,
        words.phrase("gantt"),
        quarters=quarters,
        figures=words.phrase("gantt_cost"),
    )


def _budget(investment: Investment, words: Words) -> Drawing:
    bars = [
        YearBar(words.phrase("year", year=year.year), year.low, year.mid, year.high)
        for year in investment.years
    ]
    limits = _limits(investment, words)
    return budget_bars(bars, limits, WIDE, 150, words.language, words.phrase("budget"))


def _limits(investment: Investment, words: Words) -> list[Limit]:
    if not investment.revenue:
        return []
    lines = (("rule", investment.rule, False), ("warn", investment.warn, True))
    return [
        Limit(
            words.phrase(
                key,
                share=f"{share:.0%}",
                amount=number(round(share * investment.revenue, 1)),
            ),
            share * investment.revenue,
            firm,
        )
        for key, share, firm in lines
    ]
