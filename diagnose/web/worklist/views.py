"""The worklist and the moves of each diagnosis."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.records import Diagnosis, Firm
from diagnose.web.access import me, needs, saw
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.paging import page_number
from diagnose.web.worklist.blueprint import blueprint
from diagnose.web.worklist.clocks import clock
from diagnose.web.worklist.diagnosis_page import hold, work_on
from diagnose.web.worklist.forms import DeclineForm, MoveForm
from diagnose.web.worklist.history import history
from diagnose.web.worklist.listing import Filters, grouped, listing, load_of
from diagnose.web.worklist.next_steps import next_step
from diagnose.web.worklist.operations import make_move
from diagnose.web.worklist.steps import GROUPS
from diagnose.workflow import MACHINE, MoveRefused, Wanted, lacking, moves_open
from models.firms import industry_name

ELSEWHERE = ("send", "return_inside", "answer", "revise")
"""Moves that have a page of their own, where what they take is at hand."""


@blueprint.app_context_processor
def offer_machine() -> dict[str, object]:
    """Let every page name states and tell clocks."""
    return {"machine": MACHINE, "clock": clock}


@blueprint.get("/")
@needs(Capability.WORK)
def show() -> ResponseReturnValue:
    """What has to be done next, by diagnosis."""
    filters = Filters.of(request.args)
    page = listing(records(), me(), filters, page_number(request.args))
    return render_template(
        "worklist/list.html",
        page=page,
        groups=grouped(page),
        choices=GROUPS,
        filters=filters,
        load=load_of(records(), me()),
    )


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def diagnosis(diagnosis_id: int) -> ResponseReturnValue:
    """One diagnosis: how it stands and where to go from here."""
    found, firm = work_on(diagnosis_id)
    answer = _page(found, firm)
    saw("diagnosis", f"diagnosis:{diagnosis_id}", found.firm_id)
    return answer


@blueprint.post("/<int:diagnosis_id>/moves")
@needs(Capability.WORK)
def move(diagnosis_id: int) -> ResponseReturnValue:
    """Make a move."""
    found, firm = work_on(diagnosis_id)
    step = MACHINE.moves.get(request.form.get("move", "")) or abort(404)
    form = DeclineForm() if step.id == "decline" else MoveForm()
    if not form.validate():
        return _page(found, firm, form), 422
    facts = form.facts if isinstance(form, DeclineForm) else {}
    wanted = Wanted(step.id, form.reason.data, facts=facts, edition=form.edition.data)
    problems = [] if step.id != "decline" or facts["cause"] else [_("Choose what keeps you.")]
    try:
        if not problems:
            make_move(records(), found, wanted)
    except MoveRefused as refused:
        records().rollback()
        problems = [told(problem) for problem in refused.problems]
    if problems:
        return _page(found, firm, form, problems), 409
    state = told(MACHINE.states[step.target].title)
    flash(_("Done. The diagnosis now stands at “%(state)s”.", state=state), "good")
    return redirect(_onward(diagnosis_id, step.id))


def _onward(diagnosis_id: int, move_id: str) -> str:
    """The page on which work goes on; a diagnosis handed back is no longer this house's."""
    if move_id == "decline":
        return url_for(".show")
    return url_for(".diagnosis", diagnosis_id=diagnosis_id)


def _page(
    found: Diagnosis,
    firm: Firm,
    form: MoveForm | None = None,
    problems: list[str] | None = None,
) -> str:
    """The page; what was typed to hand the diagnosis back is kept, other moves type nothing."""
    held = hold(records(), found, firm)
    step = next_step(held)
    moves = [
        (move, lacking(records(), found, move.id, me()))
        for move in moves_open(me(), found)
        if move.id not in ELSEWHERE and move.id != step.move
    ]
    return render_template(
        "worklist/diagnosis.html",
        diagnosis=found,
        firm=firm,
        industry=industry_name(firm.industry),
        held=held,
        step=step,
        moves=moves,
        form=form,
        decline=form if isinstance(form, DeclineForm) else DeclineForm(formdata=None),
        problems=problems or [],
        events=history(records(), found),
    )
