"""The streets, parks and chains that a district's roster is divided by, as rows with ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import insert
from sqlmodel import Session, col, select

from diagnose.records.roster import Tag, TagKind


def tag_ids(
    session: Session, district: str, kind: TagKind, names: Iterable[str]
) -> Mapping[str, int]:
    """The ids of many names; new names get a row. Call it where no other writer is at work."""
    wanted = set(names) - {""}
    if not wanted:
        return {}
    known = _known(session, district, kind)
    lacking = sorted(wanted - known.keys())
    if lacking:
        rows = [{"district": district, "kind": kind.value, "name": name} for name in lacking]
        session.exec(insert(Tag), params=rows)
        known = _known(session, district, kind)
    return {name: known[name] for name in wanted}


def _known(session: Session, district: str, kind: TagKind) -> dict[str, int]:
    found = session.exec(
        select(Tag.name, Tag.id).where(col(Tag.district) == district, col(Tag.kind) == kind)
    )
    return {name: number for name, number in found if number is not None}
