"""One's own account: what is kept of it, the password, the second factor, its sessions."""

from __future__ import annotations

import segno
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.accounts import door, factor
from diagnose.web.access import GUARDED_KINDS, actor, admit, leave, me, needs
from diagnose.web.accounts import operations
from diagnose.web.accounts.blueprint import blueprint
from diagnose.web.accounts.forms import CodeForm, ConfirmForm, PasswordForm
from diagnose.web.accounts.views import WRONG
from diagnose.web.database import records
from diagnose.web.headers import show_secret
from diagnose.web.languages import told

PENDING = "pending"  # in the session: the secret that waits for its first code


@blueprint.get("/")
@needs(Capability.OWN_ACCOUNT)
def profile() -> ResponseReturnValue:
    """What is kept about whoever asks, and what they can change."""
    return render_template("accounts/profile.html", house=operations.belongs_to(me()), account=me())


@blueprint.route("/password", methods=["GET", "POST"])
@needs(Capability.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """Take another password; other sessions end."""
    form = PasswordForm()
    if not form.is_submitted():
        return render_template("accounts/password.html", form=form)
    if not form.validate() or not _fits(form):
        return render_template("accounts/password.html", form=form), WRONG
    operations.change_password(me(), form.password.data)
    admit(me())
    flash(_("The password is changed. You are signed out everywhere else."), "good")
    return redirect(url_for("accounts.profile"))


def _fits(form: PasswordForm) -> bool:
    problem = operations.password_problem(me(), form.password.data)
    if problem:
        form.password.errors = [told(problem)]
        return False
    return _knows(form)


def _knows(form: PasswordForm | ConfirmForm) -> bool:
    """Whether the present password is right; wrong ones count, and too many end the session."""
    if door.confirmed(records(), me(), form.present.data, request.remote_addr or ""):
        return True
    form.present.errors = [
        _(
            "This is not your present password. "
            "After five failures the account is locked for a while."
        )
    ]
    return False


@blueprint.post("/sign-out-everywhere")
@needs(Capability.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this account, this one too."""
    operations.end_sessions(me())
    leave()
    flash(_("You are signed out everywhere."), "good")
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/totp", methods=["GET", "POST"])
@needs(Capability.OWN_ACCOUNT)
def totp() -> ResponseReturnValue:
    """Turn the second factor on, off, or draw new recovery codes."""
    return _while_on() if me().totp_secret else _while_off()


def _while_off() -> ResponseReturnValue:
    secret = session.setdefault(PENDING, factor.new_secret())
    form = CodeForm()
    if not form.is_submitted():
        return _offer(form, secret)
    if not form.validate():
        return _offer(form, secret), WRONG
    step = factor.step_of(secret, form.code.data)
    if step is None:
        form.code.errors = [
            _("This code is not right. Wait for the next one, and check the clock of the phone.")
        ]
        return _offer(form, secret), WRONG
    codes = factor.turn_on(records(), me(), secret, step, actor())
    records().commit()
    session.pop(PENDING)
    return _show_recovery(codes)


def _offer(form: CodeForm, secret: str) -> str:
    code = segno.make(factor.address(secret, me().username, _("Digital diagnosis")), error="m")
    return render_template(
        "accounts/totp_on.html",
        form=form,
        picture=code.svg_data_uri(scale=5, border=2),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        required=_required(),
    )


def _while_on() -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.is_submitted():
        return _show_on(form)
    if not form.validate() or not _knows(form):
        return _show_on(form), WRONG
    if request.form.get("wanted") == "codes":
        codes = factor.new_recovery(records(), me(), actor())
        records().commit()
        return _show_recovery(codes)
    factor.turn_off(records(), me(), actor())
    records().commit()
    flash(_("The second factor is off. Your password alone opens the account."), "warn")
    return redirect(url_for("accounts.profile"))


def _show_recovery(codes: list[str]) -> str:
    show_secret()
    return render_template("accounts/recovery.html", codes=codes)


def _show_on(form: ConfirmForm) -> str:
    left = len(me().recovery)
    return render_template("accounts/totp_off.html", form=form, left=left, required=_required())


def _required() -> bool:
    return bool(current_app.config["SECOND_FACTOR_REQUIRED"] and me().kind in GUARDED_KINDS)
