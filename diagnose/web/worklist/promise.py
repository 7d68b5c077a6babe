"""The promise of confidentiality: a form to print and sign, and the signed paper back."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from diagnose.access import Capability
from diagnose.records import Account, Provider, Purpose
from diagnose.uploads import UploadRefused
from diagnose.web.access import needs
from diagnose.web.database import records
from diagnose.web.languages import language, told
from diagnose.web.worklist.blueprint import blueprint
from diagnose.web.worklist.diagnosis_page import attached, work_on
from diagnose.web.worklist.forms import PaperForm
from diagnose.web.worklist.operations import keep_promise
from questionnaires.clock import today
from reports.papers import Promise, render_promise


@blueprint.route("/<int:diagnosis_id>/confidentiality", methods=["GET", "POST"])
@needs(Capability.WORK)
def confidentiality(diagnosis_id: int) -> ResponseReturnValue:
    """Show what was promised, and take the signed paper."""
    found, firm = work_on(diagnosis_id)
    form = PaperForm()
    if form.validate_on_submit():
        try:
            keep_promise(records(), found, form.paper.data or FileStorage())
        except UploadRefused as refused:
            records().rollback()
            form.paper.errors = [told(refused.message)]
        else:
            flash(_("The signed promise is kept."), "good")
            return redirect(url_for(".diagnosis", diagnosis_id=diagnosis_id))
    page = render_template(
        "worklist/confidentiality.html",
        diagnosis=found,
        firm=firm,
        form=form,
        papers=attached(records(), found, Purpose.CONFIDENTIALITY),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/<int:diagnosis_id>/confidentiality.pdf")
@needs(Capability.WORK)
def promise(diagnosis_id: int) -> ResponseReturnValue:
    """The promise as a printable form."""
    found, firm = work_on(diagnosis_id)
    provider = records().get_one(Provider, found.provider_id)
    lead = records().get(Account, found.lead_id) if found.lead_id else None
    paper = Promise(
        number=found.number,
        firm=firm.name,
        uscc=firm.uscc,
        provider=provider.name,
        lead=lead.name if lead else "",
        dated=today(),
        fictional=firm.fictional,
    )
    name = f"{found.number}-confidentiality-{language()}.pdf"
    return send_file(
        BytesIO(render_promise(paper, language())), "application/pdf", download_name=name
    )
