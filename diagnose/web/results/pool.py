"""The firms a result is compared with, kept until the database holds others."""

from __future__ import annotations

from flask import current_app
from sqlmodel import Session

from diagnose.pool import Pool, Stamp, read_pool, stamp_of

__all__ = ["Pool", "find_pool"]


def find_pool(session: Session) -> Pool:
    """The pool as it stands; read again once the database holds another."""
    stamp = stamp_of(session)
    kept: tuple[Stamp, Pool] | None = current_app.extensions.get("pool")
    if kept is None or kept[0] != stamp:
        kept = stamp, read_pool(session)
        current_app.extensions["pool"] = kept
    return kept[1]
