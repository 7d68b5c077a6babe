"""Small marks that sections share."""

from __future__ import annotations

from dataclasses import replace

from reports.palette import ACCENT, WARN
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X
from reports.pdf.theme import CELL


def tick(setter: Setter, met: bool, text: str, width: float) -> Block:
    """A table cell of a condition: a tick where it is met, a cross and the warning tone if not."""
    style = replace(CELL, color=ACCENT if met else WARN, bold=not met)
    return setter.text(("✓ " if met else "× ") + text, style, width - 2 * PAD_X)
