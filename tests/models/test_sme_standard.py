"""The shipped sme-2024 says what its official table says (domain facts, §2)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from plain_scoring import BANDS, BINDING, GUIDING, LEVELS, MULTI, PARTS, RATES, SINGLE

from models.scoring import load_standard
from models.standard import Mark


@pytest.fixture(scope="module")
def standard():
    return load_standard("sme-2024")


def test_points_by_question_and_option(standard):
    for part in standard.parts:
        assert [item.question for item in part.items] == PARTS[part.id]
    for item in standard.items:
        expected = SINGLE.get(item.question) or {"none": "0", **MULTI[item.question]}
        assert dict(item.points) == {id_: Fraction(points) for id_, points in expected.items()}


def test_parts_add_up_to_a_hundred(standard):
    assert [part.full for part in standard.parts] == [50, 30, 20]


def test_rates_and_their_bands(standard):
    rates = {item.question: item.rate for item in standard.items if item.rate}
    assert {question: rate.numerator for question, rate in rates.items()} == RATES
    assert {rate.denominator for rate in rates.values()} == {"equipment_total"}
    for rate in rates.values():
        assert rate.upto == tuple(map(Fraction, BANDS))


def test_scenes_and_which_of_them_bind(standard):
    assert [scene.question for scene in standard.scenes if scene.binding] == BINDING
    assert {scene.question for scene in standard.scenes if not scene.binding} == set(GUIDING)
    by_chain = [scene.chain for scene in standard.scenes]
    assert [by_chain.count(chain) for chain in standard.chains] == [4, 6, 2, 4]


def test_levels(standard):
    levels = {x.number: (x.score, x.scenes, x.binding) for x in standard.levels}
    assert levels == LEVELS
    assert standard.level_name(0).zh == "无等级"
    assert "协同级" in standard.level_name(4).zh


def test_every_number_says_where_it_comes_from(standard):
    sourced = [*standard.items, *standard.scenes, *standard.levels, *standard.parts]
    sourced += [item.rate for item in standard.items if item.rate]
    known = set(standard.sources.values())
    assert all(part.source in known for part in sourced)
    # Nothing but the frame was read in an official text.
    confirmed = {key for key, source in standard.sources.items() if source.mark is Mark.CONFIRMED}
    assert confirmed == {"frame"}
