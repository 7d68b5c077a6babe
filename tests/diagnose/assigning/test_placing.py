from hypothesis import given
from hypothesis import strategies as st

from diagnose.assigning.placing import NO_RULE, NOBODY, Room, Wish, place

ROOMS = [Room(1, "甲", 3, 1), Room(2, "乙", 5, 0), Room(3, "丙", 9, 0, admitted=False)]
EVERYBODY = (1, 2, 3)


def placed(wishes, interests=(), choice=EVERYBODY, rooms=ROOMS):
    found = place(wishes, rooms, frozenset(interests), lambda _wish: choice)
    return [(placing.provider_id, placing.problem) for placing in found]


def wish(number, **changes):
    return Wish(number, number * 10, **changes)


def test_whoever_has_most_room_gets_the_next():
    assert [p for p, _ in placed([wish(n) for n in range(8)])] == [2, 2, 2, 1, 2, 1, 2, None]


def test_an_interest_an_ended_admission_and_a_full_house_are_named():
    assert placed([wish(1)], {(1, 10)}, (1,))[0][1].zh == "甲与该企业有利益关系。"
    assert placed([wish(1)], (), (3,))[0][1].zh == "丙的资格已过期。"
    third = placed([wish(n) for n in range(3)], (), (1,))[2]
    assert third == (None, third[1])
    assert third[1].zh == "甲在手 3 项，已到上限 3 项。"


def test_nobody_left_and_no_rule_are_told_apart():
    assert placed([wish(1)], {(1, 10), (2, 10)})[0] == (None, NOBODY)
    assert placed([wish(1)], (), ())[0] == (None, NO_RULE)


def test_what_a_provider_holds_already_takes_no_more_room():
    full = [Room(1, "甲", 1, 1)]
    assert placed([wish(1, held_by=1)], (), (1,), full) == [(1, None)]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(0, 20),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 200))),
)
def test_no_house_is_overfilled_none_with_an_interest_chosen_and_the_answer_is_the_same(
    loads, count, interests
):
    rooms = [Room(at, str(at), load, held) for at, (load, held) in enumerate(loads)]
    wishes, choice = [wish(n) for n in range(count)], tuple(range(len(rooms)))
    found = placed(wishes, interests, choice, rooms)
    assert found == placed(wishes, interests, choice, rooms)
    for room in rooms:
        assert sum(provider == room.provider_id for provider, _ in found) <= room.free
    for (provider, problem), one in zip(found, wishes, strict=True):
        assert (provider, one.firm_id) not in interests
        assert (provider is None) == (problem is not None)
