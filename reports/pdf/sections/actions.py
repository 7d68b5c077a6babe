"""The first 90 days."""

from __future__ import annotations

from reports.dossier.model.plans import Action, Actions
from reports.pdf.blocks import Block
from reports.pdf.containers import Stack
from reports.pdf.setter import Setter
from reports.pdf.tables import PAD_X, Cell, Column
from reports.pdf.theme import CELL, CELL_BOLD, WIDTH

WHAT = WIDTH * 0.46


def actions_blocks(setter: Setter, actions: Actions) -> list[Block]:
    """A lead and the list."""
    columns = [
        Column(setter.word("column.days"), WIDTH * 0.14, style=CELL_BOLD),
        Column(setter.word("column.action"), WHAT),
        Column(setter.word("column.owner"), WIDTH * 0.14),
        Column(setter.word("column.done_when"), WIDTH * 0.26),
    ]
    blocks: list[Block] = [setter.chapter("actions"), setter.text(actions.lead)]
    if actions.actions:
        rows = [_action(setter, action) for action in actions.actions]
        blocks += setter.table(setter.phrase("actions"), columns, rows)
    return blocks


def _action(setter: Setter, action: Action) -> list[Cell]:
    first, last = action.days
    width = WHAT - 2 * PAD_X
    what = [setter.text(action.title, CELL_BOLD, width), setter.text(action.text, CELL, width)]
    return [
        setter.phrase("days", first=first, last=last),
        Stack(what, width),
        setter.say(action.owner),
        setter.say(action.done_when),
    ]
