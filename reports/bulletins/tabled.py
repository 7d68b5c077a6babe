"""The numbers of a curve as a table."""

from __future__ import annotations

from reports.bulletins.model import Curve, Grid, Point
from reports.phrases import Phrasebook

say = Phrasebook("bulletins")

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


def share_of(point: Point) -> float | None:
    """Done per cent of what is due, cut after the first decimal."""
    return point.done * 1000 // point.due / 10 if point.due else None


def _per_cent(share: float | None) -> str:
    return say("none").zh if share is None else f"{int(share * 10) / 10:.1f}%"
