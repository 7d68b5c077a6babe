"""Scoring against a plain Python loop over the same rules, and 500,000 firms in memory.

    python benchmarks/scoring.py [--firms 500000]

The baseline is the loop one would write: dictionaries of answers, floats, one firm at a time,
with the same totals (points, parts, level, scenes by level, answered, what could be added).
Times are processor seconds, the best of several runs; the ratio does not depend on the machine.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import questionnaires
from models.scoring import Scorer, load_standard
from models.standard import Standard
from questionnaires.model import Question, Questionnaire
from questionnaires.sheets import Firms, Sheets, State

Answers = Mapping[str, Any]
_GAPS = 0.05
_LOOPED = 4_000


@dataclass(frozen=True)
class PlainRules:
    """The standard as plain dictionaries, made once before the loop."""

    parts: dict[str, list[str]]
    points: dict[str, dict[str, float]]
    adds_up: frozenset[str]
    full: dict[str, float]
    rates: dict[str, tuple[str, str, list[float], list[str]]]
    scenes: dict[str, bool]
    levels: list[tuple[int, float, int, int]]


def plain_rules(standard: Standard) -> PlainRules:
    return PlainRules(
        parts={part.id: [item.question for item in part.items] for part in standard.parts},
        points={
            item.question: {option: float(points) for option, points in item.points.items()}
            for item in standard.items
        },
        adds_up=frozenset(item.question for item in standard.items if item.rule == "sum"),
        full={item.question: float(item.full) for item in standard.items},
        rates={
            item.question: (
                item.rate.numerator,
                item.rate.denominator,
                [float(bound) for bound in item.rate.upto],
                list(item.points),
            )
            for item in standard.items
            if item.rate
        },
        scenes={scene.question: scene.binding for scene in standard.scenes},
        levels=[(x.number, float(x.score), x.scenes, x.binding) for x in standard.levels],
    )


def band_of(rules: PlainRules, question: str, answers: Answers) -> str | None:
    numerator, denominator, upto, options = rules.rates[question]
    top, bottom = answers.get(numerator), answers.get(denominator)
    if top is None or not bottom:
        return answers.get(question)
    rate = top / bottom
    for bound, option in zip(upto, options, strict=False):
        if rate <= bound:
            return option
    return options[-1]


def plain_score(  # noqa: C901, PLR0912  # one loop, as one would write it
    rules: PlainRules, answers: Answers
) -> tuple[Any, ...]:
    """One firm by the rules of the standard; unanswered questions are not in `answers`."""
    answered, could_add, parts = 0, 0.0, {}
    for part, questions in rules.parts.items():
        total = 0.0
        for question in questions:
            if question in rules.rates:
                answer = band_of(rules, question, answers)
            else:
                answer = answers.get(question)
            if answer is None:
                could_add += rules.full[question]
                continue
            answered += 1
            points = rules.points[question]
            if question in rules.adds_up:
                for option in answer:
                    total += points[option]
            else:
                total += points[answer]
        parts[part] = total
    score = round(sum(parts.values()), 6)
    scenes_at, binding_at = [0] * 5, [0] * 5
    for scene, binding in rules.scenes.items():
        answer = answers.get(scene)
        if answer is None:
            continue
        answered += 1
        for level in range(1, int(answer) + 1):
            scenes_at[level] += 1
            if binding:
                binding_at[level] += 1
    reached = 0
    for level, least, scenes, binding in rules.levels:
        if score >= least and scenes_at[level] >= scenes and binding_at[level] >= binding:
            reached = level
    return score, parts, reached, answered, could_add, scenes_at, binding_at


def random_sheets(questionnaire: Questionnaire, n: int) -> Sheets:
    """Random answers with gaps: one in twenty left open."""
    rng = np.random.default_rng(0)
    columns = [_column(question, n, rng) for question in questionnaire.questions]
    total = questionnaire.index["equipment_total"]
    columns[total] = rng.integers(1, 400, n).astype(float)
    for part in ("equipment_digital", "equipment_networked"):
        columns[questionnaire.index[part]] = np.floor(columns[total] * rng.random(n))
    states = np.full((n, len(columns)), State.ANSWERED, np.int8)
    states[rng.random(states.shape) < _GAPS] = State.UNANSWERED
    text = np.full(n, "", object)
    firms = Firms(text, text, text, text, np.full(n, np.nan), np.full(n, np.nan))
    return Sheets(questionnaire, firms, states, tuple(columns), np.zeros(n, np.int64), {})


def _column(question: Question, n: int, rng: np.random.Generator) -> Any:
    if question.kind == "multi":
        bits = len(question.options)
        return rng.integers(0, 1 << (bits - 1), n, np.int32) << 1
    if question.kind in ("single", "yesno"):
        return rng.integers(0, len(question.options) or 2, n, np.int8)
    return np.full(n, "", object) if question.kind == "text" else np.zeros(n)


def as_dictionaries(sheets: Sheets, standard: Standard, rows: int) -> list[Answers]:
    judged = [item.question for item in standard.items] + [s.question for s in standard.scenes]
    counts = ["equipment_total", "equipment_digital", "equipment_networked"]
    return [
        {
            id_: _raw(sheets.questionnaire[id_], sheets.column(id_)[row])
            for id_ in judged + counts
            if sheets.states[row, sheets.questionnaire.index[id_]] == State.ANSWERED
        }
        for row in range(rows)
    ]


def _raw(question: Question, value: Any) -> Any:
    ids = [option.id for option in question.options]
    if question.kind == "multi":
        return [id_ for at, id_ in enumerate(ids) if int(value) >> at & 1]
    return ids[int(value)] if ids else int(value)


def best_of(runs: int, work: Callable[[], object]) -> tuple[float, float]:
    """Least processor and wall seconds of `runs` runs."""
    times = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(cpu for cpu, _ in times), min(wall for _, wall in times)


def peak_memory(scorer: Scorer, sheets: Sheets) -> str:
    tracemalloc.start()
    scorer.score(sheets)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{peak / 2**20:.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--firms", type=int, default=500_000)
    n = parser.parse_args().firms
    standard = load_standard("sme-2024")
    questionnaire = questionnaires.load(standard.questionnaire)
    scorer, rules = Scorer(standard, questionnaire), plain_rules(standard)
    sheets = random_sheets(questionnaire, n)
    answers = as_dictionaries(sheets, standard, min(n, _LOOPED))

    plain, _ = best_of(5, lambda: [plain_score(rules, sheet) for sheet in answers])
    loop = plain / len(answers)
    scores = scorer.score(sheets.take(np.arange(len(answers))))
    assert scores.level.tolist() == [plain_score(rules, sheet)[2] for sheet in answers]

    print(f"plain loop, {loop * 1e9:.0f} ns a firm, is the baseline")
    by_question = replace(sheets, states=np.asfortranarray(sheets.states))
    for layout, laid in (("firm by firm", sheets), ("question by question", by_question)):
        cpu, wall = best_of(9, lambda laid=laid: scorer.score(laid))
        print(
            f"states {layout}: {cpu / n * 1e9:.0f} ns a firm, {loop / (cpu / n):.0f} times as fast "
            f"on a core, {loop / (wall / n):.0f} times on all; {n:,} firms in {wall:.3f} s"
        )
    print(f"peak memory: {peak_memory(scorer, sheets)} on top of the sheets")
    traits, _ = best_of(3, lambda: scorer.traits(sheets))
    print(f"traits: {n:,} firms in {traits:.3f} s")
    one, _ = best_of(5, lambda: [scorer.explain(sheets, row) for row in range(100)])
    print(f"explanations: {one * 10:.2f} ms a firm")


if __name__ == "__main__":
    main()
