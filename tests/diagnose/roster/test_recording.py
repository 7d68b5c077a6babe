"""Recording events in the database: what follows from them, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from diagnose.jobs.upkeep import refresh_rosters
from diagnose.records import Actor, AuditEntry, Firm
from diagnose.records.columns import now
from diagnose.records.roster import Change, Ground, Listing, RosterEvent, Spell, Tag
from diagnose.roster import checking, keeping
from diagnose.roster.checking import EventRefused
from diagnose.roster.past import as_then, listed_on
from diagnose.roster.recording import record, void
from diagnose.roster.register import due_on
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import DISTRICT, keep, make_account, make_diagnosis, make_firm

ACTOR = Actor()


def spells(session, firm):
    rows = session.exec(select(Spell).where(Spell.firm_id == firm.id).order_by(Spell.since)).all()
    return [(row.since, row.until, Listing(row.listing), Ground(row.ground)) for row in rows]


def then(session, day, district=DISTRICT):
    rows = session.execute(listed_on(district, day)).all()
    return {row.firm_id: row.facts for row in as_then(session, district, day, rows)}


def test_an_event_is_written_with_its_audit_row_and_all_that_follows(session):
    firm, officer = make_firm(session), make_account(session, "officer")
    event = record(
        session,
        Actor(officer.id),
        firm,
        Change.DESCRIBED,
        date(2026, 3, 1),
        facts={
            "region": "新村街道",
            "park": "云谷",
            "chain": "汽车",
            "honours": 5,
            "employees": 350,
        },
        asked_by="统计局",
    )
    session.commit()
    assert (firm.region, firm.park, firm.chain, firm.honours) == ("新村街道", "云谷", "汽车", 5)
    assert (event.approved_by, event.asked_by) == (officer.id, "统计局")
    spell = session.exec(select(Spell).order_by(Spell.since.desc())).first()
    names = {tag.id: tag.name for tag in session.exec(select(Tag))}
    assert [names[n] for n in (spell.street_id, spell.park_id, spell.chain_id)] == [
        "新村街道",
        "云谷",
        "汽车",
    ]
    assert (spell.since, spell.size, spell.honours, spell.division) == (date(2026, 3, 1), 2, 5, 34)
    [row] = session.exec(select(AuditEntry)).all()
    assert (row.action, row.firm_id, row.details) == (
        "roster.described",
        firm.id,
        {"effective_on": "2026-03-01"},
    )


def test_an_event_of_the_future_counts_from_its_day_and_the_night_brings_it(session, monkeypatch):
    firm = make_firm(session)
    tomorrow = today() + timedelta(days=1)
    record(session, ACTOR, firm, Change.RENAMED, tomorrow, facts={"name": "明日"})
    record(session, ACTOR, firm, Change.LEFT, tomorrow)
    session.commit()
    assert (firm.name, firm.on_roster) == ("武汉一号机械有限公司", True)
    assert refresh_rosters(session, None) == 0
    for module in ("diagnose.jobs.upkeep.today", "diagnose.roster.recording.today"):
        monkeypatch.setattr(module, lambda: tomorrow)
    assert refresh_rosters(session, None) == 1
    assert (firm.name, firm.on_roster) == ("明日", False)


def test_an_exemption_recorded_ahead_reaches_the_diagnosis_on_its_day(session):
    firm = make_firm(session)
    found = make_diagnosis(session, firm, state="assigned")
    ahead = Actor(at=now() - timedelta(5))
    day, ground = today() - timedelta(1), {"ground": int(Ground.STOPPED)}
    record(session, ahead, firm, Change.EXEMPTED, day, facts=ground)
    session.commit()
    assert found.state == "assigned"
    for _night in range(2):
        refresh_rosters(session, None)
        session.refresh(found)
        assert found.state == "exempt"


def test_a_void_finds_a_firm_as_it_was_that_was_never_told_of(session):
    firm = keep(session, Firm(name="甲", uscc=make_uscc(), district=DISTRICT, employees=5))
    event = record(session, ACTOR, firm, Change.ENTERED, date(2026, 1, 1), facts={"employees": 400})
    assert (firm.on_roster, firm.employees) == (True, 400)
    void(session, ACTOR, event, "误登")
    assert (firm.on_roster, firm.employees) == (False, 5)


def test_a_firm_put_on_a_roster_without_events_has_been_there_since_it_was_kept(session):
    row = Firm(name="甲", uscc=make_uscc(), district=DISTRICT, on_roster=True)
    firm = keep(session, row)
    record(session, ACTOR, firm, Change.RENAMED, today(), facts={"name": "乙"})
    assert (firm.name, firm.on_roster) == ("乙", True)
    assert [listing for _, _, listing, _ in spells(session, firm)] == [Listing.LISTED]


def test_a_late_event_folds_the_spells_anew(session):
    firm = make_firm(session, entered_on=date(2024, 1, 1))
    record(session, ACTOR, firm, Change.LEFT, date(2026, 1, 1))
    record(session, ACTOR, firm, Change.EXEMPTED, date(2025, 1, 1), facts={"ground": Ground.SECRET})
    record(session, ACTOR, firm, Change.READMITTED, date(2025, 4, 1))
    listed = Listing.LISTED
    assert spells(session, firm) == [
        (date(2024, 1, 1), date(2025, 1, 1), listed, Ground.NONE),
        (date(2025, 1, 1), date(2025, 4, 1), listed, Ground.SECRET),
        (date(2025, 4, 1), date(2026, 1, 1), listed, Ground.NONE),
        (date(2026, 1, 1), None, Listing.BELOW, Ground.NONE),
    ]
    assert [
        due_on(session, DISTRICT, date(y, m, 1)) for y, m in ((2024, 1), (2025, 2), (2026, 1))
    ] == [
        1,
        0,
        0,
    ]


def test_what_a_late_event_makes_impossible_is_refused(session):
    firm = make_firm(session, entered_on=date(2024, 1, 1))
    record(session, ACTOR, firm, Change.LEFT, date(2026, 1, 1))
    with pytest.raises(EventRefused) as refused:
        record(session, ACTOR, firm, Change.CLOSED, date(2025, 1, 1))
    assert "2026-01-01" in refused.value.problems[0].zh
    assert session.exec(select(RosterEvent).where(RosterEvent.change == "closed")).all() == []


@pytest.mark.parametrize(
    ("change", "facts", "said"),
    [
        (Change.RENAMED, {}, "新名称"),
        (Change.RENAMED, {"name": "长" * 201}, "企业名称"),
        (Change.RECODED, {"uscc": "91420102MA4K0000XX"}, "不正确"),
        (Change.INDUSTRY, {"industry": "机械"}, "行业代码"),
        (Change.DESCRIBED, {"employees": -1}, "从业人员"),
        (Change.DESCRIBED, {"revenue": "多"}, "营业收入"),
        (Change.EXEMPTED, {"ground": 9}, "免诊依据"),
        (Change.EXEMPTED, {"ground": 0}, "免诊依据"),
        (Change.MERGED, {}, "存续"),
        (Change.ENTERED, {}, "规上"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(session, change, facts, said):
    firm = make_firm(session)
    with pytest.raises(EventRefused) as refused:
        record(session, ACTOR, firm, change, today(), facts=facts)
    assert said in refused.value.problems[0].zh
    session.rollback()
    assert [event.change for event in session.exec(select(RosterEvent))] == ["entered"]


@pytest.mark.parametrize("day", [date(1900, 1, 1), today() + keeping.AHEAD + timedelta(days=1)])
def test_a_mistyped_year_is_refused(session, day):
    with pytest.raises(EventRefused) as refused:
        record(session, ACTOR, make_firm(session), Change.LEFT, day)
    assert refused.value.problems[0] in {checking.TOO_EARLY, checking.TOO_LATE}


def test_a_firm_moves_from_one_district_to_another_and_back_by_a_void(session):
    firm = make_firm(session, entered_on=date(2024, 1, 1))
    with pytest.raises(EventRefused):
        record(session, ACTOR, firm, Change.MOVED_IN, date(2025, 6, 1))
    record(session, ACTOR, firm, Change.MOVED_OUT, date(2025, 6, 1))
    moved = record(session, ACTOR, firm, Change.MOVED_IN, date(2025, 6, 15), district="汉阳区")
    assert (firm.district, firm.on_roster) == ("汉阳区", True)
    assert list(then(session, date(2025, 1, 1))) == [firm.id]
    assert list(then(session, date(2026, 1, 1))) == []
    assert list(then(session, date(2025, 1, 1), "汉阳区")) == []
    assert then(session, date(2026, 1, 1), "汉阳区")[firm.id]["name"] == firm.name
    void(session, ACTOR, moved, "误登")
    assert (firm.district, firm.on_roster) == (DISTRICT, False)


def test_the_roster_of_a_day_shows_what_firms_were_called_and_did_then(session):
    firm = make_firm(session, name="旧名", region="旧街", entered_on=date(2024, 1, 1))
    other = make_firm(session, name="别家", entered_on=date(2025, 5, 1))
    old = firm.uscc
    record(session, ACTOR, firm, Change.RENAMED, date(2025, 1, 1), facts={"name": "新名"})
    record(session, ACTOR, firm, Change.RECODED, date(2025, 2, 1), facts={"uscc": make_uscc()})
    record(session, ACTOR, firm, Change.DESCRIBED, date(2025, 3, 1), facts={"region": "新街"})
    record(session, ACTOR, other, Change.INDUSTRY, date(2025, 6, 1), facts={"industry": "5111"})
    session.commit()
    told = {
        day: [(f["name"], f["uscc"] == old, f["region"]) for f in then(session, day).values()]
        for day in (date(2024, 6, 1), date(2025, 1, 1), date(2025, 2, 5), date(2025, 5, 1), today())
    }
    assert list(told.values()) == [
        [("旧名", True, "旧街")],
        [("新名", True, "旧街")],
        [("新名", False, "旧街")],
        [("新名", False, "新街"), ("别家", False, "后湖街道")],
        [("新名", False, "新街")],
    ]
    assert then(session, date(2023, 1, 1)) == {}


def test_a_void_of_a_void_or_twice_is_refused(session):
    firm = make_firm(session)
    event = record(session, ACTOR, firm, Change.STOPPED, today())
    taken = void(session, ACTOR, event, "误登")
    for again in (event, taken):
        with pytest.raises(EventRefused):
            void(session, ACTOR, again, "误登")
    with pytest.raises(EventRefused):
        void(session, ACTOR, session.exec(select(RosterEvent)).first(), " ")
