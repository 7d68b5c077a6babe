"""What the parts of an analysis are called, and how its charts are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from diagnose.analysis.levels import Moved, Spread
from diagnose.analysis.providers import Ratio
from diagnose.analysis.scenes import MOST_LEVEL
from diagnose.coverage.counting import tenths
from diagnose.needs.matching import scene_titles
from diagnose.reading import standard
from diagnose.records import Basis
from diagnose.web.charts import twice
from diagnose.web.judging import size_name
from diagnose.web.languages import language, told
from models.firms import industry_name
from reports.drawings.bars import Measure, points_bars
from reports.drawings.stacked import Layer, stacked_bars

TINTS = 5


def bases() -> Mapping[Basis, str]:
    """Whose answers were judged, in words."""
    return {Basis.SELF: _("self-assessed"), Basis.VERIFIED: _("verified")}


def parts() -> Mapping[str, str]:
    """The parts of a district."""
    return {
        "division": _("By industry"),
        "size": _("By size"),
        "street": _("By street or park"),
    }


def part_name(part: str, key: str) -> str:
    """What one part is called."""
    if part == "division":
        return told(industry_name(key))
    if part == "size":
        return told(size_name(int(key)))
    return key or str(_("Street not given"))


def scene_name(scene: str) -> str:
    """What a scene is called."""
    return told(scene_titles()[scene])


def percent(part: float, whole: float) -> str:
    """A share in per cent, cut to one decimal; – of nothing."""
    cut = tenths(int(part), int(whole))
    return "–" if cut is None else f"{cut:.1f}\N{NO-BREAK SPACE}%"


def ratio(found: Ratio) -> str:
    """A share with what it is a share of."""
    return f"{percent(found.part, found.whole)} ({found.part}/{found.whole})"


def level_chart(rows: Sequence[tuple[str, Spread]], title: str) -> Markup:
    """The levels of several parts, a bar each."""
    layers = [
        Layer(name, None if spread.counts is None else spread.counts.tolist())
        for name, spread in rows
    ]
    names = [told(name) for name in standard().level_names]
    return twice(lambda width: stacked_bars(layers, width, language(), title, names))


def scene_chart(means: Sequence[tuple[str, float]], title: str) -> Markup:
    """Mean levels of scenes against the highest."""
    measures = [
        Measure(name, round(mean * MOST_LEVEL, 2), MOST_LEVEL, f"{int(mean * 1000) / 10:.1f}")
        for name, mean in means
    ]
    return twice(lambda width: points_bars(measures, width, language(), title))


def share_chart(rows: Sequence[tuple[str, int, int]], title: str) -> Markup:
    """Parts of wholes, a bar each."""
    measures = [
        Measure(name, part, whole, f"{tenths(part, whole) or 0:.1f}") for name, part, whole in rows
    ]
    return twice(lambda width: points_bars(measures, width, language(), title))


def tint(share: float) -> int:
    """How dark the cell of a share is, 0…4."""
    return min(TINTS - 1, int(share * TINTS))


def moves_said(moved: Moved) -> str:
    """How many rose, stayed and fell, with what they are shares of."""
    return str(
        _(
            "%(up)s rose, %(same)s stayed, %(down)s fell; %(n)s firms judged in both years of "
            "%(of)s judged in %(year)s (%(share)s)",
            up=moved.up,
            same=moved.same,
            down=moved.down,
            n=moved.n,
            of=moved.of,
            year=moved.after,
            share=percent(moved.n, moved.of),
        )
    )
