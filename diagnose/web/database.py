"""One database session a request, opened when first asked for."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session
from werkzeug.exceptions import ServiceUnavailable


def attach(app: Flask, engine: Engine) -> None:
    """Give `app` its database, and tie the records to one another before the first request."""
    configure_mappers()
    app.extensions["database"] = engine
    app.extensions["database_file"] = _identity(engine)

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        session: Session | None = g.pop("records", None)
        if session is not None:
            session.close()


def records() -> Session:
    """This request's session."""
    if "records" not in g:
        engine: Engine = current_app.extensions["database"]
        _refuse_if_exchanged(engine)
        g.records = Session(engine)
    session: Session = g.records
    return session


def take_back() -> None:
    """Undo what this request began to write, so that its page of error can ask for who asks."""
    session: Session | None = g.get("records")
    if session is not None:
        session.rollback()


def _refuse_if_exchanged(engine: Engine) -> None:
    """A deleted file still takes writes from connections that are open, and loses them."""
    if _identity(engine) != current_app.extensions["database_file"]:
        current_app.logger.error("the file %s is gone or was exchanged", engine.url.database)
        raise ServiceUnavailable


def _identity(engine: Engine) -> tuple[int, int] | None:
    """Which file on which disk an SQLite database is; None where there is none."""
    if engine.dialect.name != "sqlite":
        return None
    try:
        found = Path(engine.url.database or "").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
