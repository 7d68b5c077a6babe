"""Databases of every earlier release become those of this one, on SQLite and on PostgreSQL."""

import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from diagnose.records import Assessment, Firm, Judgement, upgrade
from diagnose.records.migrating import MigrationFailedError, is_current, revision_of
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
    [first] = earlier.RELEASES
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


def test_a_migration_that_fails_leaves_all_as_it_was(bare):
    [first] = earlier.RELEASES
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
    [first] = earlier.RELEASES
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
