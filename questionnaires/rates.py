"""Shares of two counts: the answer that follows from them, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.kinds import KINDS
from questionnaires.model import Question, Questionnaire, Rate

ROUNDED = 0.5  # percent that a typed share may differ from the exact one


@dataclass(frozen=True, slots=True)
class Worked:
    """A share worked out: `part` of `whole`, and the answer it means (None: more than the whole).

    `answer` is in the form in which answers are kept: an option id, or a number of percent.
    """

    part: float
    whole: float
    answer: str | float | None

    @property
    def percent(self) -> float:
        """The share in percent, to two decimals."""
        return round(100 * self.part / self.whole, 2)

    def contradicts(self, said: object) -> bool:
        """Whether another answer was said, or the counts cannot be: a state says nothing."""
        if self.answer is None:
            return True
        if said is None or isinstance(said, Mapping):
            return False
        if isinstance(self.answer, str):
            return said != self.answer
        return isinstance(said, int | float) and abs(said - self.answer) > ROUNDED


def work_out(question: Question, answers: Mapping[str, object]) -> Worked | None:
    """What follows for a question from the counts among kept answers, None where they are not."""
    if question.rate is None:
        return None
    part, whole = answers.get(question.rate.part), answers.get(question.rate.whole)
    if not isinstance(part, int | float) or not isinstance(whole, int | float) or whole <= 0:
        return None
    if part > whole:
        return Worked(part, whole, None)
    return Worked(part, whole, _answer(question, question.rate, part, whole))


def followed(
    questionnaire: Questionnaire, before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, object]:
    """The rates that change as answers change from `before` to `after`, with their new answers.

    A rate follows its counts while nothing is said to it, or what its counts meant before.
    """
    found: dict[str, object] = {}
    for question in questionnaire.questions:
        worked = work_out(question, after)
        if worked is None or worked.answer in (None, after.get(question.id)):
            continue
        said, earlier = after.get(question.id), work_out(question, before)
        if said is None or (earlier and said == earlier.answer == before.get(question.id)):
            found[question.id] = worked.answer
    return found


def contradictions(
    questionnaire: Questionnaire, answers: Mapping[str, object]
) -> dict[str, Worked]:
    """The rates whose counts say something else than their answer, or cannot be."""
    worked = {question.id: work_out(question, answers) for question in questionnaire.questions}
    return {
        id_: found
        for id_, found in worked.items()
        if found is not None and found.contradicts(answers.get(id_))
    }


def _answer(question: Question, rate: Rate, part: float, whole: float) -> str | float:
    share = Fraction(part) / Fraction(whole)
    if question.options:
        return question.options[sum(share > bound for bound in rate.upto)].id
    written = KINDS[question.kind].write(question, round(float(100 * share), 2))
    assert isinstance(written, int | float)
    return written
