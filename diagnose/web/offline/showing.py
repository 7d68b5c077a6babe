"""The list of differences in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from diagnose.web.assessments.wording import in_words
from diagnose.web.languages import language
from questionnaires.model import Question, Questionnaire
from questionnaires.offline import Difference

NOTES: Mapping[str, LazyString] = {
    "file": _l("Changed in the form"),
    "both": _l("Changed in the form and here; which one holds?"),
    "service": _l("Changed here after the form was downloaded; the form has the older answer"),
    "emptied": _l("Emptied in the form; taking it over deletes the answer here"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the list; `calm` where taking it over is surely what was meant."""

    question: Question
    number: int
    kept: str
    given: str
    note: LazyString
    calm: bool
    ticked: bool


def rows_to_compare(
    questionnaire: Questionnaire, found: tuple[Difference, ...], ticked: set[str]
) -> list[Compared]:
    """The lines in the order of the questions."""
    return [
        Compared(
            question=difference.question,
            number=questionnaire.index[difference.question.id] + 1,
            kept=_words(difference.question, difference.kept),
            given=_words(difference.question, difference.given),
            note=NOTES[difference.change],
            calm=difference.proposed,
            ticked=difference.question.id in ticked,
        )
        for difference in found
    ]


def _words(question: Question, raw: object) -> str:
    words = in_words(question, raw, language())
    if isinstance(raw, Mapping) and raw.get("reason"):
        return f"{words}：{raw['reason']}" if language() == "zh" else f"{words}: {raw['reason']}"
    return words
