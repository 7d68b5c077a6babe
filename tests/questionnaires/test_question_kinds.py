"""Every kind reads what people and programs write, refuses the rest, and writes it back."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_factory import LAW, any_text, example, value_of

from questionnaires.kinds import KINDS
from questionnaires.problems import Problem

EVERY = example("every-kind")
QUESTIONS = [
    EVERY[name] for name in ["pick", "several", "count", "amount", "share", "story", "told", "day"]
]

READ = [
    ("pick", "b", 1),
    ("pick", " Ｂ ", 1),
    ("pick", "１", 3),
    ("pick", 1, 3),
    ("pick", 0.0, 2),
    ("pick", "", -1),
    ("pick", "  ", -1),
    ("several", ["x", "z"], 0b1010),
    ("several", ["z", "x", "z"], 0b1010),
    ("several", "x;z", 0b1010),
    ("several", "Ｘ；ｚ；", 0b1010),
    ("several", "x、y,z", 0b1110),
    ("several", "none", 1),
    ("several", [], -1),
    ("several", ";", -1),
    ("count", 12, 12.0),
    ("count", 12.0, 12.0),
    ("count", "１２", 12.0),
    ("count", " 1,200 ", 1200.0),
    ("count", "1e3", 1000.0),
    ("amount", "-3.5", -3.5),
    ("amount", "−３．５", -3.5),
    ("amount", "12,345.67", 12345.67),
    ("amount", ".5", 0.5),
    ("share", "35%", 35.0),
    ("share", "３５．５％", 35.5),
    ("share", 0, 0.0),
    ("story", " 甲\r\n乙\x07 ", "甲\n乙"),
    ("story", 12.0, "12"),
    ("story", 1.5, "1.5"),
    ("story", dt.datetime(2024, 3, 5), "2024-03-05"),  # noqa: DTZ001  # as Excel gives it
    ("told", True, 1),
    ("told", False, 0),
    ("told", "是", 1),
    ("told", "Ｎｏ", 0),
    ("told", 1.0, 1),
    ("told", "", -1),
    ("day", "2024-03-05", dt.date(2024, 3, 5).toordinal()),
    ("day", "２０２４/3/5", dt.date(2024, 3, 5).toordinal()),
    ("day", "2024年3月5日", dt.date(2024, 3, 5).toordinal()),
    ("day", dt.date(2024, 3, 5), dt.date(2024, 3, 5).toordinal()),
]
REFUSED = [
    ("pick", "c", "unknown-option"),
    ("pick", True, "wrong-type"),
    ("pick", 1.5, "wrong-type"),
    ("pick", ["a"], "wrong-type"),
    ("several", ["x", "w"], "unknown-option"),
    ("several", ["none", "x"], "excluded-option"),
    ("several", "none;x", "excluded-option"),
    ("several", True, "wrong-type"),
    ("several", [["x"]], "wrong-type"),
    ("count", True, "wrong-type"),
    ("count", "many", "not-a-number"),
    ("count", "1,2", "not-a-number"),
    ("count", 1.5, "not-whole"),
    ("count", -1, "too-small"),
    ("count", 10**400, "too-large"),
    ("count", math.nan, "not-a-number"),
    ("count", math.inf, "not-a-number"),
    ("count", "1e999", "not-a-number"),
    ("count", dt.datetime(2024, 3, 5), "became-a-date"),  # noqa: DTZ001
    ("count", [1], "wrong-type"),
    ("amount", "nan", "not-a-number"),
    ("amount", "1 2", "not-a-number"),
    ("share", 101, "too-large"),
    ("share", "-1%", "too-small"),
    ("share", "%", "not-a-number"),
    ("story", "字" * 301, "too-long"),
    ("story", True, "wrong-type"),
    ("story", ["a"], "wrong-type"),
    ("told", "maybe", "not-yes-or-no"),
    ("told", 2, "not-yes-or-no"),
    ("told", [], "not-yes-or-no"),
    ("day", "2024-02-30", "not-a-date"),
    ("day", "1066-10-14", "not-a-date"),
    ("day", 45000, "not-a-date"),
    ("day", "soon", "not-a-date"),
]


@pytest.mark.parametrize(("question", "raw", "value"), READ)
def test_reads(question, raw, value):
    question = EVERY[question]
    read = KINDS[question.kind].read(question, raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("question", "raw", "code"), REFUSED)
def test_refuses_in_both_languages(question, raw, code):
    question = EVERY[question]
    problem = KINDS[question.kind].read(question, raw)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert problem.text.zh
    assert problem.text.en
    assert "{" not in problem.text.zh + problem.text.en


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
@given(data=st.data())
@LAW
def test_what_is_written_is_read_again(question, data):
    kind = KINDS[question.kind]
    value = data.draw(value_of(question))
    assert kind.read(question, kind.write(question, value)) == value
    assert kind.read(question, kind.cell(question, value)) == value


def unequal(a, b):
    return a != b and not (a != a and b != b)  # noqa: PLR0124  # NaN is itself here


odd = st.one_of(
    any_text,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.lists(st.one_of(any_text, st.sampled_from("xyz"), st.integers(), st.booleans()), max_size=4),
    st.sampled_from([raw for _, raw, _ in READ + REFUSED]),
    st.integers(-(10**400), 10**400),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
@given(raws=st.lists(odd, max_size=12))
@LAW
def test_the_fast_reader_agrees_with_the_careful_one(question, raws):
    kind = KINDS[question.kind]
    encode = kind.encoder(question)
    for _ in range(2):  # the second time what was learnt is looked up
        column, care = encode(list(raws))
        assert column.dtype == kind.dtype
        assert care == sorted(set(care))
        for row, raw in enumerate(raws):
            if raw is None:
                assert kind.is_blank(column[row])
                assert row not in care
            elif row in care:
                assert kind.is_blank(column[row])
            else:
                read = kind.read(question, raw)
                assert not unequal(column[row], read), (raw, read)


@pytest.mark.parametrize("kind", ["whole", "decimal", "percentage"])
def test_minus_zero_is_the_one_zero(kind):
    question = next(question for question in QUESTIONS if question.kind == kind)
    column, _ = KINDS[kind].encoder(question)([-0.0])
    assert str(column[0]) == str(KINDS[kind].read(question, -0.0)) == "0.0"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_plain_answers_take_the_fast_way(question):
    kind = KINDS[question.kind]
    plain = {
        "pick": "a",
        "several": ["x", "y"],
        "count": 3,
        "amount": 1.5,
        "share": 35,
        "story": "设备老旧",
        "told": True,
        "day": "2024-03-05",
    }
    column, care = kind.encoder(question)([plain[question.id], None] * 3)
    assert care == []
    assert kind.answered(column).tolist() == [True, False] * 3


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_blank_is_no_answer(kind):
    column = np.array([kind.blank] * 2, dtype=kind.dtype)
    assert kind.is_blank(kind.blank)
    assert not kind.answered(column).any()
