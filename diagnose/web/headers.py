"""Response headers that hold pages to what the service itself serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, g, request
from flask_talisman import Talisman
from werkzeug.middleware.proxy_fix import ProxyFix

from diagnose.settings import Settings

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


View = TypeVar("View", bound=Callable[..., Any])


def show_secret() -> None:
    """Let no copy of this answer stay in the browser: it shows a code or token, this once."""
    g.shows_secret = True


def over_http_too(view: View) -> View:
    """Let a view be asked without https as well, from beside the service."""
    view.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]  # Talisman's
    return view


def harden(app: Flask, settings: Settings) -> None:
    """Add the headers to every response, insist on https where the deployment has it.

    Who asks is read from forwarding headers only where our own proxies stand in front.
    """
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    app.config["SESSION_COOKIE_SECURE"] = settings.https
    app.after_request(_shut_in)  # the first to be registered runs last, and has the last word
    Talisman(
        app,
        force_https=settings.https,
        strict_transport_security=settings.https,
        session_cookie_secure=settings.https,
        content_security_policy=POLICY,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
    _keep_private(app)


def _shut_in(response: Response) -> Response:
    """A file that is handed out runs nothing and loads nothing, should a browser show it.

    A page whose address holds a code of activation does not tell it on, not even to ourselves:
    what a request came from is kept in the logs of servers in front.
    """
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if "code" in request.args:
        response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _keep_private(app: Flask) -> None:
    """Answers are private, so neither pages nor files are kept.

    But for the reply to a form: without it, going back to a page that asked for corrections
    would end in the browser's “confirm form resubmission”.
    """

    @app.after_request
    def add_header(response: Response) -> Response:
        if (request.endpoint or "").endswith("static"):
            return response
        reply = response.mimetype == "text/html" and request.method == "POST"
        keeps = reply and not g.get("shows_secret")
        response.headers["Cache-Control"] = "private, no-cache" if keeps else "no-store"
        return response
