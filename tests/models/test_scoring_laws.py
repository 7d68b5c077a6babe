"""Laws of scoring that hold for any sheet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_scoring import MULTI, RATES, SINGLE
from sme_sheets import COUNTS, ITEMS, SCENES, random_answers, sheets_of, sme_questionnaire

from models.scoring import Scorer, blocks, load_standard

QUESTIONNAIRE = sme_questionnaire()
SCORER = Scorer(load_standard("sme-2024"), QUESTIONNAIRE)
FIELDS = ("score", "parts", "level", "answered", "could_add", "scenes_at", "binding_at")

gaps = st.floats(0, 0.5)
seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=60, deadline=None)


def sheet(seed, gap):
    return random_answers(np.random.default_rng(seed), gap)


def score(*answers):
    return SCORER.score(sheets_of(QUESTIONNAIRE, answers))


def same(left, right):
    return all(np.array_equal(getattr(left, name), getattr(right, name)) for name in FIELDS)


def raises(answers):
    """Every way to raise one answer by one step."""
    for id_ in ITEMS + SCENES:
        answer = answers.get(id_)
        answer = None if isinstance(answer, dict) else answer
        if id_ in MULTI:
            chosen = [option for option in answer or [] if option != "none"]
            for option in MULTI[id_].keys() - set(chosen):
                yield answers | {id_: [*chosen, option]}
        else:
            ladder = list(SINGLE.get(id_, "01234"))
            at = ladder.index(answer) + 1 if answer is not None else 0
            if at < len(ladder):
                yield answers | {id_: ladder[at]}
    total = answers.get("equipment_total")
    for counted in RATES.values():
        if isinstance(total, int) and isinstance(answers.get(counted), int):
            yield answers | {counted: min(total, answers[counted] + 1)}


@few
@given(seeds, gaps)
def test_raising_an_answer_never_lowers_a_score(seed, gap):
    answers = sheet(seed, gap)
    scores = score(answers, *raises(answers))
    assert (scores.score[1:] >= scores.score[0]).all()
    assert (scores.parts[1:] >= scores.parts[0]).all()
    assert (scores.level[1:] >= scores.level[0]).all()
    assert (scores.scenes_at[1:] >= scores.scenes_at[0]).all()


@few
@given(seeds, gaps, seeds)
def test_the_order_of_questions_and_options_does_not_matter(seed, gap, order):
    answers = [sheet(seed, gap)]
    shuffled = sme_questionnaire(np.random.default_rng(order))
    scorer = Scorer(load_standard("sme-2024"), shuffled)
    sheets, plain = sheets_of(shuffled, answers), sheets_of(QUESTIONNAIRE, answers)
    assert same(scorer.score(sheets), SCORER.score(plain))
    for name in ("items", "features", "steps"):
        left, right = getattr(scorer.traits(sheets), name), getattr(SCORER.traits(plain), name)
        np.testing.assert_array_equal(left, right)
    found, expected = scorer.explain(sheets, 0), SCORER.explain(plain, 0)
    assert found.scenes == expected.scenes
    assert [(item.question, item.points) for item in found.items] == [
        (item.question, item.points) for item in expected.items
    ]


@few
@given(seeds, gaps, st.sampled_from(["unknown", "n/a", "off_route"]))
def test_what_is_not_answered_never_counts(seed, gap, state):
    answers = {id_: a for id_, a in sheet(seed, gap).items() if id_ not in COUNTS}
    hidden = list(answers)[:: 2 + seed % 3]
    without = {id_: answer for id_, answer in answers.items() if id_ not in hidden}
    put_away = without | {
        id_: {"state": state, "value": answers[id_]}
        for id_ in hidden
        if not isinstance(answers[id_], dict)
    }
    assert same(score(put_away), score(without))


@few
@given(seeds)
def test_what_the_missing_answers_could_add_is_what_the_best_ones_do_add(seed):
    answers = {id_: a for id_, a in sheet(seed, 0.3).items() if id_ not in COUNTS}
    best = {id_: list(MULTI[id_]) for id_ in MULTI}
    best |= {id_: max(rungs, key=lambda o, r=rungs: float(r[o])) for id_, rungs in SINGLE.items()}
    answered = {id_: a for id_, a in answers.items() if not isinstance(a, dict)}
    scores = score(answers, best | answered)
    assert scores.score[0] + scores.could_add[0] == pytest.approx(scores.score[1], abs=1e-9)
    assert scores.could_add[1] == 0
    assert 0 <= scores.score[0] <= scores.score[1] <= 100


def test_many_firms_in_blocks_score_as_each_alone():
    rng = np.random.default_rng(5)
    sheets = sheets_of(QUESTIONNAIRE, [random_answers(rng) for _ in range(50)])
    rows = rng.integers(0, 50, 2 * blocks.BLOCK + 1)
    many, alone = SCORER.score(sheets.take(rows)), SCORER.score(sheets)
    assert same(many, alone.take(rows))
    one = SCORER.score(sheets.take([7]))
    assert same(one, alone.take([7]))
    assert len(SCORER.score(sheets.take(rows[:0]))) == 0


def test_states_in_columns_or_rows_score_alike():
    rng = np.random.default_rng(6)
    sheets = sheets_of(QUESTIONNAIRE, [random_answers(rng) for _ in range(300)])
    before = SCORER.score(sheets)
    object.__setattr__(sheets, "states", np.asfortranarray(sheets.states))
    assert same(SCORER.score(sheets), before)


def test_conflicts_are_raised_where_counts_and_band_disagree_or_a_part_exceeds_its_whole():
    answers = [
        {"equipment_total": 100, "equipment_digital": 61, "equipment_digital_rate": "e"},
        {"equipment_total": 100, "equipment_digital": 61, "equipment_digital_rate": "d"},
        {"equipment_total": 100, "equipment_digital": 61},
        {"equipment_total": 100, "equipment_digital_rate": "d"},
        {"equipment_total": 10, "equipment_digital": 61},
        {"equipment_total": 0, "equipment_digital": 0, "equipment_digital_rate": "d"},
    ]
    conflicts = SCORER.conflicts(sheets_of(QUESTIONNAIRE, answers))
    expected = [False, True, False, False, True, False]
    assert conflicts["equipment_digital_rate"].tolist() == expected
    assert not conflicts["equipment_networked_rate"].any()


def test_traits_are_fractions_of_full():
    answers = [
        {"network": ["a", "b"], "planning": "f", "scene_quality": "3", "talent": ["none"]},
        {"planning": {"state": "unknown"}, "equipment_total": 10, "equipment_digital": 3},
    ]
    traits = SCORER.traits(sheets_of(QUESTIONNAIRE, answers))
    at = {id_: column for column, id_ in enumerate(traits.item_ids)}
    picked = [at[id_] for id_ in ("network", "planning", "scene_quality", "talent", "funding")]
    np.testing.assert_array_equal(traits.items[0, picked], [0.5, 1, 0.75, 0, np.nan])
    assert np.isnan(traits.items[1]).sum() == 30
    assert traits.items[1, at["equipment_digital_rate"]] == 0.5
    steps = dict(zip(traits.item_ids, traits.steps.tolist(), strict=True))
    assert (steps["network"], steps["planning"], steps["energy_trend"]) == (5, 6, 3)
    assert steps["data_collection"] == 28
    assert steps["scene_quality"] == 5


def test_features_are_means_over_what_is_answered():
    rng = np.random.default_rng(8)
    traits = SCORER.traits(sheets_of(QUESTIONNAIRE, [random_answers(rng, 0.6) for _ in range(99)]))
    for at, feature in enumerate(SCORER.standard.features):
        members = traits.items[:, [traits.item_ids.index(id_) for id_ in feature.questions]]
        there = ~np.isnan(members)
        expected = np.full(len(members), np.nan)
        some = there.any(axis=1)
        expected[some] = np.nansum(members[some], axis=1) / there[some].sum(axis=1)
        np.testing.assert_allclose(traits.features[:, at], expected, rtol=1e-6)
    assert np.isnan(traits.features).any()


def test_a_scorer_refuses_a_questionnaire_its_standard_does_not_judge():
    other = sme_questionnaire()
    object.__setattr__(other, "id", "other")
    with pytest.raises(ValueError, match="does not judge other"):
        Scorer(load_standard("sme-2024"), other)
