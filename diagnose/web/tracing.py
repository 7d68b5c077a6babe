"""Each request has an id, one line in the log, and errors that name it."""

from __future__ import annotations

import logging
import secrets
from time import perf_counter

from flask import Flask, Response, g, request

from diagnose.logs import EVENT
from diagnose.settings import Settings

LOG = logging.getLogger("diagnose.requests")
QUIET = frozenset({"static", "bootstrap.static", "health.show"})
HEADER = "X-Request-ID"


def trace(app: Flask, settings: Settings) -> None:
    """Give every request an id and log it: which page, by which account, how it went, how long.

    Addresses are logged as routes with their ids, without what follows the question mark.
    """
    app.add_template_global(request_id)

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()
        request_id()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers.setdefault(HEADER, request_id())
        if request.endpoint not in QUIET:
            event = {
                "request": request_id(),
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "ids": _ids(),
                "status": response.status_code,
                "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
                "account": _account(),
            }
            if settings.log_addresses:
                event["address"] = request.remote_addr
            LOG.info("request", extra={EVENT: event})
        return response


def request_id() -> str:
    """What this request is called in the log and on the page that tells of an error."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    number: str = g.request_id
    return number


def this_request() -> dict[str, dict[str, object]]:
    """What a line of the log adds, so that it is found by the id of the request."""
    return {EVENT: {"request": request_id(), "account": _account()}}


def _ids() -> dict[str, int]:
    """The numbers in the address; words in it may say more than a log should."""
    given = request.view_args or {}
    return {name: value for name, value in given.items() if isinstance(value, int)}


def _account() -> int | None:
    """The account that asked, where it was looked up at all."""
    account = getattr(g.get("_login_user"), "account", None) or g.get("token_account")
    return account.id if account else None
