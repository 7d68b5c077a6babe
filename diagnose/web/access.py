"""The door of every page: who is asking, what the page needs, which rows they may see.

Every view is marked `@needs(capability)` or `@public`; one that is not marked is shut.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user
from sqlmodel import Session, SQLModel, col, select
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from diagnose.access import Capability, capabilities, visible
from diagnose.records import Account, Actor, Kind, note
from diagnose.records.columns import now
from diagnose.web.database import records

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=SQLModel)

PUBLIC = "public"
LARGEST_ID = 2**63 - 1
OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})
API = "/api/"
IDLE = timedelta(hours=2).total_seconds()
LONGEST = timedelta(hours=12).total_seconds()
TOUCH_EVERY = 60  # seconds between notes of the last use, so that not every answer sets a cookie
SETTING_UP = frozenset({"accounts.totp", "accounts.sign_out"})
GUARDED_KINDS = frozenset({Kind.OFFICER, Kind.ADMINISTRATOR})


class Visitor:
    """The account that asks, as Flask-Login wants it; a token grants `only` a part of it."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, account: Account, only: frozenset[Capability] | None = None) -> None:
        self.account = account
        self.is_active = account.active
        held = capabilities(account.kind)
        self.capabilities = held if only is None else held & only

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
    manager.login_message = None
    manager.user_loader(_visitor_of)
    app.before_request(_check)


def admit(account: Account) -> None:
    """Begin a session for `account`; nothing of an earlier one remains but the language."""
    leave()
    session["since"] = session["seen"] = int(now().timestamp())
    login_user(Visitor(account))


def leave() -> None:
    """End the session of whoever asks; only the language is kept."""
    logout_user()
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _visitor_of(kept: str) -> Visitor | None:
    """The visitor a session speaks of, while it lasts; the API knows tokens only."""
    if request.path.startswith(API) or not _lasting():
        return None
    number, _, stamp = kept.partition(":")
    account = records().get(Account, int(number)) if number.isdigit() else None
    if account is None or not account.active or account.stamp != stamp:
        return None
    return Visitor(account)


def _lasting() -> bool:
    moment = now().timestamp()
    since, seen = session.get("since", 0), session.get("seen", 0)
    return bool(moment - since < LONGEST and moment - seen < IDLE)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    wanted = needed(current_app, request.endpoint)
    if wanted == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if wanted not in current_user.capabilities:
        refuse_and_note("access.refused", request.endpoint)
        raise Forbidden
    if request.path.startswith(API):
        return None
    _touch()
    if second_factor_due(me()) and request.endpoint not in SETTING_UP:
        return redirect(url_for("accounts.totp"))
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith(API):
        raise Unauthorized
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    if back is None:
        flash(
            _("You were signed out, and what you sent was not kept. Sign in, then go back to it."),
            "warn",
        )
    return redirect(url_for("accounts.sign_in", next=back))


def _touch() -> None:
    moment = int(now().timestamp())
    if moment - session["seen"] >= TOUCH_EVERY:
        session["seen"] = moment


def second_factor_due(account: Account) -> bool:
    """Whether `account` has to set up a second factor before anything else."""
    required = current_app.config["SECOND_FACTOR_REQUIRED"] and account.kind in GUARDED_KINDS
    return bool(required and not account.totp_secret)


def forget_visitor() -> None:
    """Show the rest of this request as to nobody: who asks cannot be looked up any more."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001  # where Flask-Login keeps it


def me() -> Account:
    """The account that asks; only behind a view that needs a capability."""
    account: Account = current_user.account
    return account


def may(capability: Capability) -> bool:
    """Whether whoever asks has a capability; nobody signed in has none."""
    return current_user.is_authenticated and capability in current_user.capabilities


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
