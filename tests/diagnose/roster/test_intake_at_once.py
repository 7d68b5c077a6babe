"""Several at work on the roster at the same moment, on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session, select

from diagnose.records import Actor, AuditEntry, Firm, connect, upgrade
from diagnose.records.roster import RosterEvent, RosterImport, Spell
from diagnose.roster.intake.undoing import UndoRefused, undo
from diagnose.roster.intake.writing import ImportRefused, Source, take_over
from tests.diagnose import postgresql
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm
from tests.diagnose.roster.rosterfiles import bring, plan_of, write_csv

AT_ONCE = 4
SOURCE = Source("a.csv", "0" * 64, {})


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request):
    """A database of either kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("engine")
        return
    with postgresql.database(request.getfixturevalue("server")) as url:
        engine = connect(url)
        upgrade(engine)
        yield engine
        engine.dispose()


def file_of(folder, firms, name="a.csv"):
    """New firms, and new names for those that are there."""
    rows = [[code, f"第{at}厂", "3484", f"街{at % 7}", 12, 2000] for at, code in enumerate(firms)]
    return write_csv(folder / name, rows)


def all_at_once(*acts):
    """What each act ends in, begun at the same moment: what it returns or why it was refused."""
    ready = threading.Barrier(len(acts))

    def begin(act):
        ready.wait()
        try:
            return act()
        except (ImportRefused, UndoRefused) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def refusals(ends):
    return [end for end in ends if isinstance(end, Exception)]


def taking(engine, path):
    """Look at a file; the act of taking it over."""
    with Session(engine) as session:
        plan = plan_of(session, path)

    def take():
        with Session(engine) as session:
            row = take_over(session, plan, SOURCE, Actor())
            session.commit()
            return row.id

    return take


def undoing(engine, number):
    def act():
        with Session(engine) as session:
            voided = undo(session, Actor(), session.get_one(RosterImport, number))
            session.commit()
            return voided

    return act


def counts(engine):
    with Session(engine) as session:
        return tuple(len(session.exec(select(t)).all()) for t in (Firm, RosterEvent, Spell))


def test_the_same_file_taken_over_several_times_at_once_is_taken_once(either, tmp_path):
    with Session(either) as session:
        known = make_firm(session, name="旧名").uscc
    path = file_of(tmp_path, [known, *(make_uscc() for _ in range(40))])
    ends = all_at_once(*(taking(either, path) for _ in range(AT_ONCE)))
    assert len(refusals(ends)) == AT_ONCE - 1
    assert counts(either) == (41, 43, 42)
    with Session(either) as session:
        assert [e.action for e in session.exec(select(AuditEntry))].count("roster.import") == 1


def test_two_files_at_once_do_not_mix(either, tmp_path):
    files = [
        file_of(tmp_path, [make_uscc() for _ in range(20)], f"{name}.csv") for name in ("a", "b")
    ]
    ends = all_at_once(*(taking(either, path) for path in files))
    assert len(refusals(ends)) == 1
    assert counts(either) == (20, 20, 20)
    for path, end in zip(files, ends, strict=True):
        if isinstance(end, Exception):
            taking(either, path)()
    assert counts(either) == (40, 40, 40)


def test_an_import_undone_several_times_at_once_is_undone_once(either, tmp_path):
    with Session(either) as session:
        number = bring(session, file_of(tmp_path, [make_uscc() for _ in range(20)])).id
    ends = all_at_once(*(undoing(either, number) for _ in range(AT_ONCE)))
    assert sorted(end for end in ends if isinstance(end, int)) == [20]
    assert counts(either) == (20, 40, 0)


def test_undone_while_another_file_builds_on_it_either_one_holds(either, tmp_path):
    codes = [make_uscc() for _ in range(20)]
    with Session(either) as session:
        first = bring(session, file_of(tmp_path, codes)).id
    renamed = write_csv(
        tmp_path / "b.csv", [[code, "新名", "3484", "", 12, 2000] for code in codes]
    )
    back, on = all_at_once(undoing(either, first), taking(either, renamed))
    assert len(refusals([back, on])) == 1
    undone = isinstance(on, ImportRefused)
    with Session(either) as session:
        assert (session.get_one(RosterImport, first).undone_at is not None) == undone
        assert {f.on_roster for f in session.exec(select(Firm))} == {not undone}
        assert {f.name == "新名" for f in session.exec(select(Firm))} == {not undone}


def test_an_import_on_postgresql_says_the_same_as_on_sqlite(session, server, tmp_path):
    path = file_of(tmp_path, [make_uscc() for _ in range(30)])

    def told(opened):
        bring(opened, path)
        firms = [f.model_dump(exclude={"created_at"}) for f in opened.exec(select(Firm))]
        events = [
            e.model_dump(exclude={"recorded_at"})
            for e in opened.exec(select(RosterEvent).order_by(RosterEvent.id))
        ]
        return firms, events, [s.model_dump() for s in opened.exec(select(Spell))]

    here = told(session)
    with postgresql.database(server) as url:
        engine = connect(url)
        upgrade(engine)
        with Session(engine) as opened:
            assert told(opened) == here
        engine.dispose()


def test_nobody_waits_while_firms_are_laid_ready(session, tmp_path):
    plan = plan_of(session, file_of(tmp_path, [make_uscc() for _ in range(9)]))
    other, said = create_engine(session.get_bind().url, connect_args={"timeout": 0}), []

    def told(done, _all):
        said.append(done)
        if done == plan.added:
            with other.begin() as writing:
                writing.execute(text("UPDATE audithead SET last = last"))

    take_over(session, plan, SOURCE, Actor(), told=told)
    session.commit()
    other.dispose()
    assert said == [9, 18, 27, 36, 36]
    assert counts(session.get_bind()) == (9, 9, 9)
