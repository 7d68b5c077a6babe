"""The fictional district's roster: files, then three years of changes that end at today's."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import numpy as np
from sqlmodel import col, select

from diagnose.demonstration.changes import show_roster
from diagnose.demonstration.rosters import WRONG
from diagnose.demonstration.scene import Scene
from diagnose.fictional.codes import fictional_codes
from diagnose.records import Firm, FirmEntry
from diagnose.records.roster import Change, RosterEvent, RosterImport
from diagnose.roster.keeping import histories
from diagnose.roster.register import due_on
from tests.diagnose.people import DISTRICT, make_account

DAY = date(2026, 11, 22)
OPENED = datetime(2026, 6, 1, 2, tzinfo=UTC)


def show(session, firms):
    entries = [
        FirmEntry(
            name=f"虚构·{number}有限公司",
            uscc=str(code),
            industry="3484",
            employees=100,
            revenue=9000.5,
            region="示例高新园",
        )
        for number, code in enumerate(fictional_codes(firms, 0))
    ]
    cast = SimpleNamespace(officer=make_account(session, "officer"))
    table = SimpleNamespace(opened=OPENED, ends=["to_assign", "done"] * (firms // 2 + 1))
    scene = Scene(session, None, cast, table, DAY, np.random.default_rng(0))
    rows = show_roster(scene, entries)
    session.commit()
    return rows, entries


def told(firm):
    return (firm.name, firm.uscc, firm.industry, firm.employees, firm.revenue, firm.region)


def test_all_kinds_happen_and_todays_roster_is_as_it_was_to_be(session):
    rows, entries = show(session, 80)
    assert [told(row) for row in rows] == [told(entry) for entry in entries]
    assert all(row.on_roster and row.fictional for row in rows)
    assert due_on(session, DISTRICT, DAY) == len(rows)
    assert due_on(session, DISTRICT, date(2023, 6, 1)) < len(rows)
    changes = set(session.exec(select(RosterEvent.change)))
    assert changes == set(Change) - {Change.EXEMPTED, Change.READMITTED}
    days = session.exec(select(RosterEvent.effective_on, RosterEvent.recorded_at)).all()
    assert all(on <= DAY and at.date() <= DAY for on, at in days)


def test_the_first_roster_comes_by_a_file_and_its_wrong_rows_by_a_second(session):
    show(session, 80)
    first, mended, *later = session.exec(select(RosterImport).order_by(col(RosterImport.id)))
    assert first.refused == len(WRONG) + 1
    assert (mended.added, mended.refused) == (len(WRONG), 0)
    assert first.added > 40
    assert later
    assert all(row.added and not row.refused for row in later)


def test_nothing_impossible_is_told(session):
    show(session, 80)
    ids = session.exec(select(Firm.id)).all()
    assert [h.impossible for h in histories(session, DISTRICT, ids).values() if h.impossible] == []


def test_a_small_district_only_enters(session):
    rows, _entries = show(session, 3)
    assert session.exec(select(RosterEvent.change)).all() == ["entered"] * 3
    assert all(row.on_roster for row in rows)
