"""What an assessment before the works and one after them came to, part by part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from diagnose.pool import read_sheets
from diagnose.reading import judge, questionnaire, standard
from diagnose.records import Acceptance, Assessment
from questionnaires.check import RawSheet, check_rows
from questionnaires.text import Text

REACHED = 2
"""Scenes count from this level on, as pilot cities ask of a retrofit."""
BINDING = Text("达到二级及以上的约束性场景数", "Binding scenes at level 2 or above")
GUIDING = Text("达到二级及以上的指导性场景数", "Other scenes at level 2 or above")


@dataclass(frozen=True, slots=True)
class Compared:
    """One line: points of a part, or how many scenes."""

    title: Text
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Reached:
    """What one sheet came to: points by part, and the scenes that count."""

    parts: Mapping[str, float]
    binding: int
    guiding: int


def compare(session: Session, acceptance: Acceptance | None) -> Sequence[Compared]:
    """The lines of an acceptance; none where a sheet is missing or cannot be judged any more."""
    if acceptance is None or acceptance.before_id is None or acceptance.after_id is None:
        return ()
    found = reached_by_id(session, {acceptance.before_id, acceptance.after_id})
    before, after = found.get(acceptance.before_id), found.get(acceptance.after_id)
    return _lines(before, after) if before and after else ()


def reached_by_id(session: Session, ids: Collection[int]) -> Mapping[int, Reached]:
    """What sheets came to, by their id; those that cannot be judged any more are left out."""
    chosen = select(Assessment.id).where(col(Assessment.id).in_(ids))
    raw = read_sheets(session, chosen)
    known = dict(zip((sheet.line for sheet in raw), sorted(ids), strict=True))
    parts, found = [part.id for part in standard().parts], dict[int, Reached]()
    for layer in _layers(raw):
        sheets = check_rows(questionnaire(), layer).sheets
        scores = judge().scorer.score(sheets)
        scenes = scores.scenes_at[:, REACHED - 1].tolist()
        binding = scores.binding_at[:, REACHED - 1].tolist()
        rows = zip(sheets.lines.tolist(), scores.parts.tolist(), scenes, binding, strict=True)
        for line, points, some, bound in rows:
            by_part = dict(zip(parts, points, strict=True))
            found[known[line]] = Reached(by_part, bound, some - bound)
    return found


def _layers(sheets: Sequence[RawSheet]) -> Iterator[list[RawSheet]]:
    """The first sheet of each firm, then the second …: a firm has one in a file."""
    placed, layers = Counter[object](), defaultdict[int, list[RawSheet]](list)
    for sheet in sheets:
        layers[placed[sheet.firm["uscc"]]].append(sheet)
        placed[sheet.firm["uscc"]] += 1
    yield from layers.values()


def _lines(before: Reached, after: Reached) -> list[Compared]:
    parts = [
        Compared(part.title, before.parts[part.id], after.parts[part.id])
        for part in standard().parts
    ]
    scenes = [
        Compared(BINDING, before.binding, after.binding),
        Compared(GUIDING, before.guiding, after.guiding),
    ]
    return [*parts, *scenes]
