"""Only visitors on this machine: there are no accounts yet, so nobody else may come in."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, request

HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def guard(app: Flask) -> None:
    """Refuse any request that did not start on this machine."""
    app.logger.setLevel(logging.INFO)
    app.logger.info("no accounts yet: only visitors on this machine (loopback) are answered")

    @app.before_request
    def refuse_outsiders() -> None:
        reason = outsider()
        if reason:
            app.logger.warning("refused a request: %s", reason)
            abort(403)


def outsider() -> str:
    """Why the request is not a visitor's on this machine; '' when it is.

    The Host header is checked too: a foreign page may point its own name at 127.0.0.1
    (DNS rebinding). A forwarding header means a proxy stands before us, and hides who asks.
    """
    if not is_loopback(request.remote_addr or ""):
        return f"from {request.remote_addr}, not from this machine"
    if urlsplit(f"//{request.host}").hostname not in HOSTS:
        return f"for host {request.host!r}, not localhost"
    if any(name in request.headers for name in FORWARDED):
        return "through a proxy"
    return ""


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
