"""What a visitor sees when something goes wrong: a sentence and a way on, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, and what to do now."""

    title: LazyString
    advice: LazyString


TROUBLES: dict[int, Trouble] = {
    400: Trouble(
        _l("This page is no longer valid"),
        _l("Go back, reload the page and try again. Nothing was changed."),
    ),
    403: Trouble(
        _l("Only on this machine"),
        _l("This service has no accounts yet and answers only visitors on its own machine."),
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
        _l("A page takes at most 1 MB. Go back and shorten what you typed."),
    ),
    500: Trouble(
        _l("Something went wrong on our side"),
        _l("What you had saved is safe. Go back and try again; the log has the details."),
    ),
}


class VersionMissingError(Conflict):
    """The questionnaire an assessment rests on is not here in that version; `asked` names it."""

    def __init__(self, asked: str) -> None:
        super().__init__()
        self.asked = asked


def handle(app: Flask) -> None:
    """Turn every error into a page in the house look."""

    @app.errorhandler(HTTPException)
    def show(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
            return error.get_response()
        code = error.code if error.code in TROUBLES else HTTPStatus.INTERNAL_SERVER_ERROR
        trouble = TROUBLES[code]
        if isinstance(error, VersionMissingError):
            trouble = _other_version(error.asked)
        return render_template("error.html", trouble=trouble, code=error.code), error.code

    @app.errorhandler(Exception)
    def show_crash(error: Exception) -> ResponseReturnValue:
        app.logger.error("unexpected error", exc_info=error)
        return show(InternalServerError())


def _other_version(asked: str) -> Trouble:
    return Trouble(
        _l("This sheet was asked by another version of the questionnaire"),
        _l(
            "It rests on %(asked)s, which is not installed here. Install that version to open it; "
            "a sheet is always judged by the version it was asked by.",
            asked=asked,
        ),
    )
