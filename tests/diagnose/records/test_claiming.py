"""Rows written only if nobody was faster."""

import pytest
from psycopg.errors import ForeignKeyViolation, UniqueViolation
from sqlalchemy.exc import IntegrityError

from diagnose.records.claiming import first_of
from tests.diagnose.people import make_account


class Slower(Exception):
    """Somebody else was faster."""


def test_the_second_of_a_kind_is_refused(session):
    make_account(session, "officer", username="bureau")
    with pytest.raises(Slower), first_of(session, Slower()):
        make_account(session, "officer", username="bureau")


def test_a_server_that_speaks_chinese_is_understood(session):
    """PostgreSQL words its errors in the language of the server; the code stays the same."""
    told = UniqueViolation("重复键违反唯一约束")
    with pytest.raises(Slower), first_of(session, Slower()):
        raise IntegrityError("INSERT", {}, told)


def test_another_rule_of_the_database_is_no_race(session):
    told = ForeignKeyViolation('violates foreign key "fk_unique_firm"')
    with pytest.raises(IntegrityError), first_of(session, Slower()):
        raise IntegrityError("INSERT", {}, told)
