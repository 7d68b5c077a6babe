"""Rows are taken or rejected one by one, and every problem of a bad row is told."""

import math

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_factory import LAW, assert_same, example, firm, sheets

from questionnaires.check import RawSheet, Rejection, check_answers, check_rows
from questionnaires.check.names import MOST_NAMES
from questionnaires.check.rows import CHUNK
from questionnaires.normal import shown
from questionnaires.problems import BROKEN_JSON
from questionnaires.sheets import State
from questionnaires.text import Text
from questionnaires.writers import raw_answers, raw_firm

EVERY = example("every-kind")
UNKNOWN = {"state": "unknown"}


def rows_of(*answers):
    return [RawSheet(at, firm(at), told) for at, told in enumerate(answers, start=1)]


def codes(reading):
    return [(rejection.line, rejection.column, rejection.code) for rejection in reading.rejected]


def test_answers_become_columns():
    reading = check_rows(
        EVERY,
        rows_of(
            {"pick": "b", "several": ["x", "z"], "count": 3, "story": "旧", "told": True},
            {"amount": -1.5, "share": "35%", "day": "2024-03-05"},
            {},
        ),
    )
    assert not reading.rejected
    assert reading.read == 3
    sheets = reading.sheets
    assert sheets.column("pick").tolist() == [1, -1, -1]
    assert sheets.column("several").tolist() == [0b1010, -1, -1]
    np.testing.assert_array_equal(sheets.column("count"), [3, math.nan, math.nan])
    assert sheets.column("story").tolist() == ["旧", "", ""]
    assert sheets.column("told").tolist() == [1, -1, -1]
    assert sheets.lines.tolist() == [1, 2, 3]
    assert sheets.states.dtype == np.int8
    assert sheets.answered("share").tolist() == [False, True, False]
    assert sheets.states[:, EVERY.index["hidden"]].tolist() == [0, State.OFF_ROUTE, State.OFF_ROUTE]


def test_states():
    not_applicable = {"state": "not_applicable", "reason": " 无出口 "}
    reading = check_rows(EVERY, rows_of({"pick": UNKNOWN, "share": not_applicable, "told": None}))
    states = reading.sheets.states[0]
    assert states[EVERY.index["pick"]] == State.UNKNOWN
    assert states[EVERY.index["share"]] == State.NOT_APPLICABLE
    assert states[EVERY.index["told"]] == State.UNANSWERED
    assert reading.sheets.reasons == {(0, EVERY.index["share"]): "无出口"}


@pytest.mark.parametrize(
    ("answers", "column", "code"),
    [
        ({"pick": {"state": "not_applicable"}}, "pick", "no-reason"),
        ({"pick": {"state": "not_applicable", "reason": " "}}, "pick", "no-reason"),
        ({"pick": {"state": "not_applicable", "reason": 1}}, "pick", "wrong-type"),
        ({"pick": {"state": "not_applicable", "reason": "字" * 501}}, "pick", "too-long"),
        ({"hidden": {"state": "not_applicable", "reason": "x"}}, "hidden", "must-apply"),
        ({"pick": {"state": "off"}}, "pick", "unknown-state"),
        ({"pick": {}}, "pick", "unknown-state"),
        ({"pikc": "a"}, "pikc", "unknown-question"),
        ({"pick": "e"}, "pick", "unknown-option"),
        ({"several": ["none", "x"]}, "several", "excluded-option"),
        ({"count": -1}, "count", "too-small"),
    ],
)
def test_bad_answers_reject_the_row_alone(answers, column, code):
    reading = check_rows(EVERY, rows_of({"pick": "a"}, answers, {"pick": "b"}))
    assert codes(reading) == [(2, column, code)]
    assert reading.sheets.lines.tolist() == [1, 3]
    assert reading.sheets.column("pick").tolist() == [0, 1]
    assert reading.rejected[0].uscc == firm(2)["uscc"]


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"uscc": None}, "uscc", "missing"),
        ({"uscc": UNKNOWN}, "uscc", "missing"),
        ({"uscc": "  "}, "uscc", "missing"),
        ({"uscc": "91420100MA498PPL80"}, "uscc", "bad-uscc"),
        ({"name": ""}, "name", "missing"),
        ({"name": "\x00 "}, "name", "missing"),
        ({"employees": -3}, "employees", "too-small"),
        ({"employes": 3}, "employes", "unknown-field"),
        ({"industry": "x"}, "industry", "bad-industry"),
    ],
)
def test_bad_firms_reject_the_row_alone(changes, column, code):
    rows = rows_of({}, {}, {})
    rows[1] = rows[1]._replace(firm={**rows[1].firm, **changes})
    reading = check_rows(EVERY, rows)
    assert codes(reading) == [(2, column, code)]
    assert reading.sheets.lines.tolist() == [1, 3]


def test_what_is_not_known_of_a_firm_stays_blank():
    (row,) = rows_of({})
    reading = check_rows(EVERY, [row._replace(firm={**row.firm, "employees": UNKNOWN})])
    firms = reading.sheets.firms
    assert math.isnan(firms.employees[0])
    assert math.isnan(firms.revenue[0])
    assert (firms.industry[0], firms.region[0]) == ("", "")


def test_every_problem_of_a_row_is_told_and_names_what_was_meant():
    told = RawSheet(7, {"uscc": "12", "nmae": "x"}, {"sevral": 1, "pick": "z", "count": "?"})
    reading = check_rows(EVERY, [told])
    assert codes(reading) == [
        (7, "nmae", "unknown-field"),
        (7, "sevral", "unknown-question"),
        (7, "uscc", "bad-uscc"),
        (7, "name", "missing"),
        (7, "pick", "unknown-option"),
        (7, "count", "not-a-number"),
    ]
    assert '"name"' in reading.rejected[0].reason.en
    assert "several" in reading.rejected[1].reason.zh
    assert "a, b, 0, 1" in reading.rejected[4].reason.en
    assert {rejection.uscc for rejection in reading.rejected} == {"12"}
    assert len(reading.sheets) == 0
    assert reading.sheets.states.shape == (0, len(EVERY.questions))


def test_of_a_firm_that_occurs_twice_the_first_good_row_is_kept():
    rows = [
        RawSheet(1, firm(1), {"pick": "z"}),
        RawSheet(2, firm(1), {"pick": "a"}),
        RawSheet(3, {**firm(1), "uscc": firm(1)["uscc"].lower()}, {"pick": "b", "count": -1}),
    ]
    reading = check_rows(EVERY, rows)
    assert codes(reading) == [
        (1, "pick", "unknown-option"),
        (3, "uscc", "same-firm"),
        (3, "count", "too-small"),
    ]
    assert "line 2" in reading.rejected[1].reason.en
    assert reading.sheets.lines.tolist() == [2]


def test_firms_are_recognised_and_reasons_placed_across_chunks():
    reason = {"state": "not_applicable", "reason": "why"}
    rows = [RawSheet(at, firm(at), {"pick": reason}) for at in range(1, 2 * CHUNK + 2)]
    rows[3] = rows[3]._replace(answers={"pick": "z"})
    rows.append(RawSheet(9_999, firm(2), {}))
    reading = check_rows(EVERY, rows)
    assert codes(reading) == [(4, "pick", "unknown-option"), (9_999, "uscc", "same-firm")]
    assert reading.read == 2 * CHUNK + 2
    assert reading.sheets.reasons == {(row, 0): "why" for row in range(2 * CHUNK)}


def test_what_a_reader_rejected_is_passed_through_in_the_order_of_lines():
    problem = BROKEN_JSON.of(why="?")
    broken = [Rejection(line, "", "{", problem.code, problem.text) for line in (2, 5)]
    rows = [RawSheet(1, firm(1), {}), broken[0], RawSheet(4, firm(4), {"pick": 1.5}), broken[1]]
    reading = check_rows(EVERY, rows)
    assert [rejection.line for rejection in reading.rejected] == [2, 4, 5]
    assert reading.read == 4


def test_a_form_keeps_the_good_answers_beside_the_bad():
    checked = check_answers(
        EVERY,
        {"pick": "b", "count": "-1", "nonsense": 1, "hidden": "x"},
        {"uscc": "12", "name": "甲"},
    )
    assert set(checked.problems) == {"count", "nonsense", "uscc"}
    assert all(isinstance(problem, Text) for problem in checked.problems.values())
    assert checked.sheets.column("pick").tolist() == [1]
    assert checked.sheets.states[0, EVERY.index["count"]] == State.UNANSWERED
    assert checked.sheets.firms.name.tolist() == ["甲"]
    assert checked.sheets.firms.uscc.tolist() == [""]
    assert checked.sheets.lines.tolist() == [0]


@given(sheets(EVERY))
@LAW
def test_a_form_and_a_file_understand_the_same(drawn):
    for row in range(len(drawn)):
        checked = check_answers(EVERY, raw_answers(drawn, row), raw_firm(drawn.firms, row))
        assert not checked.problems
        assert_same(checked.sheets, drawn.take([row]))


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from([*EVERY.index, "uscc", "name", "employees", "revenue", "other"])


DEEP = orjson.loads("[" * 1_000 + "]" * 1_000)


UNTELLABLE = {
    "deep": DEEP,
    "deep state": {"state": DEEP},
    "long": 10**400,
    "longer than Python spells": -(10**5_000),
    "longer in a list": [10**5_000],
}


@pytest.mark.parametrize("raw", UNTELLABLE.values(), ids=UNTELLABLE)
def test_what_is_too_deep_or_too_long_to_tell_is_refused_too(raw):
    rows = [RawSheet(at, firm(at), {name: raw}) for at, name in enumerate(EVERY.index, start=1)]
    rows.append(RawSheet(99, {**firm(99), "uscc": raw, "name": raw, "revenue": raw}, {}))
    reading = check_rows(EVERY, rows)
    assert len(reading.sheets) == 0
    assert {rejection.line for rejection in reading.rejected} == {row.line for row in rows}


def test_of_very_many_unknown_names_the_first_are_told():
    many = {f"q{at}": 1 for at in range(5_000)}
    for row in (RawSheet(1, firm(), many), RawSheet(1, firm(**many), {})):
        assert len(check_rows(EVERY, [row]).rejected) == MOST_NAMES


@given(st.lists(st.tuples(*[st.dictionaries(names, junk, max_size=6)] * 2), max_size=4))
@LAW
def test_nothing_that_json_can_hold_breaks_the_check(told):
    rows = [RawSheet(at, block, answers) for at, (block, answers) in enumerate(told, start=1)]
    reading = check_rows(EVERY, rows)
    assert reading.read == len(rows)
    rejected = {rejection.line for rejection in reading.rejected}
    assert rejected | set(reading.sheets.lines.tolist()) == set(range(1, len(rows) + 1))
    for row in rows:
        check_answers(EVERY, row.answers, row.firm)


def test_messages_quote_values_as_they_are_typed_not_as_python_writes_them():
    assert shown({"state": "不适用"}) == '{"state": "不适用"}'
    assert shown([True, "a"]) == '[true, "a"]'
    assert shown(False) == "false"
