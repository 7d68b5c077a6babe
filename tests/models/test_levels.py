"""How points become a score and a level, by each of the rules."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.lanes import Lanes
from models.scoring.levels import LEVEL_RULES, judge
from models.standard import Item, Level, Mark, Part, Source, Standard
from questionnaires.text import Text

SAID = Text.of("x")
SOURCE = Source(SAID, Mark.DERIVED)


def standard(rule, fulls, scores, *, beyond=False):
    parts = tuple(
        Part(f"p{at}", SAID, (Item(f"q{at}", SAID, "choice", {}, Fraction(full), SOURCE),))
        for at, full in enumerate(fulls)
    )
    levels = tuple(
        Level(at, SAID, Fraction(score), 0, 0, beyond=beyond and at > 1)
        for at, score in enumerate(scores, start=1)
    )
    return Standard("s", "1.0.0", SAID, "q", parts, (), {}, rule, levels, SAID, (), {}, "")


def level_of(rule, fulls, scores, points, *, beyond=False):
    """Score and level of one firm with these points by part."""
    judged = standard(rule, fulls, scores, beyond=beyond)
    ticks = np.array([[int(Fraction(point) * 400) for point in points]], np.uint16)
    total, scale = LEVEL_RULES[rule].score(judged, ticks, 400)
    level = judge(judged, total, scale, np.zeros((1, 2 * len(scores)), np.int8))
    return Fraction(int(total[0]), scale), int(level[0])


@pytest.mark.parametrize(
    ("shares", "score", "level"),
    [
        (["0.9", "0.85", "0.55", "0", "0"], "2.55", 2),
        (["0.79", "1", "1", "1", "1"], "0.79", 0),
        (["1", "1", "1", "0.8", "0.3"], "4.3", 4),
        (["0.8", "0.79", "1", "1", "1"], "1.79", 1),
        (["1", "1", "1", "1", "1"], "5", 5),
        (["0", "0", "0", "0", "0"], "0", 0),
    ],
)
def test_gated_counts_a_met_level_as_one_and_stops_at_the_first_that_is_not(shares, score, level):
    """GB/T 39117: gate 0.8, bands 0.8, 1.8 … 4.8."""
    bands = ["0.8", "1.8", "2.8", "3.8", "4.8"]
    assert level_of("gated", [1] * 5, bands, shares) == (Fraction(score), level)
    fulls = [10, 5, 2, 40, 150]
    points = [Fraction(share) * full for share, full in zip(shares, fulls, strict=True)]
    assert level_of("gated", fulls, bands, points) == (Fraction(score), level)


def test_a_gate_to_be_gone_beyond_is_not_met_by_reaching_it():
    bands = ["0.8", "1.8"]
    assert level_of("gated", [1, 1], bands, ["1", "0.8"], beyond=True) == (Fraction("1.8"), 1)
    assert level_of("gated", [1, 1], bands, ["1", "0.81"], beyond=True) == (2, 2)


@pytest.mark.parametrize(
    ("percent", "level"),
    [
        ("0", 1),
        ("25", 1),
        ("25.25", 2),
        ("50", 2),
        ("50.5", 3),
        ("75", 3),
        ("75.25", 4),
        ("100", 4),
    ],
)
def test_averaged_is_the_mean_of_the_dimensions_in_bands_up_to_25_50_75(percent, level):
    """EU DMA: six dimensions, of different numbers of questions, each 0 to 100."""
    fulls = [30, 20, 20, 20, 10, 20]
    points = [Fraction(percent) * full / 100 for full in fulls]
    found = level_of("averaged", fulls, [0, 25, 50, 75], points, beyond=True)
    assert found == (Fraction(percent), level)


def test_averaged_weighs_dimensions_alike():
    score, _ = level_of("averaged", [30, 10], [0], [15, 10])
    assert score == 75


def test_points_and_scenes_adds_up_the_parts():
    assert level_of("points_and_scenes", [50, 50], [20, 40], ["19.975", "20"]) == (
        Fraction("39.975"),
        1,
    )


@given(st.data(), st.integers(1, 40), st.sampled_from([1, 100, 30_000, 10**6, 10**12]))
def test_lanes_add_up_side_by_side_as_each_alone(data, lanes, largest):
    sizes = data.draw(st.lists(st.integers(2, 9), min_size=1, max_size=12))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    worth = [rng.integers(0, largest, (size, lanes), endpoint=True) for size in sizes]
    digits = [rng.integers(-1, size - 1, 20, np.int8) for size in sizes]
    expected = sum(table[digit + 1] for table, digit in zip(worth, digits, strict=True))
    summed = Lanes(worth)
    totals = summed.total(20, [digit.copy for digit in digits])
    assert (summed.view(totals) == expected).all()
