"""The start page."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from diagnose.web.access import public
from diagnose.web.navigation import home
from diagnose.web.reading import questionnaire
from diagnose.web.start.blueprint import blueprint


@blueprint.get("/")
@public
def show() -> ResponseReturnValue:
    """What this is; whoever is signed in goes straight to their own first page."""
    if current_user.is_authenticated:
        return redirect(url_for(home()))
    return render_template("start/start.html", questionnaire=questionnaire())
