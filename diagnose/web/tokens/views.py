"""The pages of tokens: those there are, a new one, ending one, and what the API offers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from diagnose import tokens
from diagnose.access import Capability
from diagnose.records import Token
from diagnose.web.access import LARGEST_ID, actor, me, needs, refuse_and_note
from diagnose.web.api.describing import describe
from diagnose.web.database import records
from diagnose.web.fields import status_of
from diagnose.web.headers import show_secret
from diagnose.web.languages import language
from diagnose.web.tokens.blueprint import blueprint
from diagnose.web.tokens.forms import GOOD_FOR, RevokeForm, TokenForm


@blueprint.route("/", methods=["GET", "POST"])
@needs(Capability.TOKENS)
def mine() -> ResponseReturnValue:
    """The tokens of whoever asks; a new one is shown once, right here."""
    form = TokenForm()
    form.offer(me().kind)
    if form.is_submitted() and not form.validate():
        return _page(form), status_of(form)
    if not form.is_submitted():
        return _page(form)
    live = [token for token in tokens.tokens_of(records(), me()) if tokens.is_live(token)]
    if form.name.data.strip() in {token.name for token in live}:
        form.name.errors = [_("You have a token for this system. End it first, or name it apart.")]
        return _page(form), 422
    if len(live) >= tokens.MOST:
        form.name.errors = [_("You have as many tokens as there may be. End one first.")]
        return _page(form), 422
    granted = [Capability(name) for name in form.granted.data]
    plain = tokens.issue(
        records(), me(), form.name.data.strip(), granted, int(form.days.data), actor()
    )
    show_secret()
    fresh = TokenForm(formdata=None)
    fresh.offer(me().kind)
    return _page(fresh, plain)


@blueprint.post("/<int:token_id>/end")
@needs(Capability.TOKENS)
def revoke(token_id: int) -> ResponseReturnValue:
    """End a token at once."""
    if not RevokeForm().validate_on_submit():
        raise BadRequest
    token = records().get(Token, token_id) if token_id <= LARGEST_ID else None
    if token is None:
        raise NotFound
    if token.account_id != me().id:
        refuse_and_note("access.foreign", f"token:{token_id}")
        raise NotFound
    tokens.revoke(records(), token, actor())
    flash(_("The token has ended; whoever still uses it is refused."), "good")
    return redirect(url_for(".mine"))


@blueprint.get("/api")
@needs(Capability.TOKENS)
def reference() -> str:
    """What the API offers, for people: the OpenAPI document as a page."""
    return render_template("tokens/reference.html", api=describe(language()))


def _page(form: TokenForm, plain: str = "") -> str:
    return render_template(
        "tokens/mine.html",
        form=form,
        end_form=RevokeForm(formdata=None),
        plain=plain,
        tokens=tokens.tokens_of(records(), me()),
        is_live=tokens.is_live,
        good_for={one.value: words for one, words in GOOD_FOR.items()},
    )
