"""Random answer sheets of sme-2024 for planning: all states, sizes, budgets and industries."""

from __future__ import annotations

import numpy as np

import questionnaires
from models.scoring import load_standard
from questionnaires.sheets import Firms, Sheets, State

STANDARD = load_standard("sme-2024")
QUESTIONNAIRE = questionnaires.load("sme-2024")
JUDGED = [item.question for item in STANDARD.items] + [s.question for s in STANDARD.scenes]
COUNTS = ["equipment_digital", "equipment_networked"]
BLANK = {"single": -1, "multi": -1, "yesno": -1, "date": -1, "text": ""}
DTYPE = {"single": np.int8, "multi": np.int32, "yesno": np.int8, "date": np.int32, "text": object}


def random_sheets(seed, n=1, *, gaps=0.1, keen=None):
    """`n` random firms; `keen` fixes how far they are (0…1), else every firm differs."""
    rng = np.random.default_rng(seed)
    far = rng.random(n) if keen is None else np.full(n, keen)
    columns = [_column(question, far, rng) for question in QUESTIONNAIRE.questions]
    states = np.zeros((n, len(columns)), np.int8)
    sheets = Sheets(QUESTIONNAIRE, _firms(n, rng), states, tuple(columns), np.zeros(n, int), {})
    for id_ in JUDGED:
        fate = rng.random(n)
        given = np.where(fate < gaps, State.UNANSWERED, State.ANSWERED)
        states[:, QUESTIONNAIRE.index[id_]] = np.where(fate > 1 - gaps / 3, State.UNKNOWN, given)
    for id_ in ["pains", "software", "production_type"]:
        states[rng.random(n) < 0.6, QUESTIONNAIRE.index[id_]] = State.ANSWERED
    budget = rng.random(n) < 0.5
    sheets.column("budget_per_year")[:] = np.where(
        budget, rng.lognormal(3.5, 1, n).round(1), np.nan
    )
    states[budget, QUESTIONNAIRE.index["budget_per_year"]] = State.ANSWERED
    counted = rng.random(n) < 0.5
    sheets.column("equipment_total")[:] = np.where(counted, rng.integers(1, 90, n), np.nan)
    for id_ in COUNTS:
        share = rng.random(n)
        sheets.column(id_)[:] = np.floor(share * sheets.column("equipment_total"))
    for id_ in ["equipment_total", *COUNTS]:
        states[counted, QUESTIONNAIRE.index[id_]] = State.ANSWERED
    return sheets


def _column(question, far, rng):
    n = len(far)
    if question.kind == "single":
        steps = len(question.options)
        return np.clip((far + rng.normal(0, 0.25, n)) * steps, 0, steps - 1).astype(np.int8)
    if question.kind == "multi":
        bits = np.zeros(n, np.int32)
        excluding = 0
        for at, option in enumerate(question.options):
            bits |= np.where((rng.random(n) < far) & (not option.excludes), 1 << at, 0)
            excluding |= option.excludes << at
        return np.where(bits == 0, excluding, bits).astype(np.int32)
    blank = BLANK.get(question.kind, np.nan)
    return np.full(n, blank, DTYPE.get(question.kind, np.float64))


def _firms(n, rng):
    text = np.full(n, "", object)
    return Firms(
        uscc=text,
        name=text,
        industry=np.array([str(code) for code in rng.choice(["3484", "26", "13", ""], n)], object),
        region=text,
        employees=np.where(rng.random(n) < 0.9, rng.integers(5, 1500, n), np.nan),
        revenue=np.where(rng.random(n) < 0.8, rng.lognormal(8.5, 1.2, n).round(1), np.nan),
    )


def answers_of(sheets, row):
    """The answered questions of one firm: question → option ids, or the number given."""
    answers = {}
    for at, question in enumerate(QUESTIONNAIRE.questions):
        if sheets.states[row, at] != State.ANSWERED:
            continue
        value = sheets.columns[at][row]
        if question.kind == "single":
            answers[question.id] = {question.options[value].id}
        elif question.kind == "multi":
            options = enumerate(question.options)
            answers[question.id] = {option.id for bit, option in options if value >> bit & 1}
        else:
            answers[question.id] = float(value)
    return answers
