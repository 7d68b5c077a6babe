"""Opening an account with the code that was handed out, for the first time or once more."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.accounts import activation
from diagnose.records import Account
from diagnose.web.access import actor, public
from diagnose.web.accounts.blueprint import blueprint
from diagnose.web.accounts.forms import ActivationForm, OpeningForm
from diagnose.web.accounts.operations import belongs_to, password_problem
from diagnose.web.accounts.views import WRONG, come_in
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.limits import TRIES, count_this_try, counts, limiter


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept, who sees what, what it is never used for."""
    return render_template("accounts/privacy.html")


@blueprint.route("/activate", methods=["GET", "POST"])
@public
@limiter.limit(TRIES, deduct_when=counts)
def activate() -> ResponseReturnValue:
    """Ask for the code; once it is right, say whose it is and let a password be chosen."""
    if "password" in request.form:
        return _open()
    code = request.form.get("code") or request.args.get("code", "")
    if not code:
        return _ask(ActivationForm(formdata=None))
    account = activation.holder(records(), code)
    if account is None:
        return _refuse(code)
    return _choose(account, OpeningForm(formdata=None, data={"code": code}))


def _open() -> ResponseReturnValue:
    form = OpeningForm()
    code = form.code.data or ""
    account = activation.holder(records(), code)
    if account is None:
        return _refuse(code)
    if not form.validate():
        return _choose(account, form)
    problem = password_problem(account, form.password.data)
    if problem:
        form.password.errors = [told(problem)]
        return _choose(account, form)
    opened = activation.redeem(records(), code, form.password.data, actor())
    if opened is None:
        return _refuse(code)
    records().commit()
    answer = come_in(opened)
    flash(_("Your password is set. Keep it to yourself; the code no longer works."), "good")
    return answer


def _ask(form: ActivationForm) -> ResponseReturnValue:
    return render_template("accounts/activate.html", form=form)


def _refuse(code: str) -> ResponseReturnValue:
    count_this_try()
    form = ActivationForm(formdata=None, data={"code": code[:60]})
    form.code.errors = [
        _(
            "This code does not work: it may be mistyped, used already, replaced by a newer one, "
            "or too old. Check it, or ask whoever gave it to you for a new one."
        )
    ]
    return render_template("accounts/activate.html", form=form), WRONG


def _choose(account: Account, form: OpeningForm) -> ResponseReturnValue:
    page = render_template(
        "accounts/open.html",
        form=form,
        account=account,
        house=belongs_to(account),
        again=bool(account.password_hash),
    )
    return (page, WRONG) if form.errors else page
