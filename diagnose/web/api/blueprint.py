"""Where the API is found, and how a caller is known: by a token, never by a session."""

from __future__ import annotations

from flask import Blueprint, Request, Response, current_app, g
from flask.blueprints import BlueprintSetupState
from flask_limiter.util import get_remote_address

from diagnose.access import Capability
from diagnose.tokens import bearer
from diagnose.web.access import API, Visitor
from diagnose.web.database import records
from diagnose.web.limits import limiter

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.record_once
def open_door(state: BlueprintSetupState) -> None:
    """Let tokens in; forms of other sites carry none, so no other proof is asked for."""
    state.app.login_manager.request_loader(_by_token)  # type: ignore[attr-defined]  # Flask-Login's
    state.app.extensions["csrf"].exempt(blueprint)


def _by_token(asked: Request) -> Visitor | None:
    scheme, _, plain = asked.headers.get("Authorization", "").partition(" ")
    if not asked.path.startswith(API) or scheme.lower() != "bearer":
        return None
    found = bearer(records(), plain.strip())
    if found is None:
        return None
    account, token = found
    g.token_id = token.id
    return Visitor(account, frozenset(map(Capability, token.capabilities)))


def _caller() -> str:
    number = g.get("token_id")
    return f"token:{number}" if number else get_remote_address()


def _rate() -> str:
    return f"{current_app.config['API_PER_MINUTE']} per minute"


limiter.limit(_rate, key_func=_caller)(blueprint)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Keep answers out of caches."""
    response.headers["Cache-Control"] = "no-store"
    return response
