"""QR codes as ink."""

from __future__ import annotations

from itertools import groupby

import segno

from reports.palette import INK
from reports.pdf.ink import Ink


def draw_qr(ink: Ink, content: str, x: float, y: float, size: float) -> None:
    """Draw a square code of `size` points with its top left corner at (x, y).

    Dark modules that touch in a row are one bar, so that no viewer shows seams between them.
    """
    rows = segno.make(content, error="m", micro=False).matrix
    module = size / len(rows)
    for at, row in enumerate(rows):
        place = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                left, top = x + place * module, y + at * module
                ink.rect(left, top, length * module, module * 1.02, INK)
            place += length
