"""Who is asked what: every form of condition, chains of them, and many firms at once."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_factory import LAW, assert_same, example, sheets

from questionnaires.check import RawSheet, check_answers, check_rows
from questionnaires.conditions import All, AnyOf, AtLeast, Is, Not
from questionnaires.progress import progress
from questionnaires.routing import on_route, routed
from questionnaires.sheets import State
from questionnaires.writers import raw_answers, raw_firm

ROUTING = example("routing")
EVERY = example("every-kind")


def asked(**answers):
    checked = check_answers(ROUTING, answers)
    assert not checked.problems
    states = checked.sheets.states[0]
    return {q.id for q, s in zip(ROUTING.questions, states, strict=True) if s != State.OFF_ROUTE}


@pytest.mark.parametrize(
    ("answers", "open_questions"),
    [
        ({}, "connected"),
        ({"connected": {"state": "unknown"}}, "connected"),
        ({"connected": False}, "connected reason"),
        ({"connected": True}, "connected machines"),
        ({"connected": True, "machines": 9}, "connected machines"),
        ({"connected": True, "machines": 10}, "connected machines protocols otherwise"),
        (
            {"connected": True, "machines": 10, "protocols": ["none"]},
            "connected machines protocols reason",
        ),
        (
            {"connected": True, "machines": 10, "protocols": ["mqtt"]},
            "connected machines protocols gateway otherwise",
        ),
        (
            {"connected": True, "machines": 100, "protocols": ["opc", "mqtt"]},
            "connected machines protocols otherwise",
        ),
        # what was answered before the firm left the route opens nothing, not even through `not`
        ({"connected": False, "machines": 50, "protocols": ["opc"]}, "connected reason"),
    ],
)
def test_route(answers, open_questions):
    assert asked(**answers) == set(open_questions.split())


def test_a_question_off_route_keeps_no_reason():
    sheets = check_answers(ROUTING, {"connected": False}).sheets
    asked, not_asked = ((0, ROUTING.index[id_]) for id_ in ("reason", "machines"))
    reasons = {asked: "on route", not_asked: "off route"}
    assert routed(dataclasses.replace(sheets, reasons=reasons)).reasons == {asked: "on route"}


def test_an_off_route_answer_is_kept_and_not_counted():
    checked = check_answers(ROUTING, {"connected": "no", "machines": 50}).sheets
    assert checked.column("machines").tolist() == [50]
    assert checked.states[0, ROUTING.index["machines"]] == State.OFF_ROUTE
    assert not checked.answered("machines")[0]
    back = check_answers(ROUTING, {"connected": "yes", "machines": 50}).sheets
    assert back.answered("machines")[0]


@given(sheets(ROUTING, most=8))
@LAW
def test_many_firms_are_routed_as_each_alone(drawn):
    whole = on_route(ROUTING, drawn.columns, drawn.states)
    for row in range(len(drawn)):
        alone = drawn.take([row])
        np.testing.assert_array_equal(whole[row], on_route(ROUTING, alone.columns, alone.states)[0])


tests = st.one_of(
    st.sampled_from([("connected", ("yes",)), ("connected", ("no", "yes"))]),
    st.sampled_from([("protocols", ("none",)), ("protocols", ("opc", "mqtt"))]),
    st.sampled_from([("gateway", ("a",)), ("gateway", ("a", "b"))]),
).map(lambda parts: Is(*parts))
conditions = st.recursive(
    st.one_of(tests, st.floats(0, 200).map(lambda least: AtLeast("machines", least))),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=6,
)


def truth(condition, answers, asked):
    """True, False, or None where the condition hangs on what the firm was not asked."""
    match condition:
        case Not(part):
            found = truth(part, answers, asked)
            return None if found is None else not found
        case All(parts) | AnyOf(parts):
            decisive = isinstance(condition, AnyOf)
            found = [truth(part, answers, asked) for part in parts]
            return decisive if decisive in found else None if None in found else not decisive
    if not asked[condition.question]:
        return None
    answer = answers.get(condition.question)
    if answer is None or isinstance(answer, dict):
        return False
    if isinstance(condition, AtLeast):
        return answer >= condition.minimum
    given_options = {True: ["yes"], False: ["no"]}[answer] if answer in (True, False) else answer
    return bool(set(condition.options) & set(given_options))


@given(drawn=sheets(ROUTING), condition=conditions)
@LAW
def test_conditions_mean_what_a_plain_reading_of_them_says(drawn, condition):
    section = ROUTING.sections[0]
    last = dataclasses.replace(section.questions[-1], when=condition)
    changed = dataclasses.replace(
        ROUTING,
        sections=(dataclasses.replace(section, questions=(*section.questions[:-1], last)),),
    )
    route = on_route(changed, drawn.columns, drawn.states)
    for row in range(len(drawn)):
        answers, asked = raw_answers(drawn, row), {}
        for question in changed.questions:
            when = question.when
            asked[question.id] = when is None or truth(when, answers, asked) is True
        assert list(asked.values()) == route[row].tolist()


@given(sheets(ROUTING))
@LAW
def test_routing_twice_is_routing_once(drawn):
    assert_same(routed(drawn), drawn)


@given(drawn=sheets(ROUTING), data=st.data())
@LAW
def test_off_route_values_never_count(drawn, data):
    """Whatever stands where a firm was not asked, route and progress stay the same."""
    other = data.draw(sheets(ROUTING, most=1))
    off = drawn.states == State.OFF_ROUTE
    columns = [
        np.where(off[:, at], other.columns[at][0], column).astype(column.dtype)
        for at, column in enumerate(drawn.columns)
    ]
    swapped = dataclasses.replace(drawn, columns=tuple(columns))
    np.testing.assert_array_equal(routed(swapped).states, drawn.states)
    np.testing.assert_array_equal(progress(swapped).answered, progress(drawn).answered)


@given(drawn=sheets(EVERY), data=st.data())
@LAW
def test_the_order_of_questions_and_options_does_not_matter(drawn, data):
    """The same raw answers to a reordered questionnaire have the same states and meaning."""
    section = EVERY.sections[0]
    first = data.draw(st.permutations(section.questions[:-1]))
    shuffled = [
        dataclasses.replace(question, options=tuple(data.draw(st.permutations(question.options))))
        for question in first
    ]
    last = section.questions[-1]  # its condition looks back
    other = dataclasses.replace(
        EVERY, sections=(dataclasses.replace(section, questions=(*shuffled, last)),)
    )
    rows = [
        RawSheet(row + 1, raw_firm(drawn.firms, row), raw_answers(drawn, row))
        for row in range(len(drawn))
    ]
    reading = check_rows(other, rows)
    assert not reading.rejected
    for question in EVERY.questions:
        np.testing.assert_array_equal(
            reading.sheets.states[:, other.index[question.id]],
            drawn.states[:, EVERY.index[question.id]],
        )
    for row in range(len(drawn)):
        told, known = raw_answers(reading.sheets, row), raw_answers(drawn, row)
        for answers in (told, known):
            if isinstance(answers.get("several"), list):
                answers["several"] = sorted(answers["several"])
        assert told == known


def test_progress_counts_required_questions_on_route():
    def of(**answers):
        told = progress(check_answers(ROUTING, answers).sheets)
        return told.answered[0], told.of[0], told.settled[0]

    assert of() == (0, 1, 0)
    assert of(connected="no") == (1, 2, 1)
    assert of(connected={"state": "unknown"}) == (0, 1, 1)
    assert of(connected="yes", machines=20, protocols=["opc"]) == (3, 5, 3)
    optional = progress(check_answers(example("text"), {"remark": "好"}).sheets)
    assert (optional.answered[0], optional.of[0]) == (0, 0)
