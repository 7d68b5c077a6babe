"""How the diagnosis was made, and what it cannot say."""

from __future__ import annotations

from reports.dossier.model.front import Basis
from reports.pdf.blocks import Block
from reports.pdf.sections.facts import fact_table
from reports.pdf.setter import Setter
from reports.pdf.theme import CELL_FINE


def basis_blocks(setter: Setter, basis: Basis) -> list[Block]:
    """Leads, the steps taken, answers worth a second look, limits, versions."""
    flags = [setter.labelled(setter.say(flag.title), flag.text) for flag in basis.flags]
    return [
        setter.chapter("basis"),
        *setter.texts(basis.lead),
        setter.part("basis", "steps"),
        *setter.listed(basis.steps, numbered=True),
        setter.part("basis", "flags"),
        setter.text(basis.flags_text),
        *flags,
        setter.part("basis", "limits"),
        *setter.listed(basis.limits),
        setter.part("basis", "versions"),
        fact_table(setter, basis.versions, style=CELL_FINE),
    ]
