"""The files of an application for acceptance."""

from __future__ import annotations

from sqlmodel import Session, col, select

from diagnose.access import visible
from diagnose.records import Acceptance, Attachment
from diagnose.web.access import me


def files_of(session: Session, acceptance: Acceptance | None) -> dict[str, list[Attachment]]:
    """The files of an application that whoever asks may see, by kind."""
    if acceptance is None:
        return {}
    named = {id_: kind for kind, ids in acceptance.files.items() for id_ in ids}
    rows = session.exec(
        select(Attachment)
        .where(
            col(Attachment.id).in_(named),
            col(Attachment.removed_at).is_(None),
            visible(me(), Attachment),
        )
        .order_by(col(Attachment.id))
    )
    found: dict[str, list[Attachment]] = {}
    for row in rows:
        found.setdefault(named[row.id], []).append(row)
    return found
