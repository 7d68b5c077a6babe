"""Who the firm is, as it stated itself."""

from __future__ import annotations

from reports.dossier.model.front import Profile
from reports.pdf.blocks import Block
from reports.pdf.sections.facts import fact_columns
from reports.pdf.setter import Setter


def profile_blocks(setter: Setter, profile: Profile) -> list[Block]:
    """A lead, the facts as a table, remarks."""
    return [
        setter.chapter("profile"),
        *setter.leading(profile.lead),
        *fact_columns(setter, profile.facts),
        *setter.texts(profile.remarks),
    ]
