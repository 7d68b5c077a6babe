"""Firm sizes of 2017, above-scale status and industry names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.firms import (
    SIZES,
    division_names,
    industry_codes,
    industry_name,
    profile_firms,
    size_classes,
)
from questionnaires.sheets import Firms

MICRO, SMALL, MEDIUM, LARGE = range(4)


def firm(industry="3484", employees=np.nan, revenue=np.nan):
    text = np.array([""], object)
    return Firms(
        text,
        text,
        np.array([industry], object),
        text,
        np.array([employees], float),
        np.array([revenue], float),
    )


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [
        (1200, 39999, MEDIUM),
        (1000, 40000, LARGE),
        (299, 50000, SMALL),
        (19, 90000, MICRO),
        (300, 2000, MEDIUM),
        (300, 1999.99, SMALL),
        (20, 300, SMALL),
        (20, 299.99, MICRO),
        (0, 0, MICRO),
    ],
)
def test_sizes_at_their_bounds(employees, revenue, size):
    assert size_classes(np.array([employees]), np.array([revenue])).tolist() == [size]


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [(np.nan, np.nan, -1), (500, np.nan, -1), (np.nan, 50000, -1), (10, np.nan, MICRO)],
)
def test_sizes_where_a_figure_is_missing(employees, revenue, size):
    assert size_classes(np.array([employees]), np.array([revenue])).tolist() == [size]


@given(st.integers(0, 5000), st.floats(0, 1e6), st.integers(0, 5000), st.floats(0, 1e6))
def test_growth_never_lowers_the_size(employees, revenue, more_employees, more_revenue):
    before, after = size_classes(
        np.array([employees, employees + more_employees], float),
        np.array([revenue, revenue + more_revenue]),
    )
    assert before <= after


@pytest.mark.parametrize(
    ("industry", "revenue", "status"),
    [
        ("3484", 2000, 1),
        ("34", 1999.9, 0),
        ("06", 2000, 1),
        ("6201", 9000, 0),
        ("3484", np.nan, -1),
        ("", 9000, -1),
        ("", 1000, 0),
        ("", np.nan, -1),
        ("6201", np.nan, 0),
    ],
)
def test_above_scale_takes_industry_and_revenue(industry, revenue, status):
    profiles = profile_firms(firm(industry, revenue=revenue))
    assert profiles.above_scale.tolist() == [status]


@pytest.mark.parametrize(
    ("industry", "division"),
    [("3484", "34"), ("348", "34"), ("06", "06"), ("62", ""), ("", ""), ("C3", ""), ("3", "")],
)
def test_division_is_the_first_two_digits_of_an_industrial_code(industry, division):
    assert profile_firms(firm(industry)).division.tolist() == [division]


def test_there_are_41_named_divisions():
    names = division_names()
    assert len(names) == 41
    assert names["34"].zh == "通用设备制造业"
    assert all(name.zh and name.en for name in names.values())


def test_codes_are_the_official_counts():
    by_length = [sum(len(code) == length for code in industry_codes()) for length in (2, 3, 4)]
    assert by_length == [41, 207, 666]


def test_industry_names_fall_back_to_the_nearest_known_code():
    assert industry_name("3484").zh == "机械零部件加工"
    assert industry_name("3484").en == division_names()["34"].en
    assert industry_name("3409").zh == industry_name("34").zh
    assert industry_name("6201").zh == "6201"
    assert industry_name("").zh == "行业未填"


def test_profiles_keep_the_order_of_the_firms():
    text = np.array(["", "", ""], object)
    firms = Firms(
        text,
        text,
        np.array(["13", "", "4610"], object),
        text,
        np.array([10.0, 400.0, 30.0]),
        np.array([100.0, 5000.0, 2500.0]),
    )
    profiles = profile_firms(firms)
    assert [SIZES[size].en for size in profiles.size] == ["Micro", "Medium", "Small"]
    assert profiles.take([2]).division.tolist() == ["46"]
    assert len(profile_firms(firms.take(np.array([], int)))) == 0
