"""Why a firm scores as it does, and the cheapest ways to the next level."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_scoring import MULTI, plain_score
from sme_sheets import COUNTS, ITEMS, SCENES, random_answers, sheets_of, sme_questionnaire

from models.scoring import Scorer, load_standard, read_standard
from models.scoring.ways import Goal

QUESTIONNAIRE = sme_questionnaire()
SCORER = Scorer(load_standard("sme-2024"), QUESTIONNAIRE)
AWAY = {"state": "n/a"}


def explain(answers):
    return SCORER.explain(sheets_of(QUESTIONNAIRE, [answers]), 0)


def take(answers, step):
    """The answers after one step."""
    if step.question not in MULTI:
        return answers | {step.question: step.to}
    answer = answers.get(step.question)
    chosen = [] if answer is None or isinstance(answer, dict) else answer
    return answers | {step.question: [*(o for o in chosen if o != "none"), step.to]}


def sheets(seed, n, gap):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        yield {id_: a for id_, a in random_answers(rng, gap).items() if id_ not in COUNTS}


@pytest.mark.parametrize("gap", [0, 0.3])
def test_points_and_steps_add_up(gap):
    for answers in sheets(1, 30, gap):
        found, plain = explain(answers), plain_score(answers)
        assert sum(item.points for item in found.items) == pytest.approx(float(plain.score))
        assert [item.question for item in found.items] == ITEMS
        assert {id_ for id_, _ in found.scenes} == set(SCENES)
        for item in found.items:
            answer = answers.get(item.question)
            if isinstance(answer, dict) and answer["state"] != "unknown":
                assert item.missing == ()
            else:
                gains = sum(step.gain for step in item.missing)
                assert item.points + gains == pytest.approx(item.full)


@pytest.mark.parametrize("gap", [0, 0.3])
def test_each_step_adds_what_it_says(gap):
    for answers in sheets(2, 15, gap):
        for item in explain(answers).items:
            raised = answers
            for step in item.missing:
                before, raised = plain_score(raised).score, take(raised, step)
                assert float(plain_score(raised).score - before) == pytest.approx(step.gain)


@pytest.mark.parametrize("gap", [0, 0.2])
def test_every_way_reaches_the_next_level_and_spares_a_question_of_those_before(gap):
    for answers in sheets(3, 40, gap):
        level, following = plain_score(answers).level, explain(answers).next_level
        assert following.number == level + 1
        lengths = [len(way) for way in following.ways]
        assert lengths == sorted(lengths)
        assert len(lengths) == 3
        questions = [{step.question for step in way} for way in following.ways]
        assert not questions[0] <= questions[1]
        assert not questions[0] <= questions[2]
        assert not questions[1] <= questions[2]
        for way in following.ways:
            raised = answers
            for step in way:
                raised = take(raised, step)
            assert plain_score(raised).level >= following.number
            for spared in range(len(way)):
                last = all(step.question != way[spared].question for step in way[spared + 1 :])
                rest = [step for at, step in enumerate(way) if at != spared]
                raised = answers
                for step in rest:
                    raised = take(raised, step)
                assert not last or plain_score(raised).level < following.number


def test_any_row_of_many_is_explained_as_if_alone():
    answers = list(sheets(5, 6, 0.1))
    many = sheets_of(QUESTIONNAIRE, answers)
    assert [SCORER.explain(many, row) for row in range(6)] == [explain(a) for a in answers]
    assert SCORER.explain(many, -1) == explain(answers[5])
    with pytest.raises(IndexError):
        SCORER.explain(many, 6)


def test_needs_say_what_is_there_and_what_is_required():
    answers = dict.fromkeys(SCENES[:7], "1") | {"system_coverage": "e"}
    found = explain(answers).next_level
    needs = {need.kind: (need.have, need.required, need.short) for need in found.needs}
    assert needs == {"score": (10, 20, 10), "scenes": (7, 6, 0), "binding": (7, 3, 0)}
    assert [step.question for step in found.ways[0]].count("energy_trend") == 2


def test_scenes_climb_level_by_level():
    answers = dict.fromkeys(SCENES, "0") | {"scene_hr": "1", "scene_quality": "1"}
    answers |= {"data_collection": list(MULTI["data_collection"]), "system_coverage": "e"}
    (way, *_) = explain(answers).next_level.ways
    assert len(way) == 4
    assert {(step.to, step.gain, step.level_to) for step in way} == {("1", 0.0, 1)}


def test_the_top_level_has_no_next():
    rungs = dict.fromkeys(SCENES, "4") | {id_: list(options) for id_, options in MULTI.items()}
    top = {"system_coverage": "e", "planning": "f", "funding": "e", "energy_trend": "down"}
    found = explain(rungs | top | {"quality_trend": "up", "unit_cost_trend": "down"})
    assert found.next_level is None


def test_what_does_not_apply_is_no_way():
    scenes = dict.fromkeys(SCENES[:10], AWAY) | dict.fromkeys(SCENES[10:], "0")
    found = explain(scenes)
    assert found.next_level.ways == ()
    assert dict(found.scenes)["scene_quality"] is None


def test_counts_tell_where_a_rate_stands():
    answers = {"equipment_total": 10, "equipment_digital": 3, "equipment_digital_rate": "a"}
    item = next(i for i in explain(answers).items if i.question == "equipment_digital_rate")
    assert item.points == 3
    assert item.counted == "c"
    assert [step.to for step in item.missing] == ["d", "e"]
    assert explain(answers).conflicts == ("equipment_digital_rate",)


def test_counts_that_decide_nothing_are_not_told():
    away = {"equipment_total": 10, "equipment_digital": 30, "equipment_digital_rate": AWAY}
    for answers in ({"equipment_digital_rate": "a"}, away):
        found = explain(answers)
        assert {item.counted for item in found.items} == {""}
        assert found.conflicts == ()


chains = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.integers(1, 6), min_size=1, max_size=3).map(tuple)
)
climbs = st.dictionaries(st.sampled_from("xyz"), st.tuples(st.integers(1, 3), st.booleans()))


@settings(max_examples=200, deadline=None)
@given(chains, climbs, st.integers(0, 16), st.integers(0, 3), st.integers(0, 3))
def test_ways_are_the_cheapest_there_are(chains, climbs, ticks, scenes, binding):
    """Against all sets of steps; gains may grow along a chain, which misleads greedy choices."""
    goal = Goal(ticks, scenes, binding, chains, climbs)
    every = list(all_ways(goal))
    earlier = []
    for way in goal.ways():
        allowed = [w for w in every if not any(e.keys() <= w.keys() for e in earlier)]
        assert way in allowed
        assert sum(way.values()) == min(sum(w.values()) for w in allowed)
        earlier.append(way)
    left = [w for w in every if not any(e.keys() <= w.keys() for e in earlier)]
    assert len(earlier) == 3 or not left


def test_a_way_that_holds_all_questions_of_an_earlier_one_is_left_out():
    goal = Goal(5, 0, 0, {"a": (4,), "b": (2,), "c": (2, 3)}, {})
    assert goal.ways() == ({"a": 1, "b": 1}, {"c": 2})


def all_ways(goal):
    """Every set of steps that reaches the goal."""
    spans = [range(len(gains) + 1) for gains in goal.chains.values()]
    spans += [(0, steps) for steps, _ in goal.climbs.values()]
    for taken in product(*spans):
        way = dict(zip([*goal.chains, *goal.climbs], taken, strict=True))
        way = {question: steps for question, steps in way.items() if steps}
        gain = sum(sum(goal.chains[q][:steps]) for q, steps in way.items() if q in goal.chains)
        climbed = [goal.climbs[q] for q in way if q in goal.climbs]
        bound = sum(binding for _, binding in climbed)
        if gain >= goal.ticks and len(climbed) >= goal.scenes and bound >= goal.binding:
            yield way


@pytest.mark.parametrize("rule", ["gated", "averaged", "tiny"])
def test_ways_reach_the_next_level_under_every_rule(rule):
    path = Path(__file__).parents[1] / f"examples/standards/{rule}.yaml"
    scorer = Scorer(read_standard(path), QUESTIONNAIRE)
    reached = 0
    for answers in sheets(4, 40, 0.3):
        before = sheets_of(QUESTIONNAIRE, [answers])
        following = scorer.explain(before, 0).next_level
        for way in following.ways if following else ():
            raised = answers
            for step in way:
                level = scorer.score(sheets_of(QUESTIONNAIRE, [raised])).level[0]
                assert level < following.number
                raised = take(raised, step)
            assert scorer.score(sheets_of(QUESTIONNAIRE, [raised])).level[0] >= following.number
            reached += 1
    assert reached > 20
