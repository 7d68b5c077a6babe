"""The fictional district's three years of changes end at the roster of today."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import numpy as np
from sqlmodel import select

from diagnose.demonstration.changes import show_changes
from diagnose.demonstration.scene import Scene
from diagnose.fictional.codes import fictional_codes
from diagnose.records import Firm
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.keeping import histories
from diagnose.roster.register import due_on
from tests.diagnose.people import DISTRICT, make_account

DAY = date(2026, 11, 22)
OPENED = datetime(2026, 6, 1, 2, tzinfo=UTC)


def show(session, firms):
    rows = [
        Firm(
            name=f"虚构·{number}有限公司",
            uscc=str(code),
            industry="3484",
            district=DISTRICT,
            on_roster=True,
            fictional=True,
            employees=100,
            revenue=9000.0,
            region="示例高新园",
        )
        for number, code in enumerate(fictional_codes(firms, 0))
    ]
    session.add_all(rows)
    cast = SimpleNamespace(officer=make_account(session, "officer"))
    table = SimpleNamespace(opened=OPENED)
    before = {row.id: (row.name, row.uscc, row.industry, row.employees) for row in rows}
    show_changes(Scene(session, None, cast, table, DAY, np.random.default_rng(0)))
    session.commit()
    return rows, before


def test_all_kinds_happen_and_todays_roster_is_as_it_was(session):
    rows, before = show(session, 80)
    after = {row.id: (row.name, row.uscc, row.industry, row.employees) for row in rows}
    assert after == before
    assert all(row.on_roster for row in rows)
    assert due_on(session, DISTRICT, DAY) == len(rows)
    assert due_on(session, DISTRICT, date(2023, 6, 1)) < len(rows)
    changes = set(session.exec(select(RosterEvent.change)))
    assert changes == set(Change) - {Change.EXEMPTED, Change.READMITTED}
    days = session.exec(select(RosterEvent.effective_on, RosterEvent.recorded_at)).all()
    assert all(on <= DAY and at.date() <= DAY for on, at in days)


def test_nothing_impossible_is_told(session):
    show(session, 80)
    ids = session.exec(select(Firm.id)).all()
    assert [h.impossible for h in histories(session, DISTRICT, ids).values() if h.impossible] == []


def test_a_small_district_only_enters(session):
    rows, _before = show(session, 3)
    assert session.exec(select(RosterEvent.change)).all() == ["entered"] * 3
    assert all(row.on_roster for row in rows)
