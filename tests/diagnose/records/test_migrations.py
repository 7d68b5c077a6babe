from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
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


def test_upgrading_again_changes_nothing(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()
