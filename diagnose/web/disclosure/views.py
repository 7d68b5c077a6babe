"""Who looked at a firm's data, and what the firm agreed to."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField
from wtforms.validators import AnyOf

from diagnose.access import Capability
from diagnose.records import Use
from diagnose.web.access import me, needs
from diagnose.web.database import records
from diagnose.web.disclosure import operations
from diagnose.web.disclosure.blueprint import blueprint
from diagnose.web.disclosure.words import what, who
from diagnose.web.paging import page_number

GIVE, WITHDRAW = "give", "withdraw"


class ConsentForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Giving or withdrawing a consent."""

    use = HiddenField(validators=[AnyOf([use.value for use in Use])])
    wish = HiddenField(validators=[AnyOf([GIVE, WITHDRAW])])


@blueprint.get("/")
@needs(Capability.OWN_LOG)
def show() -> str:
    """The looks of others at the firm's data, and its consents."""
    firm_id = me().firm_id or 0
    everything = request.args.get("all") == "1"
    page = page_number(request.args)
    consent = operations.consent_of(records(), firm_id, Use.FULL_REPORT)
    wish = WITHDRAW if consent else GIVE
    return render_template(
        "disclosure/show.html",
        page=operations.looks(records(), firm_id, page, everything=everything),
        everything=everything,
        arguments={"all": "1"} if everything else {},
        who=who,
        what=what,
        consent=consent,
        form=ConsentForm(formdata=None, use=Use.FULL_REPORT.value, wish=wish),
    )


@blueprint.post("/consent")
@needs(Capability.OWN_LOG)
def consent() -> ResponseReturnValue:
    """Give or withdraw a consent."""
    form = ConsentForm()
    if not form.validate():
        raise BadRequest
    give = form.wish.data == GIVE
    operations.change_consent(records(), me().firm_id or 0, Use(form.use.data), give=give)
    flash(_("The consent is given.") if give else _("The consent is withdrawn."), "good")
    return redirect(url_for(".show", _anchor="consent"))
