"""Room for uploads, and an answer even to a client that sends far too much."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask_login import current_user
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from diagnose.uploads import LARGEST

BESIDE = 1 << 20  # what a form sends beside its file
PATIENCE = 20  # seconds
_PIECE = 1 << 16


View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(largest: int) -> Callable[[View], View]:
    """Let a view take files of so many bytes, where that is more than usual."""

    def mark(view: View) -> View:
        view.largest_file = largest  # type: ignore[attr-defined]  # read below
        return view

    return mark


def make_room(app: Flask) -> None:
    """Let those who are signed in send files; hear out whoever is refused.

    Whoever may not use a view was sent away before, so what it takes is not offered to them.
    """

    @app.before_request
    def widen() -> None:
        if request.mimetype == "multipart/form-data" and current_user.is_authenticated:
            view = app.view_functions.get(request.endpoint or "")
            request.max_content_length = getattr(view, "largest_file", LARGEST) + BESIDE

    @app.after_request
    def hear_out(response: Response) -> Response:
        ends = request.environ.get("wsgi.input_terminated")  # the server marks where it does
        untouched = "stream" not in request.__dict__ and request.content_length is not None
        if request.method == "POST" and (ends or untouched):
            _read_away()
        return response


def _read_away() -> None:
    """Take in what is still being sent: a client cut off while it sends never sees the answer."""
    stream = get_input_stream(request.environ)
    until = monotonic() + PATIENCE
    try:
        while monotonic() < until and stream.read(_PIECE):
            pass
    except (ClientDisconnected, RequestEntityTooLarge, OSError):
        return
