"""Where findings are likely: the weakest scenes and questions of the verified sheet.

A suggestion names where to look and what the sheet says. It is no fact: the consultant writes it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from diagnose.web.verification.sheets import Row, Verified
from models.standard import Standard
from questionnaires.text import Text

MOST = 6
WEAK = 0.5  # of what the question can give


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to look into, with its scene ('' where it is none)."""

    question: str
    scene: str
    title: Text
    row: Row


def suggestions(read: Verified, standard: Standard, covered: Collection[str]) -> list[Suggestion]:
    """The weakest answers that no finding rests on yet, binding scenes first."""
    scenes = {scene.question: scene for scene in standard.scenes}
    titles = {item.question: item.title for item in standard.items}
    titles |= {scene.question: scene.title for scene in standard.scenes}
    weak = [
        row
        for id_, row in read.rows.items()
        if id_ in titles and id_ not in covered and row.share is not None and row.share < WEAK
    ]

    def urgency(row: Row) -> tuple[bool, float, int]:
        scene = scenes.get(row.question.id)
        return not (scene and scene.binding), row.share or 0.0, row.number

    return [
        Suggestion(
            row.question.id,
            row.question.id if row.question.id in scenes else "",
            titles[row.question.id],
            row,
        )
        for row in sorted(weak, key=urgency)[:MOST]
    ]
