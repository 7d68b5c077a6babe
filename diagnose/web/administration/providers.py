"""Providers: the list, a new one, what it is admitted for, where its interests lie."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Firm, Interest, Provider
from diagnose.web.access import LARGEST_ID, needs
from diagnose.web.administration import listing, operations
from diagnose.web.administration.blueprint import blueprint
from diagnose.web.administration.forms import InterestForm, ProviderForm
from diagnose.web.administration.views import WRONG, put
from diagnose.web.database import records

FIELDS = ("code", "name", "specialities", "valid_until", "load")


@blueprint.get("/providers")
@needs(Capability.MANAGE)
def providers() -> ResponseReturnValue:
    """All providers, by page, with a search."""
    return render_template(
        "administration/providers.html",
        list=listing.providers_found(records(), request.args),
        wanted={"q": request.args.get("q", "")},
    )


@blueprint.route("/providers/new", methods=["GET", "POST"])
@needs(Capability.MANAGE)
def new_provider() -> ResponseReturnValue:
    """Admit a provider."""
    return _edit(None, ProviderForm())


@blueprint.route("/providers/<int:provider_id>", methods=["GET", "POST"])
@needs(Capability.MANAGE)
def provider(provider_id: int) -> ResponseReturnValue:
    """One provider and its interests."""
    row = _provider(provider_id)
    return _edit(row, ProviderForm(obj=row))


@blueprint.post("/providers/<int:provider_id>/interests")
@needs(Capability.MANAGE)
def add_interest(provider_id: int) -> ResponseReturnValue:
    """Note a firm in which the provider has an interest."""
    row, form = _provider(provider_id), InterestForm(prefix="interest-")
    if form.validate():
        try:
            operations.add_interest(records(), row, form.uscc.data, form.note.data)
        except operations.FieldRefused as refused:
            put(form, refused)
        else:
            flash(_("Noted. The provider is not assigned to this firm."), "good")
            return redirect(url_for("administration.provider", provider_id=provider_id))
    return _show(row, ProviderForm(formdata=None, obj=row), form), WRONG


@blueprint.post("/providers/<int:provider_id>/interests/<int:interest_id>/remove")
@needs(Capability.MANAGE)
def remove_interest(provider_id: int, interest_id: int) -> ResponseReturnValue:
    """Take an interest back that no longer exists."""
    row = _provider(provider_id)
    found = records().get(Interest, interest_id) if interest_id <= LARGEST_ID else None
    if found is None or found.provider_id != row.id:
        raise NotFound
    operations.remove_interest(records(), found)
    flash(_("Removed."), "good")
    return redirect(url_for("administration.provider", provider_id=provider_id))


def _edit(row: Provider | None, form: ProviderForm) -> ResponseReturnValue:
    if not form.is_submitted():
        return _show(row, form)
    if form.validate():
        try:
            given = {name: form[name].data for name in FIELDS}
            kept = operations.keep_provider(records(), row, given)
        except operations.FieldRefused as refused:
            put(form, refused)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("administration.provider", provider_id=kept.id))
    return _show(row, form), WRONG


def _show(row: Provider | None, form: ProviderForm, interest: InterestForm | None = None) -> str:
    return render_template(
        "administration/provider.html",
        provider=row,
        form=form,
        interest=interest or InterestForm(formdata=None, prefix="interest-"),
        interests=_interests(row) if row else [],
    )


def _interests(row: Provider) -> list[tuple[Interest, Firm]]:
    found = select(Interest, Firm).join(Firm).where(Interest.provider_id == row.id)
    return list(records().exec(found.order_by(col(Firm.name))))


def _provider(number: int) -> Provider:
    found = records().get(Provider, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    return found
