"""What is given to a question on a page, understood by the rules of every answer sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from diagnose.web.assessments.fields import (
    NOT_APPLICABLE,
    STATES,
    UNKNOWN,
    legible,
    legibly,
)
from questionnaires.check import check_answer
from questionnaires.kinds import KINDS
from questionnaires.model import Question, Questionnaire
from questionnaires.rates import followed
from questionnaires.text import Text

CONTRADICTION = Text(
    "既作了答，又选了“不清楚”或“不适用”，请只留一个。",
    "There is an answer and also “I do not know” or “does not apply”; keep only one of them.",
)


class Said(BaseModel):
    """What the fields of one question hold: values and states, and why it does not apply."""

    given: list[str] = []
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Answers to keep (None: taken back), and what is wrong with the others."""

    answers: Mapping[str, object]
    problems: Mapping[str, Text]


def gather(said: Iterable[tuple[Question, Said]]) -> Given:
    """The answers that can be taken, each in the one form in which it is kept."""
    answers: dict[str, object] = {}
    problems: dict[str, Text] = {}
    for question, held in said:
        raw, wrong = _raw(question, held)
        wrong = wrong or check_answer(question, raw)
        if wrong:
            problems[question.id] = wrong
        else:
            answers[question.id] = _plainly(question, raw)
    return Given(answers, problems)


@dataclass(frozen=True, slots=True)
class Merged:
    """Kept answers with given ones: `after` is all that is kept then.

    `filled` are the rates that follow, `changed` what is to be written (None: taken back).
    """

    after: Mapping[str, object]
    filled: Mapping[str, object]
    changed: Mapping[str, object]


def merge(
    questionnaire: Questionnaire, kept: Mapping[str, object], given: Mapping[str, object]
) -> Merged:
    """What becomes of kept answers when others are given."""
    after = {q: raw for q, raw in {**kept, **given}.items() if raw is not None}
    filled = followed(questionnaire, kept, after)
    after |= filled
    touched = {*given, *filled}
    changed = {q: after.get(q) for q in touched if after.get(q) != kept.get(q)}
    return Merged(after, filled, changed)


def spoken(raw: object) -> Said:
    """A kept answer as the fields of its question hold it."""
    if raw is None:
        return Said()
    if isinstance(raw, Mapping):
        state = UNKNOWN if raw["state"] == "unknown" else NOT_APPLICABLE
        return Said(given=[state], reason=raw.get("reason", ""))
    return Said(given=[spelt(value) for value in (raw if isinstance(raw, list) else [raw])])


def spelt(raw: object) -> str:
    """One kept value as a field shows it."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return f"{raw:.15g}" if isinstance(raw, float) else str(raw)


def _raw(question: Question, said: Said) -> tuple[object, Text | None]:
    """The answer as answer sheets hold it (None: nothing), and what is wrong.

    An answer and a state at once contradict each other: the visitor has to choose.
    """
    given = legible(said.given)
    values = [value for value in given if value not in STATES]
    states = [value for value in given if value in STATES]
    if len(states) + bool(values) > 1:
        return None, CONTRADICTION
    if states == [UNKNOWN]:
        return {"state": "unknown"}, None
    if states == [NOT_APPLICABLE]:
        return {"state": "not_applicable", "reason": legibly(said.reason)}, None
    if not values:
        return None, None
    return (values if question.kind == "multi" else values[0]), None


def _plainly(question: Question, raw: object) -> object:
    if raw is None or isinstance(raw, Mapping):
        return raw
    kind = KINDS[question.kind]
    value = kind.read(question, raw)
    return None if kind.is_blank(value) else kind.write(question, value)
