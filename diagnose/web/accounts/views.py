"""Coming in and going out: sign-in, activation, password, second factor."""

from __future__ import annotations

from flask import redirect, session, url_for
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


@blueprint.route("/second-factor", methods=["GET", "POST"])
@public
def second_factor() -> ResponseReturnValue:
    """Ask for the second factor."""
    return redirect(url_for("start.show"))


@blueprint.route("/activate", methods=["GET", "POST"])
@public
def activate() -> ResponseReturnValue:
    """Open an account with its code."""
    return redirect(url_for("start.show"))


@blueprint.get("/")
@needs(Capability.OWN_ACCOUNT)
def profile() -> ResponseReturnValue:
    """What is kept about whoever asks."""
    return redirect(url_for("start.show"))


@blueprint.route("/password", methods=["GET", "POST"])
@needs(Capability.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """A new password."""
    return redirect(url_for("start.show"))


@blueprint.route("/totp", methods=["GET", "POST"])
@needs(Capability.OWN_ACCOUNT)
def totp() -> ResponseReturnValue:
    """Turn the second factor on or off."""
    return redirect(url_for("start.show"))


@blueprint.post("/sign-out-everywhere")
@needs(Capability.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this account."""
    return redirect(url_for("start.show"))


@blueprint.post("/sign-out")
@needs(Capability.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    logout_user()
    session.pop("since", None)
    return redirect(url_for("start.show"))
