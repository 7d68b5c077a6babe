"""What is written when the bureau drafts, issues and releases."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from flask import current_app
from sqlmodel import Session

from diagnose import bulletins
from diagnose.records import Publication
from diagnose.storage import Store
from diagnose.web.access import actor, me
from diagnose.web.editions import ChangedMeanwhile
from questionnaires.clock import today


def mark_of(text: str) -> str:
    """What tells one foreword from another in a form."""
    return sha256(text.encode()).hexdigest()[:16]


def gather(session: Session, month: date) -> Publication:
    """Gather a month's figures into its draft."""
    row = bulletins.draft_bulletin(session, actor(), me().district, month, today())
    session.commit()
    return row


def edit(session: Session, row: Publication, text: str, seen: str) -> None:
    """Keep a foreword."""
    if seen != mark_of(row.foreword):
        raise ChangedMeanwhile
    bulletins.edit_foreword(session, actor(), row, text)
    session.commit()


def issue(session: Session, row: Publication) -> None:
    """Freeze a bulletin."""
    bulletins.issue_bulletin(session, _store(), actor(), row)
    session.commit()


def release(session: Session, day: date, again: str) -> Publication:
    """Publish statistics."""
    row = bulletins.release_statistics(session, _store(), actor(), me().district, day, again=again)
    session.commit()
    return row


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
