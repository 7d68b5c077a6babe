"""Accounts: the list, a new one, what is done to one."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Account, Provider
from diagnose.web.access import LARGEST_ID, me, needs
from diagnose.web.accounts.operations import belongs_to
from diagnose.web.administration import listing, operations
from diagnose.web.administration.blueprint import blueprint
from diagnose.web.administration.forms import (
    AccountForm,
    ChangeForm,
    NewAccountForm,
    kinds_to_filter,
)
from diagnose.web.database import records
from diagnose.web.headers import show_secret
from diagnose.web.languages import told

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/accounts")
@needs(Capability.MANAGE)
def accounts() -> ResponseReturnValue:
    """All accounts, by page, with a search."""
    return render_template(
        "administration/accounts.html",
        list=listing.accounts_found(records(), request.args),
        kinds=kinds_to_filter(),
        standing=listing.standing,
        wanted={name: request.args.get(name, "") for name in ("q", "kind", "standing")},
    )


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@needs(Capability.MANAGE)
def new_account() -> ResponseReturnValue:
    """Open an account; its code is shown once."""
    form = NewAccountForm()
    form.offer(_providers())
    if not form.is_submitted():
        return render_template("administration/new_account.html", form=form)
    if form.validate():
        try:
            account, code = operations.open_account(records(), form.data)
        except operations.FieldRefused as refused:
            put(form, refused)
        else:
            return _show_code(account, code)
    return render_template("administration/new_account.html", form=form), WRONG


@blueprint.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@needs(Capability.MANAGE)
def account(account_id: int) -> ResponseReturnValue:
    """One account: what is kept of it, and what may be changed."""
    row = _account(account_id)
    form = AccountForm(obj=row)
    form.offer(_providers())
    if not form.is_submitted():
        return _show(row, form)
    if form.validate():
        try:
            operations.change_account(records(), row, form.data)
        except operations.FieldRefused as refused:
            records().rollback()
            put(form, refused)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("administration.account", account_id=account_id))
    return _show(row, form), WRONG


@blueprint.post("/accounts/<int:account_id>/change")
@needs(Capability.MANAGE)
def change_account(account_id: int) -> ResponseReturnValue:
    """Issue a code, unlock, close, reopen, or take the second factor."""
    row, form = _account(account_id), ChangeForm()
    if not form.validate():
        raise NotFound
    if form.wanted.data == "code":
        return _show_code(row, operations.issue_code(records(), row))
    if form.wanted.data in SURE and not form.sure.data:
        form.sure.errors = [_("Please tick this first.")]
        return _show(row, None, form), WRONG
    try:
        DONE[form.wanted.data](records(), row)
    except operations.FieldRefused as refused:
        put(form, refused)
        return _show(row, None, form), WRONG
    flash(_("Done."), "good")
    return redirect(url_for("administration.account", account_id=account_id))


SURE = ("close", "factor_off")
DONE = {
    "unlock": operations.unlock,
    "close": operations.close,
    "reopen": operations.reopen,
    "factor_off": operations.drop_factor,
}


def put(form: FlaskForm, refused: operations.FieldRefused) -> None:
    """Show a refusal at its field."""
    form[refused.field].errors = [told(refused.message)]


def _account(number: int) -> Account:
    found = records().get(Account, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    return found


def _providers() -> list[Provider]:
    return list(records().exec(select(Provider).order_by(col(Provider.name))))


def _show(row: Account, form: AccountForm | None, change: ChangeForm | None = None) -> str:
    if form is None:
        form = AccountForm(formdata=None, obj=row)
        form.offer(_providers())
    return render_template(
        "administration/account.html",
        account=row,
        form=form,
        change=change or ChangeForm(formdata=None),
        house=belongs_to(row),
        standing=listing.standing(row),
        own=row.id == me().id,
    )


def _show_code(row: Account, code: str) -> str:
    show_secret()
    return render_template(
        "administration/code.html", account=row, code=code, house=belongs_to(row)
    )
