"""Coming in and going out: sign-in, activation, password, second factor."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from diagnose.access import Capability
from diagnose.web.access import needs, public
from diagnose.web.accounts.blueprint import blueprint


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask who comes in."""
    return redirect(url_for("start.show"))


@blueprint.post("/sign-out")
@needs(Capability.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    logout_user()
    return redirect(url_for("start.show"))
