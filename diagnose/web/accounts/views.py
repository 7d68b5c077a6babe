"""Coming in and going out: sign-in, second factor, sign-out."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from diagnose.access import Capability
from diagnose.accounts import door
from diagnose.records import Account, note
from diagnose.records.columns import now
from diagnose.web.access import actor, admit, leave, me, needs, public
from diagnose.web.accounts.blueprint import blueprint
from diagnose.web.accounts.forms import CodeForm, SignInForm
from diagnose.web.database import records
from diagnose.web.languages import own_page
from diagnose.web.limits import TRIES, count_this_try, counts, limiter
from diagnose.web.navigation import HOMES, home

HALF = "half"  # in the session: who gave a right password and still owes the second factor
HALF_LASTS = 300  # seconds
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit(TRIES, methods=["POST"], deduct_when=counts)
def sign_in() -> ResponseReturnValue:
    """Ask who comes in; whatever is wrong is told in the same words."""
    wanted = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(own_page(wanted) if wanted else url_for(home()))
    form = SignInForm()
    if not form.is_submitted():
        return render_template("accounts/sign_in.html", form=form, wanted=wanted)
    origin = request.remote_addr or ""
    found = form.validate() and door.knock(
        records(), form.username.data, form.password.data, origin
    )
    if not found:
        count_this_try()
        page = render_template("accounts/sign_in.html", form=form, wanted=wanted, refused=True)
        return page, WRONG
    if found.totp_secret:
        door.let_ask(records(), found)
    return come_in(found, wanted)


def come_in(account: Account, wanted: str = "") -> ResponseReturnValue:
    """Begin the session of whoever gave a right password, or ask for the second factor first."""
    if account.totp_secret:
        leave()
        session[HALF] = [account.id, account.stamp, int(now().timestamp()), wanted]
        return redirect(url_for("accounts.second_factor"))
    return _welcome(account, wanted)


@blueprint.route("/second-factor", methods=["GET", "POST"])
@public
@limiter.limit(TRIES, methods=["POST"], deduct_when=counts)
def second_factor() -> ResponseReturnValue:
    """Ask for the code of the phone."""
    account, wanted = _half_in()
    if account is None:
        return redirect(url_for("accounts.sign_in", next=wanted or None))
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("accounts/second_factor.html", form=form)
    if not door.second(records(), account, form.code.data, request.remote_addr or ""):
        count_this_try()
        page = render_template("accounts/second_factor.html", form=form, refused=True)
        return page, WRONG
    return _welcome(account, wanted)


def _half_in() -> tuple[Account | None, str]:
    """Whose password was right a moment ago, and where they wanted to go."""
    number, stamp, since, wanted = session.get(HALF, (0, "", 0, ""))
    account = records().get(Account, number)
    if account is None or account.stamp != stamp or now().timestamp() - since > HALF_LASTS:
        return None, wanted
    return account, wanted


def _welcome(account: Account, wanted: str) -> ResponseReturnValue:
    door.welcome(records(), account, request.remote_addr or "")
    admit(account)
    return redirect(own_page(wanted) if wanted else url_for(HOMES[account.kind]))


@blueprint.post("/sign-out")
@needs(Capability.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    note(records(), actor(), "account.sign_out", f"account:{me().id}")
    records().commit()
    leave()
    flash(_("You have signed out."), "good")
    return redirect(url_for("start.show"))
