from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

from diagnose.records import connect, upgrade
from diagnose.records.migrating import is_current


def test_an_empty_database_becomes_exactly_the_tables_the_code_expects(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_tables_of_the_database_keep_the_rules_that_the_code_states(tmp_path):
    """Alembic compares columns and keys only."""
    engines = [connect(f"sqlite:///{tmp_path / name}") for name in ("migrated", "made")]
    upgrade(engines[0])
    SQLModel.metadata.create_all(engines[1])
    migrated, made = map(inspect, engines)
    for table in SQLModel.metadata.tables:
        rules = made.get_check_constraints(table)
        assert sorted(migrated.get_check_constraints(table), key=str) == sorted(rules, key=str)

    for engine in engines:
        engine.dispose()


def test_upgrading_again_changes_nothing(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()
