"""What tables share: aware timestamps, names of constraints, the rules stated in them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


KEEP_IDS = {"sqlite_autoincrement": True}
"""Table option: the id of a deleted row never comes back, so an old address finds no one else."""


class Moment(TypeDecorator[datetime]):
    """A point in time: goes in aware, is kept in UTC, comes back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Refuse a naive time: nobody knows which moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive timestamp: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Give SQLite's plain time its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A day kept as its ordinal number, so that millions of spans can be read as arrays."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The number of the day, the first of January of year 1 being 1."""
        return None if value is None else value.toordinal()

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The day itself."""
        return None if value is None else date.fromordinal(value)


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


def check(name: str, rule: str) -> CheckConstraint:
    """A rule that the table itself keeps."""
    return CheckConstraint(rule, name=name)


def one_of(column: str, values: type[Any]) -> CheckConstraint:
    """`column` holds one of the values of a string enumeration."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return check(f"{column}_known", f"{column} IN ({allowed})")
