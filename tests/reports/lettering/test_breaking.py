"""Lines keep the rules of Chinese composition, whatever is typed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.lettering.breaking import (
    NO_END,
    NO_START,
    balanced,
    break_lines,
    breakable,
    shorten,
)
from reports.lettering.faces import face

REGULAR = face(False, "zh")
ODD = "企业数字化诊断，。、；：！？（）《》“”—…A-z09 /%<b>&@#\t😀𠮷\u200b"
TYPED = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"), max_size=120)
LIMITS = st.integers(900, 30_000)


def lines_of(text, limit):
    sums = REGULAR.running_widths(text)
    return break_lines(text, sums, limit), sums


@given(TYPED, LIMITS)
def test_nothing_is_lost_but_spaces_at_line_ends(text, limit):
    lines, _ = lines_of(text, limit)
    shown = "".join(text[line.start : line.end] for line in lines)
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for before, after in itertools.pairwise(lines):
        assert text[before.end : after.start].strip(" \n") == ""


@given(TYPED, LIMITS)
def test_no_line_is_wider_than_the_measure_unless_one_character_is(text, limit):
    lines, sums = lines_of(text, limit)
    for line in lines:
        assert line.width == sums[line.end] - sums[line.start]
        visible = [char for char in text[line.start : line.end] if REGULAR.widths[char]]
        assert line.width <= limit or len(visible) == 1


@given(st.text(st.sampled_from("诊断报告企业，。；！（）《》"), max_size=80), st.integers(8, 40))
def test_marks_stay_with_their_words(text, characters):
    lines, _ = lines_of(text, characters * 1000)
    for before, after in itertools.pairwise(lines):
        forced = not any(breakable(text, at) for at in range(before.start + 1, before.end + 1))
        assert forced or (text[after.start] not in NO_START and text[before.end - 1] not in NO_END)


def test_latin_words_and_numbers_stay_whole():
    text = "企业已建立MES系统并接入2024台设备"
    lines, _ = lines_of(text, 7000)
    shown = [text[line.start : line.end] for line in lines]
    assert any("MES" in line for line in shown)
    assert any("2024" in line for line in shown)


def test_a_word_longer_than_the_line_is_cut():
    lines, _ = lines_of("x" * 200, 5000)
    assert len(lines) > 1
    assert sum(line.end - line.start for line in lines) == 200


def test_newlines_are_kept():
    lines, _ = lines_of("甲\n\n乙", 9000)
    assert [(line.start, line.end) for line in lines] == [(0, 1), (2, 2), (3, 4)]


def test_a_last_line_is_not_one_character():
    text = "生产现场数据仍以人工抄录为主要方"
    lines, _ = lines_of(text, 15_000)
    assert lines[-1].end - lines[-1].start >= 3


def test_a_heading_is_balanced_in_as_few_lines():
    text = "武汉市江岸区某某精密机械制造股份有限公司数字化"
    sums = REGULAR.running_widths(text)
    plain, even = break_lines(text, sums, 20_000), balanced(text, sums, 20_000)
    assert len(even) == len(plain) == 2
    assert abs(even[0].width - even[1].width) < abs(plain[0].width - plain[1].width)


@given(TYPED.filter(lambda text: "\n" not in text), st.integers(2000, 20_000))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, limit):
    cut = shorten(text, REGULAR, limit)
    assert REGULAR.running_widths(cut)[-1] <= limit
    assert cut == text or cut.endswith("…")


@pytest.mark.parametrize(
    ("char", "width"), [("诊", 1000), ("\u200b", 0), ("\x07", 0), ("😀", 1000)]
)
def test_every_character_has_a_width(char, width):
    assert REGULAR.widths[char] == width


def test_english_quotation_marks_are_as_wide_as_their_ink():
    assert face(False, "en").widths["“"] < REGULAR.widths["“"] == 1000


def test_adjacent_marks_share_their_blank_in_chinese_only():
    text = "称：“规范”。"
    assert REGULAR.running_widths(text)[-1] == 1000 * len(text) - 2 * 500
    assert REGULAR.squeezed(text) == [1, 5]
    assert face(False, "en").squeezed(text) == []
