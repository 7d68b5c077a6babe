"""Charts on pages: drawn wide and slim, of which a window shows the one that fits."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from reports.drawings.shapes import Drawing
from reports.drawings.svg import to_svg

WIDE, SLIM = 560.0, 270.0


def twice(draw: Callable[[float], Drawing]) -> Markup:
    """A chart for wide windows and for slim ones; the drawer escapes every text itself."""
    wide, slim = (Markup(to_svg(draw(width))) for width in (WIDE, SLIM))  # noqa: S704
    shown = Markup('<div class="chart-wide">{}</div><div class="chart-slim">{}</div>')
    return shown.format(wide, slim)
