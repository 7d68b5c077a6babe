"""The catalogue of retrofit projects: complete, honest about costs, and dated about policies."""

from __future__ import annotations

import numpy as np
import pytest
from answer_sheets import QUESTIONNAIRE, STANDARD, random_sheets

from models.roadmap import Planner, affordability, load_catalogue
from models.scoring import Scorer
from questionnaires.sheets import State

CATALOGUE = load_catalogue()
PLANNER = Planner(Scorer(STANDARD, QUESTIONNAIRE), CATALOGUE)

# 万元 for small, medium and large firms, as the seed table of costs has them; "-" not offered.
COSTS = """
P01 3-10 10-40 40-150
P02 5-20 20-80 80-300
P03 5-15 30-120 120-500
P04 5-20 15-50 -
P05 2-15/y 5-50/y -
P06 20-60 50-200 200-800
P07 1-5 5-20 20-80
P08 1-5/y 5-30/y 30-200/y
P09 3-12 10-50 50-200
P10 6-15 10-30 30-80
P11 20-60 60-200 200-1000
P12 8-25 25-100 100-400
P13 15-40 40-120 120-400
P14 5-20 20-80 80-300
P15 40-120 120-500 500-3000
P16 15-40 40-150 150-600
P17 5-30 30-150 150-600
P18 6-20 20-60 60-200
P19 20-60 60-250 250-1500
P20 20-60 60-300 300-2000
P21 50-300 300-2000 2000-20000
P22 15-40 40-150 150-600
P23 4-15 15-60 60-250
P24 20-60 80-130 130-500
P25 10-30 30-120 120-600
P26 10-50 50-200 200-1500
P27 5-25 20-100 100-500
P28 5-20 20-80 80-400
P29 3-15 15-60 60-300
P30 15-60 60-300 300-1500
P31 3-15 10-50 50-200
P32 2-10/y 20-100 100-500
P33 5-20 20-100 100-500
P34 - 60-300 300-2000
P35 3-20 20-100 100-500
P36 2-8 8-30 30-100
P37 3-15 10-50 50-300
P38 3-15 10-50 50-200
"""


@pytest.mark.parametrize("line", COSTS.strip().splitlines())
def test_costs_are_those_of_the_seed_table(line):
    id_, *ranges = line.split()
    for size, range_ in zip((1, 2, 3), ranges, strict=True):
        cost = CATALOGUE[id_].cost(size)
        if range_ == "-":
            assert cost is None
            continue
        low, high = range_.removesuffix("/y").split("-")
        assert (cost.low, cost.high, cost.yearly) == (float(low), float(high), "/y" in range_)
    assert CATALOGUE[id_].cost(0) == CATALOGUE[id_].cost(1) == CATALOGUE[id_].cost(-1)


def test_there_are_38_types():
    assert [project.id for project in CATALOGUE.projects] == [f"P{n:02}" for n in range(1, 39)]


def test_no_project_claims_results_or_the_decisions_of_the_firms_head():
    claimed = {effect.question for project in CATALOGUE.projects for effect in project.effects}
    results = next(part for part in STANDARD.parts if part.id == "results")
    assert not claimed & {item.question for item in results.items}
    assert not claimed & {"planning", "talent", "funding"}


def test_every_project_raises_something_and_is_told_in_full():
    for project in CATALOGUE.projects:
        assert project.effects
        assert project.modules
        assert project.benefits
        assert project.risks
        assert project.basis.zh


def test_what_rests_on_a_vendor_is_of_low_confidence():
    for project in CATALOGUE.projects:
        vendors = [CATALOGUE.sources[id_].en for id_ in project.sources]
        if any("vendor" in source.lower() or "weak" in source for source in vendors):
            assert project.confidence == "low"


def test_duties_have_no_payback():
    duties = {project.id for project in CATALOGUE.projects if project.compliance}
    assert duties == {"P09", "P10", "P27"}


def test_policies_are_dated_and_name_projects_that_exist():
    (policy,) = CATALOGUE.policies
    assert policy.year == 2025
    assert policy.inferred
    assert set(policy.projects + policy.part) <= set(CATALOGUE.index)
    assert policy.covers("P06") == "yes"
    assert policy.covers("P03") == "part"
    assert all(policy.covers(id_) == "no" for id_ in ("P15", "P20", "P21", "P26"))
    assert "以当年通知为准" in CATALOGUE.policy_notice.zh
    assert [(rate.level, rate.rate, rate.cap) for rate in policy.rates] == [
        (2, 0.3, 30),
        (3, 0.4, 40),
    ]
    assert policy.sizes == ("micro", "small", "medium")


def test_networking_costs_by_the_machine_up_to_six_in_ten():
    sheets = random_sheets(4, gaps=0.0)
    sheets.firms.employees[:] = 100
    sheets.firms.revenue[:] = 3000
    for id_, count in (("equipment_total", 50), ("equipment_networked", 4)):
        sheets.column(id_)[:] = count
        sheets.states[:, QUESTIONNAIRE.index[id_]] = State.ANSWERED
    at = CATALOGUE.index["P03"]
    cases = PLANNER._plans(sheets, None).cases
    assert cases.low[0, at] == pytest.approx(5 + 26 * 0.15)
    assert cases.high[0, at] == pytest.approx(15 + 26 * 1.5)
    sheets.states[:, QUESTIONNAIRE.index["equipment_total"]] = State.UNANSWERED
    cases = PLANNER._plans(sheets, None).cases
    assert cases.high[0, at] == pytest.approx(15 + 20 * 1.5)


@pytest.mark.parametrize(
    ("industry", "own", "fits"),
    [
        ("26", None, True),
        ("3484", None, False),
        ("3484", "process", True),
        ("26", "discrete", False),
    ],
)
def test_a_control_room_is_for_process_industries(industry, own, fits):
    sheets = random_sheets(4)
    sheets.firms.industry[:] = industry
    type_ = QUESTIONNAIRE["production_type"]
    state = State.ANSWERED if own else State.UNANSWERED
    sheets.states[:, QUESTIONNAIRE.index[type_.id]] = state
    sheets.column(type_.id)[:] = type_.option_index[own] if own else -1
    cases = PLANNER._plans(sheets, None).cases
    assert cases.suits[0, CATALOGUE.index["P19"]] == fits


def test_affordability_by_the_rule_of_revenue():
    judged = affordability(3000.0, [60.0, 75.0, 90.3, 0.0])
    assert judged.verdicts == ("within", "above", "warn", "within")
    assert judged.shares == pytest.approx((0.02, 0.025, 0.0301, 0.0))
    for unknown in (None, np.nan, 0.0):
        assert affordability(unknown, [10.0]).verdicts == ("unknown",)
        assert affordability(unknown, [10.0]).shares == (None,)


def test_the_firms_own_budget_wins_over_the_rule():
    sheets = random_sheets(4)
    sheets.firms.revenue[:] = 3000
    own = QUESTIONNAIRE.index["budget_per_year"]
    sheets.states[:, own] = State.UNANSWERED
    assert PLANNER.plan(sheets, 0).budget == (60.0, 60.0, 60.0)
    sheets.states[:, own] = State.ANSWERED
    sheets.columns[own][:] = 100
    roadmap = PLANNER.plan(sheets, 0)
    assert roadmap.budget == (100.0, 100.0, 100.0)
    assert "超过 3%" in roadmap.note.zh
    assert PLANNER.plan(sheets, 0, [10, 20, 30]).budget == (10.0, 20.0, 30.0)
