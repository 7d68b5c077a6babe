"""The report as the bureau sees it: short form; the open edition by consent or when sampled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from diagnose.access import Capability
from diagnose.records import Cause, Consent, Diagnosis, Effect, Finding, Firm, Report, Use
from diagnose.reporting.issuing import open_name
from diagnose.storage import Store
from diagnose.web.access import find, needs, saw
from diagnose.web.database import records
from diagnose.web.diagnoses.blueprint import blueprint
from diagnose.web.fields import as_text
from diagnose.web.languages import language
from diagnose.web.roster.firm_file import Verified, projects_of, verified_of

SEEN_IN = ("with_firm", "objected", "in_review", "returned", "done", "expired")
"""States in which a report has left the provider."""

CAUSES: dict[str, LazyString] = {
    Cause.PEOPLE: _l("people"),
    Cause.PROCESS: _l("processes"),
    Cause.DATA: _l("data"),
    Cause.EQUIPMENT: _l("equipment"),
    Cause.SYSTEM: _l("systems"),
}
EFFECTS: dict[str, LazyString] = {
    Effect.TIME: _l("time"),
    Effect.QUALITY: _l("quality"),
    Effect.COST: _l("cost"),
    Effect.SAFETY: _l("safety"),
}


class SampleForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a report is sampled."""

    reason = TextAreaField(
        _l("Reason for sampling"),
        filters=[as_text],
        validators=[DataRequired(_l("Please give the reason.")), Length(max=1000)],
    )


@dataclass(frozen=True)
class Short:
    """The short form: level, kinds of problems, projects with ranges; no answer, no weakness."""

    verified: Verified
    kinds: Sequence[tuple[str, str, int]]
    projects: Sequence[Any]
    consented: bool


@blueprint.get("/<int:diagnosis_id>/report")
@needs(Capability.SHORT_REPORT)
def short(diagnosis_id: int) -> ResponseReturnValue:
    """The short form of a report."""
    found = find(Diagnosis, diagnosis_id)
    page = _page(found, SampleForm(formdata=None))
    saw("report.short", f"diagnosis:{diagnosis_id}", found.firm_id)
    return page


@blueprint.post("/<int:diagnosis_id>/report/full")
@needs(Capability.SHORT_REPORT)
def full(diagnosis_id: int) -> ResponseReturnValue:
    """The open edition, where the firm agreed, or sampled for a reason that is logged.

    It names no security weakness: those are for the firm and its provider alone.
    """
    found = find(Diagnosis, diagnosis_id)
    told = _short(records(), found)
    if told is None:
        raise NotFound
    form = SampleForm()
    if not told.consented and not form.validate_on_submit():
        return _page(found, form), 422
    report = told.verified.report
    content = _content(report)
    if content is None:
        flash(_("This version was issued without an edition for the bureau."), "warn")
        return redirect(url_for(".short", diagnosis_id=diagnosis_id))
    how = {"by": "consent"} if told.consented else {"by": "sample", "reason": form.reason.data}
    saw("report", f"report:{report.id}", found.firm_id, **how)
    name = f"{report.number}-{report.version}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)


def consented(session: Session, firm_id: int) -> bool:
    """Whether the firm lets the bureau read its reports beyond the short form now."""
    latest = session.exec(
        select(Consent)
        .where(Consent.firm_id == firm_id, Consent.use == Use.FULL_REPORT)
        .order_by(col(Consent.id).desc())
    ).first()
    return latest is not None and latest.withdrawn_at is None


def _page(found: Diagnosis, form: SampleForm) -> str:
    return render_template(
        "diagnoses/short.html",
        diagnosis=found,
        firm=records().get_one(Firm, found.firm_id),
        short=_short(records(), found),
        causes=CAUSES,
        effects=EFFECTS,
        form=form,
    )


def _short(session: Session, found: Diagnosis) -> Short | None:
    """The short form, None before the report has left the provider."""
    firm = session.get_one(Firm, found.firm_id)
    verified = verified_of(session, firm, found) if found.state in SEEN_IN else None
    if verified is None:
        return None
    return Short(
        verified,
        _kinds(session, found),
        projects_of(session, found),
        consented(session, found.firm_id),
    )


def _kinds(session: Session, found: Diagnosis) -> Sequence[tuple[str, str, int]]:
    """How many findings of each kind, security weaknesses left out: they are the firm's own."""
    return session.exec(
        select(Finding.cause_kind, Finding.effect_kind, func.count())
        .where(Finding.diagnosis_id == found.id, col(Finding.security).is_(False))
        .group_by(col(Finding.cause_kind), col(Finding.effect_kind))
        .order_by(func.count().desc(), col(Finding.cause_kind), col(Finding.effect_kind))
    ).all()


def _content(report: Report) -> bytes | None:
    """The frozen open edition, in the officer's language where there is one."""
    store: Store = current_app.extensions["store"]
    wanted = (open_name(which, "pdf") for which in (language(), "zh", "en"))
    held = next((report.files[name] for name in wanted if name in report.files), None)
    return store.get(held["key"]) if held else None
