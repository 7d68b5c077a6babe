"""Response headers that hold pages to what the service itself serves."""

from __future__ import annotations

from flask import Flask, Response, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def harden(app: Flask) -> None:
    """Add the headers to every response; answers are private, so pages are not kept.

    But for the reply to a form: without it, going back to a page that asked for corrections
    would end in the browser's “confirm form resubmission”.
    """

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            keep = "private, no-cache" if request.method == "POST" else "no-store"
            response.headers.setdefault("Cache-Control", keep)
        return response
