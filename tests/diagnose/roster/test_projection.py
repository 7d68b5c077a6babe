"""Histories of events, folded, against a slow recount of every single day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.records.roster import Change, Ground, Listing
from diagnose.roster.projection import fold, in_order

START = date(2024, 1, 1)
DAYS = 40
GONE = {Listing.CLOSED, Listing.MERGED, Listing.SPLIT, Listing.MOVED_OUT}


@dataclass(frozen=True)
class Told:
    id: int
    change: str
    effective_on: date
    facts: dict = field(default_factory=dict)
    voids_id: int | None = None


def day(number):
    return START + timedelta(days=number)


def told(*happened):
    """Events from (day, change, facts); recorded in this order."""
    return [
        Told(number, change, day(on), dict(*facts))
        for number, (on, change, *facts) in enumerate(happened, 1)
    ]


FACTS = {
    Change.ENTERED: st.fixed_dictionaries({"region": st.sampled_from("甲乙")}),
    Change.RENAMED: st.fixed_dictionaries({"name": st.sampled_from("甲乙")}),
    Change.RECODED: st.fixed_dictionaries({"uscc": st.sampled_from("12")}),
    Change.INDUSTRY: st.fixed_dictionaries({"industry": st.sampled_from(["3484", "5111", "1300"])}),
    Change.DESCRIBED: st.fixed_dictionaries(
        {},
        optional={
            "region": st.sampled_from("甲乙"),
            "employees": st.sampled_from([10, 500]),
            "revenue": st.sampled_from([100.0, 50_000.0]),
            "honours": st.integers(0, 3),
        },
    ),
    Change.EXEMPTED: st.fixed_dictionaries({"ground": st.integers(1, 5)}),
}
ONE = st.sampled_from([change for change in Change if change != Change.VOIDED]).flatmap(
    lambda change: st.tuples(st.integers(0, DAYS), st.just(change), FACTS.get(change, st.just({})))
)
HISTORIES = st.lists(ONE, max_size=14).map(lambda happened: told(*happened))


def recount(events, wanted):
    """How a firm stands at the end of a day, told from its events one by one, with plain ifs."""
    void = {event.voids_id for event in events}
    counting = [e for e in events if e.id not in void and e.change != "voided"]
    counting = sorted(counting, key=lambda e: (e.effective_on, e.id))
    now = {"listing": "below", "ground": 0, "stopped": False, "entered": None}
    facts = {}
    for event in counting:
        for name, value in event.facts.items():
            facts.setdefault(name, value)
    for event in counting:
        if event.effective_on <= wanted and possible(now, event.change):
            now["entered"] = now["entered"] or event.effective_on
            facts |= event.facts
            happen(now, event, facts)
    told_of = {name: facts[name] for name in facts if name != "ground"}
    return (*now.values(), told_of) if now["entered"] else None


def possible(now, change):
    listing, known = now["listing"], now["entered"] is not None
    here = listing in {"listed", "below", "not_industrial"}
    return {
        "entered": listing in {"below", "not_industrial"},
        "left": listing == "listed",
        "moved_in": listing in {"below", "moved_out"},
        "moved_out": here and known,
        "merged": here and known,
        "split": here and known,
        "closed": here or listing == "moved_out",
        "stopped": here and not now["stopped"],
        "resumed": here and now["stopped"],
        "readmitted": now["ground"] != 0,
    }.get(change, True)


def happen(now, event, facts):
    if event.change in {"entered", "moved_in"}:
        now |= {"listing": "listed", "ground": 0, "stopped": False, "entered": event.effective_on}
    if event.change in {"moved_out", "closed", "merged", "split"}:
        now["listing"] = event.change
    if event.change == "left":
        now["listing"] = "below"
    if event.change == "stopped":
        now["stopped"] = True
    if event.change == "resumed":
        now |= {"stopped": False, "ground": 0 if now["ground"] == 1 else now["ground"]}
    if event.change in {"exempted", "readmitted"}:
        now["ground"] = event.facts.get("ground", 0)
    leaves = event.change == "industry" and facts["industry"] == "5111"
    if leaves and now["listing"] == "listed":
        now["listing"] = "not_industrial"


def read(stand):
    if stand is None:
        return None
    listing = stand.listing.name.lower()
    return listing, int(stand.ground), stand.stopped, stand.entered, dict(stand.facts)


@given(HISTORIES)
def test_every_day_is_as_a_slow_recount_says(events):
    folded = fold(events)
    for number in range(-1, DAYS + 2):
        assert read(folded.on(day(number))) == recount(events, day(number))


@given(HISTORIES, st.data())
def test_a_void_restores_what_was_without_the_event(events, data):
    if not events:
        return
    gone = data.draw(st.sampled_from(events))
    voided = [*events, Told(99, "voided", gone.effective_on, voids_id=gone.id)]
    without = fold([event for event in events if event is not gone])
    assert fold(voided).spans == without.spans


@given(st.lists(ONE, max_size=12, unique_by=lambda one: one[0]), st.randoms())
def test_the_order_of_recording_does_not_matter_on_different_days(happened, random):
    shuffled = list(happened)
    random.shuffle(shuffled)
    assert fold(told(*happened)).spans == fold(told(*shuffled)).spans


@given(HISTORIES)
def test_spells_follow_each_other_and_differ(events):
    folded = fold(events)
    spells = folded.spells()
    for spell, after in pairwise(spells):
        assert spell.until == after.since > spell.since
        assert spell.stand.counted != after.stand.counted
    for number in range(DAYS + 2):
        held = [
            s for s in spells if s.since <= day(number) and (not s.until or s.until > day(number))
        ]
        stand = folded.on(day(number))
        assert [s.stand.counted for s in held] == ([stand.counted] if stand else [])


@given(HISTORIES)
def test_what_is_possible_and_what_is_not_make_up_the_whole(events):
    folded = fold(events)
    assert len(folded.steps) + len(folded.impossible) == len(in_order(events))
    due = {step.event.id: step.effect for step in folded.steps}
    last = folded.spans[-1].stand.due if folded.spans else False
    assert sum(due.values()) == last


def test_several_events_of_a_day_count_in_the_order_of_recording():
    folded = fold(
        told((0, "entered"), (5, "stopped"), (5, "resumed"), (5, "renamed", {"name": "乙"}))
    )
    assert len(folded.spells()) == 1
    assert folded.on(day(5)).facts["name"] == "乙"
    assert [i.event.change for i in fold(told((0, "entered"), (5, "resumed"))).impossible] == [
        "resumed"
    ]


def test_a_late_event_counts_from_its_day():
    events = told(
        (0, "entered", {"region": "甲"}), (20, "left"), (10, "described", {"region": "乙"})
    )
    folded = fold(events)
    assert [span.since for span in folded.spells()] == [day(0), day(10), day(20)]
    assert folded.on(day(9)).facts["region"] == "甲"
    assert folded.on(day(30)).facts["region"] == "乙"


def test_what_is_first_known_of_a_fact_holds_for_the_time_before():
    folded = fold(told((0, "entered"), (10, "renamed", {"name": "乙", "was": "甲"})))
    assert folded.on(day(0)).facts["name"] == "甲"
    folded = fold(told((0, "entered"), (10, "described", {"region": "乙"})))
    assert folded.on(day(0)).facts["region"] == "乙"


def test_whoever_enters_anew_brings_nothing_along():
    folded = fold(
        told(
            (0, "entered"),
            (1, "stopped"),
            (2, "exempted", {"ground": 2}),
            (3, "left"),
            (9, "entered"),
        )
    )
    stand = folded.on(day(9))
    assert (stand.stopped, stand.ground, stand.entered) == (False, Ground.NONE, day(9))
    assert folded.on(day(3)).listing == Listing.BELOW


@pytest.mark.parametrize("ending", ["closed", "merged", "split"])
@pytest.mark.parametrize("after", ["closed", "left", "entered", "moved_out", "stopped"])
def test_after_its_end_nothing_more_happens_to_a_firm(ending, after):
    folded = fold(told((0, "entered"), (5, ending), (9, after)))
    [impossible] = folded.impossible
    assert impossible.event.change == after
    assert str(day(9)) in impossible.why.zh
    assert folded.on(day(9)).listing in GONE


def test_size_and_division_are_those_of_the_day():
    small = {"industry": "3484", "employees": 50, "revenue": 3000.0}
    folded = fold(
        told((0, "entered", small), (9, "described", {"employees": 1500, "revenue": 90_000.0}))
    )
    assert [(s.stand.size, s.stand.division) for s in folded.spells()] == [(1, 34), (3, 34)]
