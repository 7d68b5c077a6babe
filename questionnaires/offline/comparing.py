"""What a form that comes back would change, beside what has changed here since it was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from questionnaires.model import Question, Questionnaire
from questionnaires.offline.reading import FormReading


class Change(StrEnum):
    """Who changed an answer since the form was taken along."""

    FILE = "file"
    BOTH = "both"
    SERVICE = "service"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class Difference:
    """One question on which the service and the form disagree; None is no answer.

    `was` is the answer when the form was taken along.
    """

    question: Question
    kept: object
    given: object
    was: object
    change: Change

    @property
    def proposed(self) -> bool:
        """Whether taking the form's answer is what was surely meant."""
        return self.change == Change.FILE


def differences(
    questionnaire: Questionnaire, reading: FormReading, kept: Mapping[str, object]
) -> tuple[Difference, ...]:
    """Where the form's answers differ from those `kept`, in the order of the questions."""
    found = []
    for question in questionnaire.questions:
        if question.id not in reading.answers:
            continue
        given, held = reading.answers[question.id], kept.get(question.id)
        if _same(given, held):
            continue
        was = reading.was.get(question.id)
        found.append(Difference(question, held, given, was, _change(held, given, was)))
    return tuple(found)


def _change(kept: object, given: object, was: object) -> Change:
    if _same(given, was):
        return Change.SERVICE
    if not _same(kept, was):
        return Change.BOTH
    return Change.EMPTIED if given is None else Change.FILE


def _same(one: object, other: object) -> bool:
    """Equal, and true not taken for 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
