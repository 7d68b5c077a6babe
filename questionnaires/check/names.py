"""Names that are neither firm fields nor questions of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from questionnaires.firmfields import FIELD_IDS
from questionnaires.model import Questionnaire
from questionnaires.normal import shown
from questionnaires.problems import UNKNOWN_FIELD, UNKNOWN_QUESTION, Problem, hint
from questionnaires.text import Text

MOST_NAMES = 20  # told of one row; a line can hold a hundred thousand
_ALLOWED = Text("、".join(FIELD_IDS), ", ".join(FIELD_IDS))


def unknown_names(
    questionnaire: Questionnaire, firm: Mapping[str, object], answers: Mapping[str, object]
) -> Iterator[tuple[str, object, Problem]]:
    """The first unknown names of the firm block and of the answers, with value and problem."""
    strange = (name for name in firm if name not in FIELD_IDS)
    for name in islice(strange, MOST_NAMES):
        problem = UNKNOWN_FIELD.of(value=name, allowed=_ALLOWED, hint=hint(name, FIELD_IDS))
        yield shown(name), firm[name], problem
    ids = tuple(questionnaire.index)
    strange = (name for name in answers if name not in questionnaire.index)
    for name in islice(strange, MOST_NAMES):
        told = {"value": name, "questionnaire": questionnaire.id, "hint": hint(name, ids)}
        yield shown(name), answers[name], UNKNOWN_QUESTION.of(**told)
