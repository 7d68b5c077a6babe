"""What a visitor sees when something goes wrong: a sentence and a way on, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import (
    Conflict,
    HTTPException,
    InternalServerError,
    ServiceUnavailable,
)

from diagnose.records.database import is_busy, is_second
from diagnose.web.access import API, forget_visitor
from diagnose.web.apierrors import as_json
from diagnose.web.database import take_back
from diagnose.web.tracing import this_request

RETRY_AFTER = 5  # seconds


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, and what to do now; `way` is the page that leads on, the start page if ''."""

    title: LazyString
    advice: LazyString
    way: str = ""
    way_label: LazyString | None = None


TROUBLES: dict[int, Trouble] = {
    400: Trouble(
        _l("This page is no longer valid"),
        _l("Go back, reload the page and try again. Nothing was changed."),
    ),
    401: Trouble(
        _l("Please sign in"),
        _l("Only those who are signed in may see this."),
    ),
    403: Trouble(
        _l("This page is not for your account"),
        _l(
            "Your kind of account does not do this work here. If you think that it should, ask "
            "your administrator. That you came here has been logged."
        ),
    ),
    404: Trouble(
        _l("There is no such page"),
        _l("The address may be mistyped, or what it showed has been removed."),
    ),
    405: Trouble(
        _l("This page cannot be used that way"),
        _l("Go back to the start page and follow its links."),
    ),
    409: Trouble(
        _l("This has changed meanwhile"),
        _l("It was changed in another window. Open it again to see how it stands now."),
    ),
    413: Trouble(
        _l("That is too much at once"),
        _l(
            "A page takes at most 1 MB of typing, a file may have at most 20 MB. Go back and "
            "shorten what you typed, or shrink or split the file. Nothing was kept."
        ),
    ),
    429: Trouble(
        _l("Too many tries"),
        _l(
            "Too many wrong passwords or codes came from your address. Wait a few minutes, then "
            "try again. If you do not know it any more, ask your bureau for a new code."
        ),
    ),
    500: Trouble(
        _l("Something went wrong on our side"),
        _l("What you had saved is safe. Go back and try again; the log has the details."),
    ),
    503: Trouble(
        _l("The records cannot be reached"),
        _l(
            "The database of this service is missing, was exchanged while it ran, or cannot be "
            "written. What you just sent was not kept. Leave this window open and tell whoever "
            "runs the service: put the file back or make room, then start it again."
        ),
    ),
}


STALE = Trouble(
    _l("This page was opened in an earlier session"),
    _l(
        "It does not belong to your present session, so nothing was done. Go back, load the page "
        "anew and send it again."
    ),
)


BUSY = Trouble(
    _l("Something large is being written"),
    _l(
        "For some seconds nobody else can save, for example while a whole district's roster is "
        "taken over. Nothing of what you sent was written. Wait a moment and try once more; if you "
        "sent a file, go back in your browser first."
    ),
    way_label=_l("Try once more"),
)


class ToldConflict(Conflict):  # names what the visitor meets
    """The assessment is not in the state that the page needs; `trouble` says so."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble


def closed(assessment_id: int) -> ToldConflict:
    """The sheet was submitted and takes no more changes."""
    return ToldConflict(
        Trouble(
            _l("This sheet has been submitted"),
            _l(
                "It is closed, and its result rests on the answers as they were submitted; "
                "nothing was changed now. To answer anew, start another self-assessment with the "
                "same code. Both results are kept."
            ),
            url_for("results.show", assessment_id=assessment_id),
            _l("See the result"),
        )
    )


def not_submitted(assessment_id: int) -> ToldConflict:
    """There is no result yet."""
    return ToldConflict(
        Trouble(
            _l("There is no result yet"),
            _l("This sheet has not been submitted. Go on filling it in, then submit it."),
            url_for("assessments.resume", assessment_id=assessment_id),
            _l("Go on filling in"),
        )
    )


def version_missing(asked: str) -> ToldConflict:
    """The questionnaire an assessment rests on is not here in the version that `asked` names."""
    return ToldConflict(
        Trouble(
            _l("This sheet was asked by another version of the questionnaire"),
            _l(
                "It rests on %(asked)s, which is not installed here. Install that version to "
                "open it; a sheet is always judged by the version it was asked by.",
                asked=asked,
            ),
        )
    )


def _trouble(code: int) -> Trouble:
    return TROUBLES.get(code, TROUBLES[HTTPStatus.INTERNAL_SERVER_ERROR])


def _kept() -> list[tuple[str, str]]:
    """What was typed into a page of our own, to be sent once more after signing in again.

    Never what another site made the browser send, and never a password.
    """
    own = request.headers.get("Origin") == request.host_url.rstrip("/")
    if not own or request.files or request.blueprint == "accounts":
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def _busy() -> ResponseReturnValue:
    again = replace(BUSY, way=request.full_path.rstrip("?")) if request.method == "GET" else BUSY
    code = HTTPStatus.SERVICE_UNAVAILABLE
    page = render_template("error.html", trouble=again, code=int(code), kept=_kept())
    return page, code, {"Retry-After": str(RETRY_AFTER)}


def _show(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if request.path.startswith(API):
        return as_json(error)
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        forget_visitor()
    trouble = error.trouble if isinstance(error, ToldConflict) else _trouble(error.code)
    return render_template("error.html", trouble=trouble, code=error.code), error.code


def _show_stale(error: CSRFError) -> ResponseReturnValue:
    page = render_template("error.html", trouble=STALE, code=error.code, kept=_kept())
    return page, HTTPStatus.BAD_REQUEST


def _show_unreachable(error: OperationalError) -> ResponseReturnValue:
    take_back()
    busy = is_busy(error) and not request.path.startswith(API)
    _log("the database cannot be used", error)
    return _busy() if busy else _show(ServiceUnavailable())


def _show_second(error: IntegrityError) -> ResponseReturnValue:
    """Two at once made what there may be one of: the first won."""
    take_back()
    second = is_second(error)
    _log("refused by the database", error)
    return _show(Conflict() if second else InternalServerError())


def _show_gone(_error: Exception) -> ResponseReturnValue:
    """Somebody removed it while this request was about to write it."""
    take_back()
    return _show(Conflict())


def _show_crash(error: Exception) -> ResponseReturnValue:
    take_back()
    _log("unexpected error", error)
    return _show(InternalServerError())


def _log(what: str, error: Exception) -> None:
    current_app.logger.error(what, exc_info=error, extra=this_request())


SHOWN: Mapping[type[Exception], Callable[[Any], ResponseReturnValue]] = {
    HTTPException: _show,
    CSRFError: _show_stale,
    OperationalError: _show_unreachable,
    IntegrityError: _show_second,
    ObjectDeletedError: _show_gone,
    StaleDataError: _show_gone,
    Exception: _show_crash,
}


def handle(app: Flask) -> None:
    """Turn every error into a page in the house look."""
    for kind, shown in SHOWN.items():
        app.register_error_handler(kind, shown)
