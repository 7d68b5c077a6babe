"""Answer sheets for tests: drawn without the readers, so that they can prove the readers."""

import math
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from stdnum.cn.uscc import calc_check_digit

from questionnaires import read_questionnaire
from questionnaires.kinds import KINDS
from questionnaires.kinds.decimal import Decimal
from questionnaires.normal import clean_line, clean_text
from questionnaires.routing import routed
from questionnaires.sheets import Firms, Sheets, State

EXAMPLES = Path(__file__).parents[1] / "examples"
LAW = settings(deadline=None, max_examples=100)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NAUGHTY = [
    *("=1+1", "+x", "-2", "@SUM(A1)", "＝1", "'quoted", "''", "\t=1", "#N/A", "TRUE", "1e5", "007"),
    *("unknown", "UNKNOWN", "n/a", "N/A: no", "未知", "不适用：无", "nan", "null", "2024-01-01"),
    *("_x0041_", "_x000D_", "a;b", "a,b", 'say "so"', "a\nb", "<b>&", "{x}", "%s", "  x  ", "[]"),
    *("𠮷野家", "㐂", "e\u0301", "a\u200bb", "\u202eevil", "a\u2028b", "\ufeffbom", "a\x00b"),
    *("\ud800", "a\r\nb", "a\u3000b", "\ue000"),
]


def example(name):
    return read_questionnaire(EXAMPLES / "questionnaires" / f"{name}.yaml")


def firm(number=1, **fields):
    """A raw firm block with a valid code."""
    body = f"9142010{number % 10}MA{number:07d}"
    return {"uscc": body + calc_check_digit(body), "name": f"企业 {number}", **fields}


codes = st.tuples(
    st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=9, max_size=9)
).map(lambda parts: "".join(parts) + calc_check_digit("".join(parts)))

any_text = st.one_of(st.sampled_from(NAUGHTY), st.text(st.characters(), max_size=20))


def value_of(question):
    """Any column value that is an answer to the question."""
    kind = KINDS[question.kind]
    if isinstance(kind, Decimal):
        low, high = kind.bounds(question)
        if question.kind == "whole":
            return st.integers(int(low), int(high)).map(float)
        return st.floats(low, high).map(lambda number: number + 0.0)
    return {
        "single": st.integers(0, max(len(question.options) - 1, 0)),
        "multi": some_bits(question.options),
        "yesno": st.integers(0, 1),
        "date": st.integers(700_000, 760_000),
        "text": any_text.map(clean_text).filter(bool),
    }[question.kind]


def some_bits(options):
    """Some of the options, or an excluding one alone, as bits."""
    alone = [1 << at for at, option in enumerate(options) if option.excludes]
    free = [1 << at for at, option in enumerate(options) if not option.excludes]
    some = st.lists(st.sampled_from(free), min_size=1, unique=True).map(sum)
    return st.one_of(some, st.sampled_from(alone)) if alone else some


def place_of(question):
    """A state that the question allows, its value, and its reason."""
    blank = KINDS[question.kind].blank
    kinds = [
        st.just((State.UNANSWERED, blank, "")),
        st.just((State.UNKNOWN, blank, "")),
        value_of(question).map(lambda value: (State.ANSWERED, value, "")),
    ]
    if question.may_not_apply:
        reasons = any_text.map(clean_text).filter(bool)
        kinds.append(reasons.map(lambda reason: (State.NOT_APPLICABLE, blank, reason)))
    return st.one_of(kinds)


@st.composite
def firms(draw, n):
    optional = st.one_of(st.just(math.nan), st.integers(0, 10**9).map(float))
    money = st.one_of(optional, st.floats(0, 1e9))
    uscc = draw(st.lists(codes, min_size=n, max_size=n, unique=True))
    name = [draw(any_text.map(clean_line).filter(bool)) for _ in range(n)]
    industry = [draw(st.sampled_from(["", "34", "348", "3484"])) for _ in range(n)]
    region = [draw(any_text.map(clean_line)) for _ in range(n)]
    return Firms(
        uscc=np.array(uscc, dtype=object),
        name=np.array(name, dtype=object),
        industry=np.array(industry, dtype=object),
        region=np.array(region, dtype=object),
        employees=np.array([draw(optional) for _ in range(n)], dtype=float),
        revenue=np.array([draw(money) + 0.0 for _ in range(n)], dtype=float),
    )


@st.composite
def sheets(draw, questionnaire, most=4):
    """Sheets with every state, every kind of value, naughty texts."""
    n = draw(st.integers(1, most))
    rows = [[draw(place_of(q)) for q in questionnaire.questions] for _ in range(n)]
    columns = [
        np.array([row[at][1] for row in rows], dtype=KINDS[question.kind].dtype)
        for at, question in enumerate(questionnaire.questions)
    ]
    drawn = Sheets(
        questionnaire=questionnaire,
        firms=draw(firms(n)),
        states=np.array([[state for state, _, _ in row] for row in rows], dtype=np.int8),
        columns=tuple(columns),
        lines=np.zeros(n, dtype=np.int64),
        reasons={
            (at, q): place[2]
            for at, row in enumerate(rows)
            for q, place in enumerate(row)
            if place[0] == State.NOT_APPLICABLE
        },
    )
    return routed(drawn)


def assert_same(left, right):
    """The same firms, answers, states and reasons in the same order; lines may differ."""
    for name, column in vars(left.firms).items():
        np.testing.assert_array_equal(column, getattr(right.firms, name), err_msg=name)
    np.testing.assert_array_equal(left.states, right.states)
    for question, a, b in zip(
        left.questionnaire.questions, left.columns, right.columns, strict=True
    ):
        assert a.dtype == b.dtype, question.id
        np.testing.assert_array_equal(a, b, err_msg=question.id)
    assert dict(left.reasons) == dict(right.reasons)
