"""Shares that follow from two counts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import questionnaires
from models.scoring import load_standard
from questionnaires.model import Question, Questionnaire, Rate, Section
from questionnaires.rates import contradictions, followed, work_out
from questionnaires.text import Text

TITLE = Text("题", "T")
SME = questionnaires.load("sme-2024")


def counted(**answers):
    return {f"equipment_{name}": value for name, value in answers.items()}


@pytest.mark.parametrize(
    ("part", "whole", "band"),
    [
        (0, 7, "a"),
        (5, 50, "a"),
        (51, 500, "b"),
        (20, 50, "c"),
        (1, 3, "c"),
        (3, 5, "d"),
        (7, 7, "e"),
    ],
)
def test_a_share_on_a_bound_belongs_to_the_lower_band(part, whole, band):
    worked = work_out(SME["equipment_digital_rate"], counted(total=whole, digital=part))
    assert worked.answer == band


@pytest.mark.parametrize("held", [{}, {"total": 50}, {"digital": 3}, {"total": 0, "digital": 0}])
def test_without_both_counts_nothing_follows(held):
    assert work_out(SME["equipment_digital_rate"], counted(**held)) is None


def test_a_part_above_its_whole_fills_nothing_and_is_told():
    answers = counted(total=10, digital=11)
    assert followed(SME, {}, answers) == {}
    assert list(contradictions(SME, answers)) == ["equipment_digital_rate"]


def test_a_rate_follows_its_counts_until_something_else_is_said():
    first = counted(total=50, digital=20)
    assert followed(SME, {}, first) == {"equipment_digital_rate": "c"}
    kept = first | {"equipment_digital_rate": "c"}
    assert followed(SME, kept, kept | counted(digital=50)) == {"equipment_digital_rate": "e"}
    own = kept | {"equipment_digital_rate": "a"}
    assert followed(SME, kept, own) == {}
    assert list(contradictions(SME, own)) == ["equipment_digital_rate"]
    assert followed(SME, own, own | counted(digital=50)) == {}
    unknown = kept | {"equipment_digital_rate": {"state": "unknown"}}
    assert followed(SME, unknown, unknown) == contradictions(SME, unknown) == {}


def test_a_percentage_takes_the_share_itself():
    part = Question("part", "whole", TITLE)
    whole = Question("whole", "whole", TITLE)
    share = Question("share", "percentage", TITLE, rate=Rate("part", "whole"))
    asked = Questionnaire("q", "1.0.0", TITLE, (Section("s", TITLE, (part, whole, share)),), "")
    counts = {"part": 1, "whole": 3}
    assert followed(asked, {}, counts) == {"share": 33.33}
    assert not contradictions(asked, counts | {"share": 33})
    assert contradictions(asked, counts | {"share": 35})
    assert followed(asked, {}, {"part": 1, "whole": 2}) == {"share": 50}


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_more_of_a_whole_is_never_a_lower_band(part, whole):
    question = SME["equipment_digital_rate"]
    bands = [
        work_out(question, counted(total=whole, digital=min(count, whole))).answer
        for count in (part, part + 1)
    ]
    assert bands == sorted(bands)


def test_the_questionnaire_and_its_standard_draw_the_same_bands():
    for part in load_standard("sme-2024").parts:
        for item in part.items:
            if item.rate is not None:
                rate = SME[item.question].rate
                assert (rate.part, rate.whole) == (item.rate.numerator, item.rate.denominator)
                assert rate.upto == tuple(map(Fraction, item.rate.upto))
