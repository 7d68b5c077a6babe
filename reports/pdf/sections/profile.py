"""Who the firm is, as it stated itself."""

from __future__ import annotations

from reports.dossier.model.front import Fact, Profile
from reports.pdf.blocks import Block, TextBlock
from reports.pdf.containers import Stack
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, Column
from reports.pdf.theme import CELL, CELL_BOLD, SMALL, Style, span


def profile_blocks(setter: Setter, profile: Profile) -> list[Block]:
    """A lead, the facts as a table, remarks."""
    return [
        setter.chapter("profile"),
        setter.text(profile.lead),
        *setter.facts(profile.facts),
        *setter.texts(profile.remarks),
    ]
