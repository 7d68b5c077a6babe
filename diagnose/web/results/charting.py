"""What the charts in the browser are drawn from."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from diagnose.web.judging import points
from questionnaires.text import Language
from reports.dossier.model.findings import Axis, Peers, Result

LEAST_SPOKES = 3


def radar_data(result: Result, language: Language) -> dict[str, Any] | None:
    """The axes in per cent; None where there are too few for a radar."""
    if len(result.axes) < LEAST_SPOKES:
        return None
    lines = [{"name": _("This firm"), "values": [_percent(axis.own) for axis in result.axes]}]
    if result.axes_peers and all(axis.peers is not None for axis in result.axes):
        name = result.axes_peers.to(language)
        lines.append({"name": name, "values": [_percent(axis.peers) for axis in result.axes]})
    return {"axes": [_title(axis, language) for axis in result.axes], "lines": lines}


def _title(axis: Axis, language: Language) -> str:
    return axis.title.to(language)


def _percent(fraction: float | None) -> float:
    return round((fraction or 0.0) * 100, 1)


def peers_data(peers: Peers, language: Language) -> dict[str, Any] | None:
    """The ranks with what is known of each; None where nothing may be shown."""
    rows = [
        {
            "title": row.title.to(language),
            "rank": row.rank,
            "text": _(
                "%(points)s of %(full)s points", points=points(row.points), full=f"{row.full:g}"
            ),
            "median": ""
            if row.median is None
            else _("median %(points)s", points=points(row.median)),
        }
        for row in peers.ranks
        if row.rank is not None
    ]
    if not rows:
        return None
    return {"rows": rows, "name": _("Percentile"), "middle": _("The middle half of the firms")}
