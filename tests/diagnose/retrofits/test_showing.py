"""What the demonstration shows of projects."""

from datetime import timedelta
from types import SimpleNamespace

import numpy as np
from sqlmodel import col, select

from diagnose.demonstration.retrofits import show_retrofits
from diagnose.demonstration.scene import Scene
from diagnose.records import Acceptance, AuditEntry, Contract, Month, Project
from diagnose.retrofits.conversion import count_conversion
from diagnose.retrofits.lateness import effects_due
from questionnaires.clock import day_of, today
from tests.diagnose.people import DISTRICT, make_account, make_firm
from tests.diagnose.projects import make_recommended

FIRMS = 40


def test_a_district_stands_at_every_stage_by_days_that_have_come(session):
    day, firms = today(), []
    for number in range(FIRMS):
        firm = make_firm(session, name=f"第{number}机械厂")
        firms.append(make_account(session, "firm", firm_id=firm.id))
        accepted = day - timedelta(10 + 2 * number)
        make_recommended(session, firm, accepted, cost_low=10, cost_mid=20, cost_high=30)
    cast = SimpleNamespace(firms=firms, officer=make_account(session, "officer"))
    show_retrofits(Scene(session, None, cast, None, day, np.random.default_rng(5)))
    session.commit()
    stages = set(session.exec(select(Project.stage)).all())
    assert {"pooled", "contracted", "under_way", "passed", "effective"} <= stages
    assert all(row.signed_on <= day for row in session.exec(select(Contract)))
    assert all(row.finished_on <= day for row in session.exec(select(Acceptance)))
    assert all(row.month <= day for row in session.exec(select(Month)))
    moved = session.exec(select(AuditEntry).where(col(AuditEntry.action).like("project.%"))).all()
    assert all(day_of(entry.at) <= day for entry in moved)
    assert {look.reported for look in effects_due(session, DISTRICT)} == {True, False}
    assert count_conversion(session, DISTRICT, day).due is None
