"""How the diagnosis was made, and what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Text
from reports.dossier.model.front import Basis
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Stack
from reports.pdf.sections.facts import fact_table
from reports.pdf.setter import Setter
from reports.pdf.theme import CELL_FINE, H3, TEXT, span


def basis_blocks(setter: Setter, basis: Basis) -> list[Block]:
    """Leads, steps beside limits, answers worth a second look, versions."""
    flags = [setter.labelled(setter.say(flag.title), flag.text) for flag in basis.flags]
    lists = Columns(
        [
            _listed(setter, "steps", basis.steps, numbered=True),
            _listed(setter, "limits", basis.limits),
        ]
    )
    lists.after = 8
    return [
        setter.chapter("basis"),
        *setter.texts(basis.lead),
        lists,
        setter.part("basis", "flags"),
        setter.text(basis.flags_text),
        *flags,
        setter.part("basis", "versions"),
        fact_table(setter, basis.versions, style=CELL_FINE),
    ]


def _listed(setter: Setter, key: str, texts: Sequence[Text], *, numbered: bool = False) -> Block:
    width = span(6)
    head = setter.text(setter.word(f"part.{key}"), H3, width)
    return Stack([head, *setter.listed(texts, TEXT, width, numbered)], width)
