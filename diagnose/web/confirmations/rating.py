"""The firm rates its provider once it has confirmed the report, until that is accepted."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import CLOSED, Rating, note
from diagnose.records.columns import now
from diagnose.web.access import actor, needs
from diagnose.web.confirmations.blueprint import blueprint
from diagnose.web.confirmations.forms import RatingForm
from diagnose.web.confirmations.sent_reports import Sent
from diagnose.web.confirmations.views import find_sent
from diagnose.web.database import records
from diagnose.web.fields import status_of


@blueprint.route("/<int:report_id>/rating", methods=["GET", "POST"])
@needs(Capability.CONFIRM)
def rate(report_id: int) -> ResponseReturnValue:
    """How satisfied the firm is, and whether the advice was neutral."""
    sent = find_sent(report_id)
    held, open_ = _rating(records(), sent), can_rate(sent)
    form = RatingForm()
    if not form.is_submitted():
        if held is not None:
            form.satisfaction.data, form.text.data = str(held.satisfaction), held.text
            form.neutral.data = str(held.neutral or "")
        return _page(sent, form, held, open_)
    if not open_:
        raise NotFound
    if not form.validate():
        return _page(sent, form, held, open_), status_of(form)
    _keep(records(), sent, held, form)
    flash(_("Thank you. You can change it until the report is accepted."), "good")
    return redirect(url_for(".rate", report_id=report_id))


@blueprint.app_template_global("can_rate")
def can_rate(sent: Sent) -> bool:
    """Whether the firm has confirmed this version and it is not accepted yet."""
    return sent.newest and sent.report.signed_at is not None and sent.diagnosis.state not in CLOSED


def _rating(session: Session, sent: Sent) -> Rating | None:
    return session.exec(select(Rating).where(Rating.diagnosis_id == sent.diagnosis.id)).first()


def _keep(session: Session, sent: Sent, held: Rating | None, form: RatingForm) -> None:
    row = held or Rating(diagnosis_id=sent.diagnosis.id or 0, satisfaction=1)
    row.satisfaction = int(form.satisfaction.data)
    row.neutral = int(form.neutral.data) if form.neutral.data else None
    row.text, row.said_at = form.text.data or "", now()
    session.add(row)
    session.flush()
    note(
        session, actor(), "rating.say", f"diagnosis:{sent.diagnosis.id}",
        firm_id=sent.diagnosis.firm_id, satisfaction=row.satisfaction, neutral=row.neutral,
    )  # fmt: skip
    session.commit()


def _page(sent: Sent, form: RatingForm, held: Rating | None, open_: bool) -> str:
    return render_template("confirmations/rating.html", sent=sent, form=form, held=held, open=open_)
