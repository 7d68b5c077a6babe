"""Databases of every earlier release become those of this one, on SQLite and on PostgreSQL."""

import json
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from diagnose.records import Assessment, Firm, Judgement, Stay, upgrade
from diagnose.records.migrating import MigrationFailedError, is_current, revision_of
from diagnose.records.roster import Ground, RosterEvent, Spell, Tag
from diagnose.roster.keeping import refold
from tests.diagnose import earlier


def test_an_empty_database_becomes_exactly_the_tables_the_code_expects(bare):
    assert not is_current(bare)
    assert revision_of(bare) is None
    upgrade(bare)
    assert is_current(bare)
    with bare.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_tables_of_the_database_keep_the_rules_that_the_code_states(engine):
    """Alembic compares columns and keys only; defaults of columns come from the code alone."""
    migrated = rules(engine)
    with engine.begin() as connection:
        everything = MetaData()
        everything.reflect(connection)
        everything.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert migrated == rules(engine)


def test_upgrading_again_changes_nothing(engine):
    before = rules(engine)
    upgrade(engine)
    assert is_current(engine)
    assert rules(engine) == before


@pytest.mark.parametrize("release", earlier.RELEASES)
def test_what_an_earlier_release_kept_is_kept(bare, release):
    upgrade(bare, release.revision)
    release.fill(bare)
    before = contents(bare)
    assert all(before[table] for table in release.tables)
    upgrade(bare)
    assert is_current(bare)
    after = contents(bare)
    for table, rows in before.items():
        assert len(after[table]) == len(rows)
        for old, new in zip(rows, after[table], strict=True):
            assert old.items() <= new.items()


def test_what_an_earlier_release_kept_is_read_as_rows_of_this_one(bare):
    first = earlier.RELEASES[0]
    upgrade(bare, first.revision)
    first.fill(bare)
    upgrade(bare)
    with Session(bare) as session:
        firm = session.scalars(select(Firm).order_by(Firm.id)).first()
        assert (firm.name, firm.district, firm.on_roster) == ("武汉一号机械有限公司", "", False)
        assert firm.created_at == earlier.MOMENT
        judgement = session.scalars(select(Judgement)).one()
        assert (judgement.basis, judgement.score) == ("self", 61.25)
        assert [a.pledged_by for a in session.scalars(select(Assessment))] == ["", ""]
        session.delete(firm)
        session.commit()
        assert not session.scalars(select(Judgement)).all()


def test_what_an_earlier_release_knew_of_the_roster_is_told_as_events(bare):
    service = earlier.RELEASES[1]
    upgrade(bare, service.revision)
    service.fill(bare)
    upgrade(bare)
    entered = date(2026, 3, 31)
    with Session(bare) as session:
        events = session.scalars(select(RosterEvent).order_by(RosterEvent.id)).all()
        assert [(e.firm_id, e.change, e.effective_on) for e in events] == [
            (1, "entered", entered),
            (2, "entered", entered),
            (2, "exempted", date(2026, 4, 3)),
            (2, "readmitted", date(2026, 4, 10)),
            (2, "exempted", date(2026, 5, 10)),
        ]
        assert (events[0].facts["region"], events[0].asked_by) == ("后湖街道", "upgrade")
        assert (events[2].reason, events[2].facts) == ("原因3", {"ground": Ground.OTHER})
        spells = spells_of(session)
        assert spells[1] == [(entered, None, Ground.NONE, "后湖街道", 34, 1)]
        assert spells[2] == [
            (entered, date(2026, 4, 3), Ground.NONE, None, 34, -1),
            (date(2026, 4, 3), date(2026, 4, 10), Ground.OTHER, None, 34, -1),
            (date(2026, 4, 10), date(2026, 5, 10), Ground.NONE, None, 34, -1),
            (date(2026, 5, 10), None, Ground.OTHER, None, 34, -1),
        ]
        refold(session, "江岸区", [1, 2, 3], date(2026, 6, 1))
        assert spells_of(session) == spells
        on_roster = session.execute(select(Firm.on_roster).order_by(Firm.id)).scalars().all()
        assert on_roster == [True, True, False]


def test_the_states_of_earlier_diagnoses_are_told_as_stays(bare):
    service = earlier.RELEASES[1]
    upgrade(bare, service.revision)
    service.fill(bare)
    upgrade(bare)
    with Session(bare) as session:
        stays = session.scalars(select(Stay).where(Stay.diagnosis_id == 1).order_by(Stay.since))
        assert [(stay.state, stay.since, stay.until, stay.valid_until) for stay in stays] == [
            ("to_assign", date(2026, 3, 31), date(2026, 4, 2), None),
            ("accepted", date(2026, 4, 2), date(2026, 5, 3), None),
            ("done", date(2026, 5, 3), None, date(2029, 5, 2)),
        ]


def spells_of(session):
    found = {}
    rows = select(Spell, Tag.name).outerjoin(Tag, Tag.id == Spell.street_id).order_by(Spell.since)
    for spell, street in session.execute(rows):
        told = (spell.since, spell.until, spell.ground, street, spell.division, spell.size)
        found.setdefault(spell.firm_id, []).append(told)
    return found


def test_a_migration_that_fails_leaves_all_as_it_was(bare):
    first = earlier.RELEASES[0]
    upgrade(bare, first.revision)
    first.fill(bare)
    with bare.begin() as connection:
        connection.execute(text("CREATE TABLE visit (id INTEGER)"))
    before, tables = contents(bare), inspect(bare).get_table_names()
    with pytest.raises(DBAPIError, match="already exists"):
        upgrade(bare)
    assert revision_of(bare) == first.revision
    assert contents(bare) == before
    assert sorted(inspect(bare).get_table_names()) == sorted(tables)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_references_to_nothing_stop_a_migration(bare):
    """Only SQLite lets them come to be, where foreign keys were off."""
    first = earlier.RELEASES[0]
    upgrade(bare, first.revision)
    first.fill(bare)
    plain = create_engine(bare.url)
    with plain.begin() as connection:
        connection.execute(text("DELETE FROM firm"))
    plain.dispose()
    with pytest.raises(MigrationFailedError, match="a row of assessment refers to a row of firm"):
        upgrade(bare)
    assert revision_of(bare) == first.revision


def contents(engine):
    """Every row of every table."""
    held = MetaData()
    held.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in held.sorted_tables
            if table.name != "alembic_version"
        }


def rules(engine):
    """The checks, keys and indexes of every table."""
    found = inspect(engine)
    return {
        table: [
            sorted(json.dumps(one, default=str, sort_keys=True) for one in read(table))
            for read in (
                found.get_check_constraints,
                found.get_foreign_keys,
                found.get_unique_constraints,
                found.get_indexes,
            )
        ]
        for table in SQLModel.metadata.tables
    }
