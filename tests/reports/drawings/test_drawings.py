"""Charts keep their shapes and lettering within their own bounds, whatever they are given."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.drawings.bars import Measure, leaning, points_bars, points_meter
from reports.drawings.budget import Limit, YearBar, budget_bars
from reports.drawings.gantt import Task, gantt
from reports.drawings.heatmap import Tile, heat_map, level_meter
from reports.drawings.radar import Spoke, radar
from reports.drawings.scale import Band, score_scale
from reports.drawings.shapes import Circle, Drawing, Label, Line, Polygon, Rect
from reports.drawings.strips import Strip, percentile_strips
from reports.drawings.svg import to_svg
from reports.lettering.faces import face

WIDTH = 480.0
SHIFT = {"start": 0, "middle": 0.5, "end": 1}
NAMES = st.text("诊断报告系统 abcWm<&>😀", min_size=1, max_size=60)
SHARES = st.floats(0, 1)
LANGUAGES = st.sampled_from(["zh", "en"])


def corners(shape, language):
    match shape:
        case Line(a, b):
            return [a, b]
        case Rect(x, y, w, h):
            assert w >= 0
            assert h >= 0
            return [(x, y), (x + w, y + h)]
        case Polygon(points):
            return list(points)
        case Circle(x, y, r):
            return [(x - r, y - r), (x + r, y + r)]
        case Label():
            wide = face(shape.bold, language).measure(shape.text, shape.size)
            left = shape.x - wide * SHIFT[shape.anchor]
            return [(left, shape.y - shape.size * 0.75), (left + wide, shape.y)]


def assert_within(drawing: Drawing, language):
    for shape in drawing.shapes:
        for x, y in corners(shape, language):
            assert -1.5 <= x <= drawing.width + 1.5, shape
            assert -1.5 <= y <= drawing.height + 1.5, shape
    ET.fromstring(to_svg(drawing))


@given(
    st.lists(st.builds(Strip, NAMES, st.none() | st.floats(0, 100), NAMES), min_size=1), LANGUAGES
)
@settings(max_examples=30)
def test_strips(strips, language):
    assert_within(percentile_strips(strips, WIDTH, language, "t", "无"), language)


SPOKES = st.lists(
    st.builds(Spoke, NAMES, st.none() | SHARES, st.none() | SHARES), min_size=3, max_size=14
)


@given(SPOKES, LANGUAGES)
@settings(max_examples=40)
def test_radar(spokes, language):
    assert_within(radar(spokes, 320, 210, language, "t"), language)


TILES = st.lists(
    st.builds(Tile, NAMES, st.sampled_from("甲乙丙"), st.none() | st.integers(0, 4), st.booleans()),
    min_size=1,
    max_size=18,
)


@given(TILES, LANGUAGES)
@settings(max_examples=40)
def test_heat_map(tiles, language):
    drawing = heat_map(tiles, WIDTH, language, "t", "未答")
    assert_within(drawing, language)


def test_a_higher_level_is_darker():
    tiles = [Tile(str(level), "甲", level, False) for level in range(5)]
    drawing = heat_map(tiles, WIDTH, "zh", "t", "–")
    grounds = [shape.fill for shape in drawing.shapes if isinstance(shape, Rect)][:5]
    light = [sum(int(color[at : at + 2], 16) for at in (1, 3, 5)) for color in grounds]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == 5


@given(
    st.lists(
        st.builds(Task, NAMES, st.floats(0, 35), st.floats(0, 30), st.just("62.5")), min_size=1
    ),
    st.integers(1, 3),
    LANGUAGES,
)
@settings(max_examples=30)
def test_gantt(tasks, years, language):
    tasks = [task for task in tasks if task.start < 12 * years - 1]
    names = [f"第 {year} 年" for year in range(1, years + 1)]
    drawing = gantt(
        tasks, names, WIDTH, language, "t", quarters=["Q1", "Q2", "Q3", "Q4"], figures="万元"
    )
    assert_within(drawing, language)


MONEY = st.floats(0, 1e5)


@given(
    st.lists(st.tuples(NAMES, MONEY, MONEY, MONEY), min_size=1, max_size=3),
    st.lists(st.builds(Limit, NAMES, MONEY, st.booleans()), max_size=2),
    LANGUAGES,
)
@settings(max_examples=40)
def test_budget(years, limits, language):
    bars = [YearBar(name, *sorted(costs)) for name, *costs in years]
    assert_within(budget_bars(bars, limits, WIDTH, 150, language, "t"), language)


def test_a_line_far_above_the_bars_is_named_not_drawn():
    bars = [YearBar("1", 5, 8, 10)]
    near = budget_bars(bars, [Limit("a", 12, firm=True)], WIDTH, 150, "zh", "t")
    far = budget_bars(bars, [Limit("a", 900, firm=True)], WIDTH, 150, "zh", "t")
    assert any(isinstance(s, Label) and s.text == "↑ a" for s in far.shapes)
    assert len(near.shapes) == len(far.shapes) + 1


@given(st.floats(0, 100), st.lists(NAMES, min_size=5, max_size=5), LANGUAGES)
@settings(max_examples=30)
def test_scale(score, names, language):
    bands = [Band(name, 20 * at) for at, name in enumerate(names)]
    assert_within(score_scale(score, 100, bands, WIDTH, language, "t"), language)


@given(
    st.lists(
        st.builds(Measure, NAMES, st.floats(0, 50), st.just(50.0), st.just("52.5")), min_size=1
    ),
    LANGUAGES,
)
@settings(max_examples=30)
def test_points(measures, language):
    assert_within(points_bars(measures, WIDTH, language, "t"), language)


@pytest.mark.parametrize(
    "drawing",
    [level_meter(None), level_meter(0), level_meter(4), points_meter(3, 6), points_meter(0, 0)]
    + [leaning(share, 88) for share in (-1, 0, 0.4, 1)],
)
def test_marks_in_cells(drawing):
    assert_within(drawing, "zh")
