"""Names that pages of coverage look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from diagnose.records import Firm, Provider


def providers(session: Session) -> Mapping[int, str]:
    """The names of all providers by id."""
    query = select(Provider.id, Provider.name)
    return {number: name for number, name in session.exec(query) if number is not None}


def firm_names(session: Session, ids: Iterable[int]) -> Mapping[int, str]:
    """The names of some firms by id."""
    query = select(Firm.id, Firm.name).where(col(Firm.id).in_(ids))
    return {number: name for number, name in session.exec(query) if number is not None}
