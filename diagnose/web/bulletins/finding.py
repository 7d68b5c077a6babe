"""Finding what the own district gave out."""

from __future__ import annotations

from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.records import Publication
from diagnose.web.access import LARGEST_ID, me, refuse_and_note
from diagnose.web.database import records


def publications() -> list[Publication]:
    """Drafts and issues of the district, the latest day first."""
    return list(
        records().exec(
            select(Publication)
            .where(Publication.district == me().district)
            .order_by(col(Publication.day).desc(), col(Publication.id).desc())
        )
    )


def find_publication(number: int, kind: str = "") -> Publication:
    """One of them; another district's is 404, and logged."""
    row = records().get(Publication, number) if number <= LARGEST_ID else None
    if row is None:
        raise NotFound
    if row.district != me().district:
        refuse_and_note("access.foreign", f"publication:{number}")
        raise NotFound
    if kind and row.kind != kind:
        raise NotFound
    return row
