"""A curve of a bulletin as a chart, and its numbers as a table."""

from __future__ import annotations

from questionnaires.text import Language
from reports.bulletins.model import Curve, Grid, Point
from reports.drawings.curve import Curve as Shares
from reports.drawings.curve import draw_curve
from reports.drawings.shapes import Drawing
from reports.phrases import Phrasebook

say = Phrasebook("bulletins")

CHART = 150.0
HEADS = ("day", "done", "of", "share", "planned")


def as_table(curve: Curve) -> Grid:
    """What the chart shows, a line a day."""
    return Grid(
        curve.title,
        tuple(say(f"curve.{head}") for head in HEADS),
        (0.28, 0.18, 0.18, 0.18, 0.18),
        tuple(
            (
                one.day.isoformat(),
                str(one.done),
                str(one.due),
                _per_cent(share_of(one)),
                _per_cent(one.planned),
            )
            for one in curve.points
        ),
        frozenset({1, 2, 3, 4}),
    )


def as_drawing(curve: Curve, width: float, language: Language) -> Drawing:
    """The chart, `width` points wide."""
    plan = [(one.day, one.planned) for one in curve.points if one.planned is not None]
    reached = [(one.day, share_of(one) or 0.0) for one in curve.points]
    return draw_curve(Shares(reached, plan), width, CHART, curve.title.to(language))


def share_of(point: Point) -> float | None:
    """Done per cent of what is due, cut after the first decimal."""
    return point.done * 1000 // point.due / 10 if point.due else None


def _per_cent(share: float | None) -> str:
    return say("none").zh if share is None else f"{int(share * 10) / 10:.1f}%"
