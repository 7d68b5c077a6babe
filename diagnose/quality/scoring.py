"""The quality score: each criterion with what was counted, and the red items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Any

from diagnose.quality.criteria import CRITERIA, Criteria, Criterion, Part
from questionnaires.text import Text

ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Share:
    """So many `counted` out of `of`; nothing out of nothing is nothing."""

    counted: int
    of: int

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.counted / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted in the records, by part, and the `red` items.

    `alike` is the highest likeness to another report, 0…1; None where nothing was written yet.
    """

    shares: Mapping[str, Share]
    alike: float | None = None
    red: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """One part: `points` of `full`, and the figures they come from, in words."""

    id: str
    points: float
    full: float
    note: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion: `points` of `full`."""

    id: str
    title: Text
    points: float
    full: float
    parts: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The score of 100, its marks, and what alone sends a report back."""

    score: float
    marks: tuple[Mark, ...]
    red: tuple[str, ...]
    accept: float = field(default=CRITERIA.accept)

    @property
    def good(self) -> bool:
        """Whether the report may go on."""
        return self.score >= self.accept and not self.red

    @property
    def red_texts(self) -> tuple[Text, ...]:
        """The red items in words."""
        return tuple(CRITERIA.red[id_] for id_ in self.red)

    def as_data(self) -> dict[str, Any]:
        """The form in which a report keeps it."""
        marks = [
            {
                "id": mark.id,
                "points": mark.points,
                "full": mark.full,
                "parts": [
                    {
                        "id": part.id,
                        "points": part.points,
                        "full": part.full,
                        "zh": part.note.zh,
                        "en": part.note.en,
                    }
                    for part in mark.parts
                ],
            }
            for mark in self.marks
        ]
        return {"score": self.score, "accept": self.accept, "red": [*self.red], "criteria": marks}


def quality_from(data: Mapping[str, Any]) -> Quality:
    """The quality that a report keeps, in words again."""
    marks = tuple(
        Mark(
            kept["id"],
            CRITERIA.criteria[kept["id"]].title,
            kept["points"],
            kept["full"],
            tuple(
                Counted(part["id"], part["points"], part["full"], Text(part["zh"], part["en"]))
                for part in kept["parts"]
            ),
        )
        for kept in data.get("criteria", ())
    )
    return Quality(
        data.get("score", 0.0), marks, tuple(data.get("red", ())), data.get("accept", 0.0)
    )


def score(facts: Facts, criteria: Criteria = CRITERIA) -> Quality:
    """Mark a report by what was counted."""
    marks = tuple(_mark(each, facts, criteria) for each in criteria.criteria.values())
    alike = (ALIKE,) if (facts.alike or 0.0) > criteria.limit else ()
    # Floored, so that a report just short of the mark does not read as having reached it.
    total = floor(sum(mark.points for mark in marks) * 10 + 1e-6) / 10
    return Quality(total, marks, (*facts.red, *alike), criteria.accept)


def _mark(criterion: Criterion, facts: Facts, criteria: Criteria) -> Mark:
    parts = tuple(_counted(part, facts, criteria) for part in criterion.parts)
    points = round(sum(part.points for part in parts), 2)
    return Mark(criterion.id, criterion.title, points, criterion.full, parts)


def _counted(part: Part, facts: Facts, criteria: Criteria) -> Counted:
    if part.id == ALIKE:
        if facts.alike is None:
            return Counted(part.id, 0.0, part.points, criteria.nothing_written)
        over = (facts.alike - criteria.free) / (criteria.limit - criteria.free)
        points = part.points * (1 - min(max(over, 0.0), 1.0))
        note = part.note.format(percent=floor(facts.alike * 100))
        return Counted(part.id, round(points, 2), part.points, note)
    share = facts.shares.get(part.id, Share(0, 0))
    points = part.points * min(share.value / part.enough, 1.0)
    note = part.note.format(counted=share.counted, of=share.of)
    return Counted(part.id, round(points, 2), part.points, note)
