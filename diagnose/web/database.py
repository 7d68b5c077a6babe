"""One database session a request, opened when first asked for."""

from __future__ import annotations

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlmodel import Session


def attach(app: Flask, engine: Engine) -> None:
    """Give `app` its database."""
    app.extensions["database"] = engine

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        session: Session | None = g.pop("records", None)
        if session is not None:
            session.close()


def records() -> Session:
    """This request's session."""
    if "records" not in g:
        g.records = Session(current_app.extensions["database"])
    session: Session = g.records
    return session
