"""Answer sheets of sme-2024 from raw JSON answers, and random ones with gaps."""

from __future__ import annotations

import numpy as np
from plain_scoring import BINDING, GUIDING, MULTI, PARTS, RATES, SINGLE

from questionnaires.model import Option, Question, Questionnaire, Section
from questionnaires.sheets import Firms, Sheets, State
from questionnaires.text import Text

STATES = {"unknown": State.UNKNOWN, "n/a": State.NOT_APPLICABLE, "off_route": State.OFF_ROUTE}
COUNTS = ["equipment_total", "equipment_digital", "equipment_networked"]
SCENES = BINDING + GUIDING
ITEMS = [question for questions in PARTS.values() for question in questions]
BLANK = {"single": -1, "multi": -1, "whole": np.nan}
DTYPE = {"single": np.int8, "multi": np.int32, "whole": np.float64}


def _question(id_):
    label = Text.of(id_)
    if id_ in COUNTS:
        return Question(id_, "whole", label)
    if id_ in MULTI:
        ids, kind = ["none", *MULTI[id_]], "multi"
    else:
        ids, kind = (list(SINGLE[id_]) if id_ in SINGLE else list("01234")), "single"
    return Question(id_, kind, label, options=tuple(Option(o, Text.of(o)) for o in ids))


def sme_questionnaire(rng=None):
    """The questions that sme-2024 reads; with `rng`, they and their options in a random order."""
    questions = [_question(id_) for id_ in COUNTS + ITEMS + SCENES]
    if rng is not None:
        questions = [
            Question(q.id, q.kind, q.label, options=tuple(rng.permutation(q.options)))
            for q in rng.permutation(np.array(questions, object))
        ]
    section = Section("all", Text.of("all"), tuple(questions))
    return Questionnaire("sme-2024", "0.0.0", Text.of("sme"), (section,), "")


def sheets_of(questionnaire, answers):
    """Sheets of the raw answers, one firm each. A state may carry the value it hides."""
    n = len(answers)
    states = np.zeros((n, len(questionnaire.questions)), np.int8)
    columns = tuple(
        np.full(n, BLANK[question.kind], DTYPE[question.kind])
        for question in questionnaire.questions
    )
    for row, sheet in enumerate(answers):
        for id_, answer in sheet.items():
            at, question = questionnaire.index[id_], questionnaire[id_]
            states[row, at] = STATES[answer["state"]] if isinstance(answer, dict) else 1
            value = answer.get("value") if isinstance(answer, dict) else answer
            if value is not None:
                columns[at][row] = _encode(question, value)
    return Sheets(questionnaire, firms(n), states, columns, np.zeros(n, np.int64), {})


def _encode(question, value):
    if question.kind == "multi":
        return sum(1 << question.option_index[chosen] for chosen in value)
    return question.option_index[value] if question.options else value


def firms(n):
    text = np.full(n, "", object)
    return Firms(text, text, text, text, np.full(n, np.nan), np.full(n, np.nan))


def random_answers(rng, gaps=0.1, keen=1):
    """One firm's raw answers: all kinds of states, counts with and without bands.

    Each single choice is the best of `keen` draws.
    """
    answers = {"equipment_total": int(rng.integers(0, 60))}
    for counted in RATES.values():
        answers[counted] = int(rng.integers(0, answers["equipment_total"] + 1))
    for id_ in ITEMS + SCENES:
        answers[id_] = _random_answer(rng, id_, keen)
    for id_ in list(answers):
        fate = rng.random()
        if fate < gaps:
            del answers[id_]
        elif fate < 1.6 * gaps:
            state = str(rng.choice(list(STATES)))
            answers[id_] = {"state": state, "value": answers[id_]}
    return answers


def _random_answer(rng, id_, keen):
    if id_ in MULTI:
        share = rng.random(keen).max()
        return [option for option in MULTI[id_] if rng.random() < share] or ["none"]
    options = list(SINGLE[id_]) if id_ in SINGLE else list("01234")
    return options[rng.integers(0, len(options), keen).max()]
