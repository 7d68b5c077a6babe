"""The firm block: codes as stdnum judges them, fields as people write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_factory import ALPHABET, LAW, codes
from stdnum.cn import uscc as stdnum_uscc

from questionnaires.firmfields import FIELDS, valid_codes
from questionnaires.problems import Problem

KIND = {question.id: (question, kind) for question, kind in FIELDS}
nearly = st.one_of(
    codes,
    st.text(ALPHABET + "IOSVZa", min_size=18, max_size=18),
    st.tuples(codes, st.integers(0, 17), st.sampled_from(ALPHABET + "IOSVZ-ax ")).map(
        lambda changed: changed[0][: changed[1]] + changed[2] + changed[0][changed[1] + 1 :]
    ),
)


def read(field, raw):
    question, kind = KIND[field]
    return kind.read(question, raw)


bodies = st.text(ALPHABET, min_size=17, max_size=17)


@given(st.lists(bodies.map(lambda body: body + stdnum_uscc.calc_check_digit(body)), max_size=20))
@LAW
def test_a_right_check_digit_is_not_enough(drawn):
    codes = np.array(drawn, dtype=object)
    assert valid_codes(codes).tolist() == [code[:8].isdigit() for code in drawn]


@given(st.lists(nearly, max_size=20))
@LAW
def test_check_digits_are_those_of_stdnum(drawn):
    assert valid_codes(np.array(drawn, dtype=object)).tolist() == [
        stdnum_uscc.is_valid(code) and stdnum_uscc.compact(code) == code for code in drawn
    ]


@given(st.lists(st.one_of(nearly, st.text(max_size=20), st.none(), st.integers()), max_size=20))
@LAW
def test_the_fast_reader_of_codes_agrees_with_the_careful_one(raws):
    question, kind = KIND["uscc"]
    column, care = kind.encoder(question)(list(raws))
    for row, raw in enumerate(raws):
        if row not in care:
            assert column[row] == ("" if raw is None else kind.read(question, raw))
        else:
            assert column[row] == ""


@given(codes)
@LAW
def test_codes_are_read_however_they_are_typed(code):
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), full_width, f" {code[:8]} {code[8:]}\u3000", "-".join(code)):
        assert read("uscc", typed) == code


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("name", "  东湖（虚构）有限公司\n ", "东湖（虚构）有限公司"),
        ("name", "甲\t乙\x00", "甲 乙"),
        ("name", "<b>&𠮷", "<b>&𠮷"),
        ("industry", "3484", "3484"),
        ("industry", "Ｃ３４", "34"),
        ("industry", 348, "348"),
        ("industry", 3484.0, "3484"),
        ("industry", "", ""),
        ("employees", "1,200", 1200.0),
        ("revenue", 8600.5, 8600.5),
        ("region", 12, "12"),
    ],
)
def test_reads(field, raw, value):
    assert read(field, raw) == value


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        ("uscc", "91420100MA498PPL8", "bad-uscc"),
        ("uscc", 9.1420100e17, "became-a-number"),
        ("uscc", True, "wrong-type"),
        ("uscc", ["91"], "wrong-type"),
        ("name", "字" * 201, "too-long"),
        ("name", ["a"], "wrong-type"),
        ("industry", "3", "bad-industry"),
        ("industry", "34841", "bad-industry"),
        ("industry", "机械", "bad-industry"),
        ("industry", True, "bad-industry"),
        ("employees", -1, "too-small"),
        ("employees", 1.5, "not-whole"),
        ("revenue", "-0.1", "too-small"),
        ("revenue", "many", "not-a-number"),
        ("region", "字" * 101, "too-long"),
    ],
)
def test_refuses(field, raw, code):
    problem = read(field, raw)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_why_a_code_is_refused():
    assert "18" in read("uscc", "123").text.en
    assert "check digit" in read("uscc", "91110000600037341M").text.en
    assert "校验码" in read("uscc", "91110000600037341M").text.zh
    assert "I, O, S, V, Z" in read("uscc", "9111000060003734IL").text.en
