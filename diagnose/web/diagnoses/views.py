"""The diagnoses of the district: the list, each one's page, and the bureau's own moves."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.assigning.searching import DiagnosisSearch
from diagnose.records import Account, Diagnosis
from diagnose.reviewing import ReviewerRefused
from diagnose.reviewing import assign as assign_reviewer
from diagnose.web.access import actor, find, me, needs, saw
from diagnose.web.attachments.operations import UploadRefused
from diagnose.web.database import records
from diagnose.web.diagnoses import operations
from diagnose.web.diagnoses.blueprint import blueprint
from diagnose.web.diagnoses.chosen import move_for
from diagnose.web.diagnoses.diagnosis_page import lay_out, prefix_of, reviewers
from diagnose.web.diagnoses.forms import (
    AssignForm,
    ExemptForm,
    MoveForm,
    ReasonForm,
    ReviewerForm,
    number_of,
)
from diagnose.web.diagnoses.listing import browse_diagnoses, choices, states_of
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.paging import page_number
from diagnose.web.worklist.history import history
from diagnose.workflow import MACHINE, MoveRefused, Wanted
from questionnaires.text import Text

REASONED = ("requeue", "reopen", "expire", "readmit")
CHOOSE_REVIEWER = Text("请选择复核专家。", "Choose a reviewer.")


@blueprint.get("/")
@needs(Capability.ASSIGN)
def browse() -> ResponseReturnValue:
    """All diagnoses of the district."""
    search, district = DiagnosisSearch.read(request.args), me().district
    return render_template(
        "diagnoses/browse.html",
        search=search,
        page=browse_diagnoses(records(), district, search, page_number(request.args)),
        states=states_of(records(), district, search),
        choices=choices(records(), district),
    )


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.ASSIGN)
def show(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis: how it stands, and where the bureau can take it."""
    found = find(Diagnosis, diagnosis_id)
    page = _page(found)
    saw("diagnosis", f"diagnosis:{diagnosis_id}", found.firm_id)
    return page


@blueprint.post("/<int:diagnosis_id>/assign")
@needs(Capability.ASSIGN)
def assign(diagnosis_id: int) -> ResponseReturnValue:
    """Give a diagnosis to a provider, or to another one."""
    found, form = find(Diagnosis, diagnosis_id), AssignForm(prefix=prefix_of("assign"))
    form.move.data = move_for(found)
    sets: dict[str, object] = {"provider_id": form.provider_id, "lead_id": form.lead_id}
    if form.package.data:
        sets["package"] = form.package.data.strip()
    return _make(found, form, sets=sets, facts={"provider": form.provider_id})


@blueprint.post("/<int:diagnosis_id>/accept")
@needs(Capability.ACCEPT)
def accept(diagnosis_id: int) -> ResponseReturnValue:
    """Accept the report: the firm is covered."""
    form = MoveForm(prefix=prefix_of("accept_report"))
    form.move.data = "accept_report"
    return _make(find(Diagnosis, diagnosis_id), form)


@blueprint.post("/<int:diagnosis_id>/return")
@needs(Capability.ACCEPT)
def return_(diagnosis_id: int) -> ResponseReturnValue:
    """Return a report after its last round."""
    form = ReasonForm(prefix=prefix_of("return_final"))
    form.move.data = "return_final"
    return _make(find(Diagnosis, diagnosis_id), form)


@blueprint.post("/<int:diagnosis_id>/move")
@needs(Capability.ASSIGN)
def make(diagnosis_id: int) -> ResponseReturnValue:
    """Make one of the moves that take a reason and nothing else."""
    found, wanted = find(Diagnosis, diagnosis_id), request.form.get("move", "")
    if wanted not in REASONED:
        raise NotFound
    form = ReasonForm(prefix=prefix_of(wanted))
    form.move.data = wanted
    return _make(found, form)


@blueprint.post("/<int:diagnosis_id>/exempt")
@needs(Capability.ACCEPT)
def exempt(diagnosis_id: int) -> ResponseReturnValue:
    """Exempt a firm, with the reason and its proof."""
    found, form = find(Diagnosis, diagnosis_id), ExemptForm(prefix=prefix_of("exempt"))
    form.move.data = "exempt"
    if not form.validate_on_submit():
        return _page(found, form), 422
    wanted = Wanted(
        "exempt",
        form.reason.data,
        facts=form.facts,
        edition=form.edition.data,
        asked_by=form.asked_by.data or "",
    )
    try:
        operations.exempt(records(), found, wanted, form.proof.data)
    except UploadRefused as refused:
        form.proof.errors = [told(refused.message)]
        return _page(found, form), 422
    except MoveRefused as refused:
        return _page(find(Diagnosis, diagnosis_id), form, refused.problems), 409
    return _moved(found)


@blueprint.post("/<int:diagnosis_id>/reviewer")
@needs(Capability.ACCEPT)
def reviewer(diagnosis_id: int) -> ResponseReturnValue:
    """Give a report to a reviewer."""
    found, form = find(Diagnosis, diagnosis_id), ReviewerForm(prefix="reviewer-")
    form.move.data = "reviewer"
    person = records().get(Account, number_of(form.reviewer.data) or 0)
    if not form.validate_on_submit():
        return _page(found, form), 400
    if person is None or person not in reviewers(records(), me(), found):
        return _page(found, form, (CHOOSE_REVIEWER,)), 422
    try:
        assign_reviewer(records(), found, person, actor())
    except ReviewerRefused as refused:
        records().rollback()
        return _page(find(Diagnosis, diagnosis_id), form, (refused.message,)), 422
    records().commit()
    flash(_("%(name)s reviews the report now.", name=person.name), "good")
    return redirect(url_for(".show", diagnosis_id=diagnosis_id))


def _make(
    found: Diagnosis,
    form: MoveForm,
    *,
    sets: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
) -> ResponseReturnValue:
    """Make the form's move, or show the page again with what stands against it."""
    if not form.validate_on_submit():
        return _page(found, form), status_of(form)
    number = found.id or 0
    reason = (form.reason.data or "").strip() if "reason" in form else ""
    wanted = Wanted(form.move.data, reason, sets or {}, facts or {}, form.edition.data)
    try:
        operations.make_move(records(), found, wanted)
    except MoveRefused as refused:
        records().rollback()
        return _page(find(Diagnosis, number), form, refused.problems), 409
    return _moved(found)


def _moved(found: Diagnosis) -> ResponseReturnValue:
    state = told(MACHINE.states[found.state].title)
    flash(_("Done. It stands at “%(state)s” now.", state=state), "good")
    return redirect(url_for(".show", diagnosis_id=found.id))


def _page(found: Diagnosis, sent: MoveForm | None = None, problems: tuple[Text, ...] = ()) -> str:
    if sent is not None:
        sent.reopen(found.edition)
    return render_template(
        "diagnoses/show.html",
        desk=lay_out(records(), me(), found, sent),
        sent=sent.move.data if sent is not None else "",
        problems=problems,
        history=history(records(), found),
    )
