"""What is written when a file is handed in or taken back."""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app
from sqlalchemy import func
from sqlmodel import Session, col, select
from werkzeug.datastructures import FileStorage

from diagnose.records import Attachment, Purpose, note
from diagnose.records.columns import now
from diagnose.storage import Store
from diagnose.uploads import UploadRefused, inspect, proper_name
from diagnose.uploads.refusals import ALREADY, NO_ROOM, NONE, TOO_MANY
from diagnose.web.access import actor

__all__ = ["UploadRefused", "remove", "store", "take"]

MOST_A_QUESTION = 20


def store() -> Store:
    """The files of this deployment."""
    kept: Store = current_app.extensions["store"]
    return kept


def take(
    session: Session,
    upload: FileStorage | None,
    *,
    firm_id: int,
    purpose: Purpose,
    diagnosis_id: int | None = None,
    assessment_id: int | None = None,
    question: str = "",
) -> Attachment:
    """Keep an uploaded file about a firm; the caller commits. Raises `UploadRefused`.

    The file is in the store before its row: a row never names a file that is not there. One paper
    may prove several things: a proof that is there already is not kept twice.
    """
    if upload is None or not upload.filename:
        raise UploadRefused(NONE)
    found = inspect(upload.stream, upload.filename)
    row = Attachment(
        firm_id=firm_id,
        diagnosis_id=diagnosis_id,
        assessment_id=assessment_id,
        purpose=purpose,
        question=question,
        name=proper_name(upload.filename, found.suffixes),
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        key=f"attachments/{firm_id}/{secrets.token_hex(16)}{found.suffixes[0]}",
        account_id=actor().account_id,
    )
    held = session.exec(_beside(row).where(col(Attachment.sha256) == row.sha256)).first()
    if held is not None:
        return _again(held)
    _refuse_overflow(session, row)
    store().put(row.key, upload.stream)
    session.add(row)
    session.flush()
    note(session, actor(), "file.add", f"attachment:{row.id}", firm_id=firm_id, size=row.size)
    return row


def remove(session: Session, row: Attachment) -> None:
    """Take a file back: the row stays, the file goes. Commits."""
    row.removed_at = now()
    note(session, actor(), "file.remove", f"attachment:{row.id}", firm_id=row.firm_id)
    session.commit()
    store().remove(row.key)


def _again(held: Attachment) -> Attachment:
    if held.purpose != Purpose.PROOF:
        raise UploadRefused(ALREADY.format(name=held.name))
    return held


def _refuse_overflow(session: Session, row: Attachment) -> None:
    if row.question and len(session.exec(_beside(row)).all()) >= MOST_A_QUESTION:
        raise UploadRefused(TOO_MANY.format(most=MOST_A_QUESTION))
    held = session.exec(
        select(func.coalesce(func.sum(Attachment.size), 0)).where(
            col(Attachment.firm_id) == row.firm_id, col(Attachment.removed_at).is_(None)
        )
    ).one()
    most: int = current_app.config["MOST_BYTES_A_FIRM"]
    if held + row.size > most:
        raise UploadRefused(NO_ROOM.format(most=most >> 20))


def _beside(row: Attachment) -> Any:
    """The files that are there for the same purpose, sheet, diagnosis and question."""
    same = ("firm_id", "assessment_id", "diagnosis_id", "purpose", "question")
    return select(Attachment).where(
        *(getattr(Attachment, name) == getattr(row, name) for name in same),
        col(Attachment.removed_at).is_(None),
    )
