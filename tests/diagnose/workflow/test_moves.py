from datetime import timedelta

import pytest
from sqlmodel import Session, select

from diagnose.access import capabilities
from diagnose.moves import NOT_YOURS, REASON_WANTED
from diagnose.records import CLOSED, Actor, AuditEntry, Kind, connect, upgrade
from diagnose.workflow import MACHINE, MoveRefused, Wanted, move
from diagnose.workflow.guards import GUARDS
from diagnose.workflow.moving import MOVED_MEANWHILE
from questionnaires.clock import today
from tests.diagnose.people import make_account, make_diagnosis, make_firm

MOVES = MACHINE.moves.values()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('moves') / 'diagnose.sqlite3'}")
    upgrade(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def in_state(session, state, **changes):
    dates = {"accepted_on": today(), "valid_until": today()} if state in CLOSED else {}
    return make_diagnosis(session, make_firm(session), state=state, **dates, **changes)


def log_of(session, diagnosis):
    subject = f"diagnosis:{diagnosis.id}"
    return session.exec(select(AuditEntry).where(AuditEntry.subject == subject)).all()


def try_move(session, diagnosis, id_, account=None, **wanted):
    with pytest.raises(MoveRefused) as refused:
        move(session, diagnosis, Wanted(id_, **wanted), account, Actor())
    return refused.value.problems


@pytest.mark.parametrize("step", MOVES, ids=lambda step: step.id)
def test_every_name_in_a_move_is_known(step):
    assert {*step.sources, step.target} <= MACHINE.states.keys()
    assert set(step.guards) <= GUARDS.keys()
    assert any(step.by & capabilities(kind) for kind in Kind)


def test_no_guard_is_forgotten():
    assert {guard for step in MOVES for guard in step.guards} == GUARDS.keys()


def test_every_state_is_reached_and_only_an_expired_one_is_the_end():
    reached = {"to_assign"}
    while more := {s.target for s in MOVES if reached & set(s.sources)} - reached:
        reached |= more
    assert reached == MACHINE.states.keys()
    assert {s for s in MACHINE.states if not any(s in m.sources for m in MOVES)} == {"expired"}


@pytest.mark.parametrize("state", MACHINE.states)
def test_no_move_is_made_from_where_it_does_not_lead_on(session, state):
    diagnosis = in_state(session, state)
    for step in MOVES:
        if state not in step.sources:
            (problem,) = try_move(session, diagnosis, step.id, reason="x")
            assert MACHINE.states[state].title.zh in problem.zh
    assert diagnosis.state == state
    assert not log_of(session, diagnosis)


@pytest.mark.parametrize("kind", Kind)
def test_a_move_is_refused_to_whoever_lacks_its_capability(session, kind):
    account = make_account(session, kind)
    for step in MOVES:
        if not step.by & capabilities(kind):
            diagnosis = in_state(session, step.sources[0])
            assert try_move(session, diagnosis, step.id, account, reason="x") == (NOT_YOURS,)


@pytest.mark.parametrize("step", [s for s in MOVES if s.reason], ids=lambda step: step.id)
def test_a_blank_reason_is_none(session, step):
    diagnosis = in_state(session, step.sources[0])
    assert REASON_WANTED in try_move(session, diagnosis, step.id, reason=" \n")


def test_a_page_that_is_out_of_date_moves_nothing(session):
    diagnosis = in_state(session, "done", edition=4)
    assert try_move(session, diagnosis, "reopen", reason="x", edition=3) == (MOVED_MEANWHILE,)


def test_a_move_starts_the_clock_and_is_logged_once(session):
    diagnosis = in_state(session, "declined", edition=4)
    move(session, diagnosis, Wanted("requeue", reason="x"), None, Actor(origin="here"))
    session.commit()
    assert (diagnosis.state, diagnosis.edition, diagnosis.due_at) == ("to_assign", 5, None)
    (entry,) = log_of(session, diagnosis)
    assert (entry.action, entry.firm_id) == ("diagnosis.move", diagnosis.firm_id)
    assert entry.details == {
        "move": "requeue", "before": "declined", "after": "to_assign", "reason": "x"
    }  # fmt: skip


def test_clocks_are_those_of_the_state_that_begins(session):
    diagnosis = in_state(session, "visited")
    move(session, diagnosis, Wanted("draft"), None, Actor())
    assert diagnosis.due_at - diagnosis.state_since == timedelta(MACHINE.states["drafting"].days)
