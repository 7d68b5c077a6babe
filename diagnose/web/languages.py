"""The language of the pages: Chinese or English, chosen by the visitor and kept in the session."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField
from wtforms.validators import AnyOf

from diagnose.version import VERSION
from diagnose.web.access import API, public
from questionnaires.text import LANGUAGES, Language, Text

LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en"}
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}

blueprint = Blueprint("languages", __name__)


class LanguageForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The language wanted, and the page to come back to."""

    language = HiddenField(validators=[AnyOf(LANGUAGES)])
    back = HiddenField()


def speak(app: Flask, default: Language) -> None:
    """Let pages speak the visitor's language; `default` until one is chosen."""
    app.config["LOCALE"] = default
    Babel(
        app,
        default_translation_directories=";".join(map(str, _catalogues(app))),
        locale_selector=lambda: LOCALES[language()],
        default_timezone="Asia/Shanghai",
    )
    app.add_template_filter(told)
    app.context_processor(_spoken)


def _catalogues(app: Flask) -> list[Path]:
    """The folders of translations: the shared one, and one in each area that has its own."""
    root = Path(app.root_path)
    return [root / "translations", *sorted(root.glob("*/translations"))]


def language() -> Language:
    """The language of this request: as chosen on the pages, or as a caller of the API asks."""
    if request.path.startswith(API):
        return "en" if request.accept_languages.best_match(["zh", "en"]) == "en" else "zh"
    chosen: Language = session.get("language", current_app.config["LOCALE"])
    return chosen if chosen in LOCALES else "zh"


def told(text: Text | None) -> str:
    """A content text in the language of this request."""
    return text.to(language()) if text else ""


def _spoken() -> dict[str, object]:
    back = request.full_path.rstrip("?")
    return {
        "language": language(),
        "languages": NAMES,
        "language_form": LanguageForm(formdata=None, back=back),
        "version": VERSION,
    }


@blueprint.post("/language")
@public
def switch() -> ResponseReturnValue:
    """Change the language and go back to where the visitor was."""
    form = LanguageForm()
    if not form.validate_on_submit():
        raise BadRequest
    session["language"] = form.language.data
    return redirect(own_page(form.back.data or "/"))


def own_page(address: str) -> str:
    """The path of `address` on this service, never another site's."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:  # “//[”: no address at all
        return "/"
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path
