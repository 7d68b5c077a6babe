"""A fictional district: firms, what they truly are, and the sheets they hand in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import questionnaires
from diagnose.fictional.content import content
from diagnose.fictional.faults import (
    BOAST,
    SKIPPED,
    UNKNOWN,
    Faults,
    answer_carelessly,
    finished_until,
)
from diagnose.fictional.firms import Population, draw_firms
from diagnose.fictional.scored import Columns, answer_scored, count_equipment
from diagnose.fictional.tendencies import Difficulty, Groups, draw_tendencies
from diagnose.fictional.unscored import NEWEST, answer_unscored
from questionnaires.kinds import KINDS
from questionnaires.model import Questionnaire
from questionnaires.routing import routed
from questionnaires.sheets import Sheets, State

QUESTIONNAIRE = "sme-2024"
DESIGN = "scene_product_design"
TRENDS = ("energy_trend", "quality_trend", "revenue_per_head_trend", "unit_cost_trend")


@dataclass(frozen=True)
class District:
    """Sheets of n fictional firms and what is true of them, (n,) each.

    `truth` the archetype (0 throughout where there are no groups); which firms answered without
    reading (`careless`), too well (`boastful`), or stopped on the way (`half_finished`).
    """

    sheets: Sheets
    truth: NDArray[np.int64]
    careless: NDArray[np.bool_]
    boastful: NDArray[np.bool_]
    half_finished: NDArray[np.bool_]


def district(
    firms: int = 300,
    seed: int = 0,
    *,
    difficulty: Difficulty = "base",
    groups: Groups = 4,
    careless: float = 0.05,
    boastful: float = 0.07,
    half_finished: float = 0.08,
) -> District:
    """Draw a district of firms that answer sme-2024; the same seed gives the same district.

    `groups` is how many archetypes the firms fall into (1 to 5), or "continuum": shapes without
    groups. In a "hard" district the archetypes lie nearer together, overlap, and differ more in
    size and spread, and the level is skewed.
    """
    rng = np.random.default_rng(seed)
    questionnaire = questionnaires.load(QUESTIONNAIRE)
    population = draw_firms(firms, seed, rng)
    faults = Faults.draw(firms, careless, boastful, half_finished, rng)
    tendencies = draw_tendencies(population.level, groups, difficulty, rng)
    tendencies.lean[faults.boastful] += np.float32(BOAST)
    scored = answer_scored(questionnaire, tendencies, rng)
    counts = count_equipment(scored, population.firms.employees, rng)
    unscored = answer_unscored(questionnaire, population, scored, rng)
    answer_carelessly(questionnaire, scored, faults.careless, rng)
    for column in counts.values():
        column[faults.careless > 0] = np.nan
    answers = scored | counts | unscored
    sheets = _sheets(questionnaire, population, answers)
    sheets = _gaps(
        sheets, list(scored), finished_until(questionnaire, faults.half_finished, rng), rng
    )
    sheets = routed(_not_applicable(sheets, population, rng))
    return District(
        sheets, tendencies.truth, faults.careless > 0, faults.boastful, faults.half_finished
    )


def _sheets(questionnaire: Questionnaire, population: Population, answers: Columns) -> Sheets:
    columns, states = [], []
    for question in questionnaire.questions:
        kind = KINDS[question.kind]
        column = answers[question.id].astype(kind.dtype)
        columns.append(column)
        states.append(np.where(kind.answered(column), State.ANSWERED, State.UNANSWERED))
    firms = population.firms
    return Sheets(
        questionnaire=questionnaire,
        firms=firms,
        states=np.array(states, dtype=np.int8).T.copy(),
        columns=tuple(columns),
        lines=np.zeros(len(firms), dtype=np.int64),
        reasons={},
    )


def _gaps(
    sheets: Sheets, scored: list[str], begun: NDArray[np.bool_], rng: np.random.Generator
) -> Sheets:
    """Some scored answers unknown or skipped; nothing after a half-finished sheet's end."""
    states = sheets.states.copy()
    for question in scored:
        chance = rng.random(len(states), dtype=np.float32)
        column = states[:, sheets.questionnaire.index[question]]
        column[chance < UNKNOWN + SKIPPED] = State.UNKNOWN
        column[chance < SKIPPED] = State.UNANSWERED
    states[~begun] = State.UNANSWERED
    return _blanked(replace(sheets, states=states))


def _not_applicable(sheets: Sheets, population: Population, rng: np.random.Generator) -> Sheets:
    """Firms that design nothing, and young firms without a year to compare with."""
    n = len(sheets)
    reasons = content("firms")["reasons"]
    chance = np.array([each["design"] for each in content("firms")["industries"]])
    without_design = rng.random(n) < chance[population.industry]
    young = sheets.column("founded") >= NEWEST
    states, why = sheets.states.copy(), dict(sheets.reasons)
    for question, rows, reason in [
        (DESIGN, without_design, reasons["design"]),
        *((trend, young, reasons["young"]) for trend in TRENDS),
    ]:
        at = sheets.questionnaire.index[question]
        said = np.flatnonzero(rows & (states[:, at] == State.ANSWERED))
        states[said, at] = State.NOT_APPLICABLE
        why |= dict.fromkeys(((row, at) for row in said.tolist()), reason)
    return _blanked(replace(sheets, states=states, reasons=why))


def _blanked(sheets: Sheets) -> Sheets:
    """The sheets with the blank wherever there is no answer."""
    columns: list[NDArray[Any]] = []
    for at, (question, column) in enumerate(
        zip(sheets.questionnaire.questions, sheets.columns, strict=True)
    ):
        blank = KINDS[question.kind].blank
        columns.append(np.where(sheets.states[:, at] == State.ANSWERED, column, blank))
    dtypes = [column.dtype for column in sheets.columns]
    kept = (new.astype(dtype) for new, dtype in zip(columns, dtypes, strict=True))
    return replace(sheets, columns=tuple(kept))
