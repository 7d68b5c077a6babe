"""Writers at the same time: each waits for the one before, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from diagnose.records import (
    Account,
    Actor,
    AuditEntry,
    AuditHead,
    Diagnosis,
    Firm,
    Job,
    note,
)
from diagnose.records.chain import check_chain
from diagnose.records.columns import now
from diagnose.workflow import MoveRefused, Wanted, move, open_diagnosis
from questionnaires.clock import HERE
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider

WRITERS, WRITES = 8, 12


def together(do, count=WRITERS):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(do, range(count)))


def test_many_writers_wait_for_each_other(engine):
    """A write that began on an old snapshot would fail at once, however long it may wait."""

    def write(writer):
        for number in range(WRITES):
            with Session(engine) as session:
                assert session.exec(select(func.count()).select_from(Firm)).one() >= 0
                assert session.exec(select(AuditHead)).one()
                note(session, Actor(writer), "firm.add", f"firm:{number}", figure=number / 3)
                session.add(Job(work=f"{writer}/{number}"))
                session.commit()

    together(write)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Job)) == WRITERS * WRITES
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == WRITERS * WRITES
        assert check_chain(session).whole


def test_of_many_who_open_a_diagnosis_one_does(engine):
    with Session(engine) as session:
        firm_id = make_firm(session).id

    def attempt(_writer):
        with Session(engine) as session:
            try:
                open_diagnosis(session, session.get_one(Firm, firm_id), Actor())
                session.commit()
            except IntegrityError:
                return 0
            return 1

    assert sum(together(attempt)) == 1


def test_of_many_who_make_a_move_one_does(engine):
    with Session(engine) as session:
        provider = make_provider(session)
        officer_id = make_account(session, "officer").id
        diagnosis_id = make_diagnosis(session, make_firm(session)).id
        provider_id = provider.id
        wanted = Wanted("assign", sets={"provider_id": provider_id}, edition=0)

    def attempt(_writer):
        with Session(engine) as session:
            diagnosis = session.get_one(Diagnosis, diagnosis_id)
            officer = session.get_one(Account, officer_id)
            try:
                move(session, diagnosis, wanted, officer, Actor(officer_id))
                session.commit()
            except MoveRefused:
                return 0
            return 1

    assert sum(together(attempt)) == 1
    with Session(engine) as session:
        moved = session.get_one(Diagnosis, diagnosis_id)
        assert (moved.state, moved.edition, moved.provider_id) == ("assigned", 1, provider_id)
        assert timedelta(days=4) < moved.due_at - now() <= timedelta(days=5)


def test_an_act_told_in_another_zone_is_sealed_as_the_moment_it_is(session):
    note(session, Actor(1, at=datetime(2026, 10, 10, 12, tzinfo=HERE)), "x")
    session.commit()
    session.expire_all()
    assert check_chain(session).whole


@pytest.mark.parametrize("change", ["details", "missing", "head"])
def test_the_log_shows_a_gap(session, change):
    for number in range(5):
        note(session, Actor(1), "x", details_of=number, text="文字 é")
    session.commit()
    session.expire_all()
    assert check_chain(session).whole
    third = session.scalars(select(AuditEntry).order_by(col(AuditEntry.id))).all()[2]
    if change == "details":
        third.details = {"details_of": 2, "text": "else"}
    elif change == "missing":
        session.delete(third)
    else:
        session.scalars(select(AuditHead)).one().last = 4
    session.commit()
    assert check_chain(session).broken_at == (4 if change == "head" else 3)
