"""The door of every page: who is asking, what the page needs, which rows they may see.

Every view is marked `@needs(capability)` or `@public`; one that is not marked is shut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from sqlmodel import Session, SQLModel, col, select
from werkzeug.exceptions import Forbidden, NotFound

from diagnose.access import Capability, capabilities, visible
from diagnose.records import Account, Actor, note
from diagnose.web.database import records

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=SQLModel)

PUBLIC = "public"
LARGEST_ID = 2**63 - 1
OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})


class Visitor:
    """The account of a session, as Flask-Login wants it."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, account: Account) -> None:
        self.account = account
        self.is_active = account.active

    def get_id(self) -> str:
        """What the session keeps; a new stamp makes it worthless."""
        return f"{self.account.id}:{self.account.stamp}"


def needs(capability: Capability) -> Callable[[View], View]:
    """Open a view to accounts with `capability`."""

    def mark(view: View) -> View:
        view.needs = capability  # type: ignore[attr-defined]  # read by the guard
        return view

    return mark


def public(view: View) -> View:
    """Open a view to everybody."""
    view.needs = PUBLIC  # type: ignore[attr-defined]  # read by the guard
    return view


def needed(app: Flask, endpoint: str) -> Capability | str | None:
    """What an endpoint needs: a capability, `PUBLIC`, or None where it is not marked."""
    if endpoint in OPEN_ENDPOINTS or endpoint.endswith(".static"):
        return PUBLIC
    return getattr(app.view_functions[endpoint], "needs", None)


def guard(app: Flask) -> None:
    """Refuse every request whose view is not open to whoever asks."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.login_view = "accounts.sign_in"
    manager.login_message = None

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login brings no types
    def load(kept: str) -> Visitor | None:
        number, _, stamp = kept.partition(":")
        account = records().get(Account, int(number)) if number.isdigit() else None
        if account is None or not account.active or account.stamp != stamp:
            return None
        return Visitor(account)

    @app.before_request
    def check() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        wanted = needed(app, request.endpoint)
        if wanted == PUBLIC:
            return None
        if not current_user.is_authenticated:
            answer: ResponseReturnValue = manager.unauthorized()
            return answer
        if wanted not in capabilities(me().kind):
            refuse_and_note("access.refused", request.endpoint)
            raise Forbidden
        return None


def me() -> Account:
    """The account that asks; only behind a view that needs a capability."""
    account: Account = current_user.account
    return account


def may(capability: Capability) -> bool:
    """Whether whoever asks has a capability; nobody signed in has none."""
    return current_user.is_authenticated and capability in capabilities(me().kind)


def actor() -> Actor:
    """Who asks and from where, as the audit log keeps it."""
    account_id = current_user.account.id if current_user.is_authenticated else None
    return Actor(account_id, request.remote_addr or "")


def find(table: type[Row], number: int) -> Row:
    """The record `number` that `me` may see; anything else is 404, and logged where it exists."""
    if number > LARGEST_ID:
        raise NotFound
    session = records()
    key = col(table.id)  # type: ignore[attr-defined]  # every table has one
    found = session.exec(select(table).where(key == number, visible(me(), table))).first()
    if found is None:
        if session.get(table, number) is not None:
            refuse_and_note("access.foreign", f"{table.__name__.lower()}:{number}")
        raise NotFound
    return found


def saw(what: str, subject: str, firm_id: int, **details: Any) -> None:
    """Log that another party's data was looked at; own data is not logged. Commits."""
    if me().firm_id == firm_id:
        return
    session = records()
    note(session, actor(), f"view.{what}", subject, firm_id=firm_id, **details)
    session.commit()


def refuse_and_note(action: str, subject: str) -> None:
    """Log a refusal in a session of its own, so that nothing else is written with it."""
    with Session(current_app.extensions["database"]) as session:
        note(session, actor(), action, subject[:60])
        session.commit()
    g.refused = True
