"""Writing and removing a row only if nobody was faster: the one way in which editions are taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from diagnose.records.database import is_second


def claim(
    session: Session,
    row: SQLModel,
    edition: int,
    *still: ColumnElement[bool],
    advance: int = 1,
    **columns: Any,
) -> bool:
    """Set columns of a row that is at `edition` and still as `still` says, and move its edition on.

    True: the row is written and read anew. False: somebody was faster, and nothing was written;
    what to do about that, and about the rest of the transaction, is the caller's.
    """
    table: Any = type(row)
    kept: Any = row
    session.flush()
    result = session.exec(
        update(table)
        .where(col(table.id) == kept.id, col(table.edition) == edition, *still)
        .values(**columns, edition=edition + advance)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        return False
    session.refresh(row)
    return True


def remove(session: Session, row: SQLModel, *still: ColumnElement[bool]) -> bool:
    """Delete a row that is still as `still` says.

    False: somebody was faster, and nothing was deleted.
    """
    table: Any = type(row)
    kept: Any = row
    session.flush()
    result = session.exec(
        delete(table)
        .where(col(table.id) == kept.id, *still)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        return False
    session.expunge(row)
    return True


@contextmanager
def first_of(session: Session, refusal: Exception) -> Iterator[None]:
    """Add rows of which there may be one: raise `refusal` where somebody else was faster."""
    try:
        yield
        session.flush()
    except IntegrityError as failed:
        session.rollback()
        if not is_second(failed):
            raise
        raise refusal from None
