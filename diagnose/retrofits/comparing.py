"""What an assessment before the works and one after them came to, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from diagnose.pool import read_sheets
from diagnose.reading import judge, questionnaire, standard
from diagnose.records import Acceptance, Assessment
from models.scoring.results import Scores
from questionnaires.check import check_rows
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


def compare(session: Session, acceptance: Acceptance | None) -> Sequence[Compared]:
    """The lines of an acceptance; none where a sheet is missing or cannot be judged any more."""
    if acceptance is None or acceptance.before_id is None or acceptance.after_id is None:
        return ()
    before = _scored(session, acceptance.before_id)
    after = _scored(session, acceptance.after_id)
    return _lines(before, after) if len(before) and len(after) else ()


def _scored(session: Session, assessment_id: int) -> Scores:
    """The scores of one sheet, of none where it cannot be judged; each firm has one in a file."""
    chosen = select(Assessment.id).where(col(Assessment.id) == assessment_id)
    return judge().scorer.score(check_rows(questionnaire(), read_sheets(session, chosen)).sheets)


def _lines(*scores: Scores) -> list[Compared]:
    parts = zip(standard().parts, *(each.parts[0].tolist() for each in scores), strict=True)
    binding = [int(each.binding_at[0, REACHED - 1]) for each in scores]
    reached = [int(each.scenes_at[0, REACHED - 1]) for each in scores]
    guiding = [have - bound for have, bound in zip(reached, binding, strict=True)]
    found = [Compared(part.title, before, after) for part, before, after in parts]
    return [*found, Compared(BINDING, *binding), Compared(GUIDING, *guiding)]
