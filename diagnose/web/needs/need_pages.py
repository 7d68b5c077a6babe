"""What the bureau does with one need: match it, close it, take it into the project pool."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.needs.matching import candidates, solutions
from diagnose.needs.states import CLOSED
from diagnose.records import Firm, Need, NeedStage
from diagnose.retrofits import MoveRefused
from diagnose.web.access import needs, saw
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile, EditionForm
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.needs import operations
from diagnose.web.needs.blueprint import blueprint
from diagnose.web.needs.finding import need_of
from diagnose.web.needs.forms import CloseForm, MatchForm
from models.roadmap import load_catalogue

MEANWHILE = 409


@blueprint.route("/<int:need_id>/match", methods=["GET", "POST"])
@needs(Capability.NEEDS)
def match(need_id: int) -> ResponseReturnValue:
    """Put a need under a project type; the likeliest are shown with their reasons."""
    need, _census, firm = need_of(need_id)
    form = MatchForm()
    if not form.is_submitted():
        found = candidates(need)
        best = need.matched_type or (found[0].type if found else need.type)
        held = {"type": best, "outcome": need.outcome, "edition": need.edition}
        page = _match_page(need, firm, MatchForm(formdata=None, data=held))
        saw("need", f"need:{need_id}", need.firm_id)
        return page
    if not form.validate():
        return _match_page(need, firm, form), status_of(form)
    try:
        said = form.type.data, form.outcome.data
        operations.match(records(), need, *said, form.edition.data)
    except ChangedMeanwhile:
        need, _census, firm = need_of(need_id)
        form.reopen(need.edition)
        return _match_page(need, firm, form, meanwhile=True), MEANWHILE
    flash(_("The need is matched."), "good")
    return redirect(url_for(".show", census_id=need.census_id))


@blueprint.route("/<int:need_id>/close", methods=["GET", "POST"])
@needs(Capability.NEEDS)
def close(need_id: int) -> ResponseReturnValue:
    """Say what became of a need."""
    need, _census, firm = need_of(need_id)
    form = CloseForm()
    if not form.is_submitted():
        held = {"edition": need.edition, "outcome": need.outcome, "stage": _settled(need)}
        page = _close_page(need, firm, CloseForm(formdata=None, data=held))
        saw("need", f"need:{need_id}", need.firm_id)
        return page
    if not form.validate():
        return _close_page(need, firm, form), status_of(form)
    try:
        stage = NeedStage(form.stage.data)
        operations.close(records(), need, stage, form.outcome.data, form.edition.data)
    except ChangedMeanwhile:
        need, _census, firm = need_of(need_id)
        form.reopen(need.edition)
        return _close_page(need, firm, form, meanwhile=True), MEANWHILE
    flash(_("Saved."), "good")
    return redirect(url_for(".show", census_id=need.census_id))


@blueprint.route("/<int:need_id>/pool", methods=["GET", "POST"])
@needs(Capability.NEEDS)
def pool(need_id: int) -> ResponseReturnValue:
    """Take a need into the project pool, once confirmed."""
    need, _census, firm = need_of(need_id)
    form = EditionForm()
    back = redirect(url_for(".show", census_id=need.census_id))
    if need.project_id is not None:
        flash(_("This need is in the project pool already."))
        return back
    if not form.is_submitted() or not form.validate():
        shown = EditionForm(formdata=None, data={"edition": need.edition})
        entry = operations.entry_of(need)
        page = render_template("needs/pool.html", need=need, firm=firm, entry=entry, form=shown)
        saw("need", f"need:{need_id}", need.firm_id)
        return page
    try:
        operations.pool(records(), firm, need, form.edition.data)
    except ChangedMeanwhile:
        flash(_("Somebody changed this need meanwhile; look at it again."), "warn")
    except MoveRefused as refused:
        records().rollback()
        flash(" ".join(told(problem) for problem in refused.problems), "bad")
    else:
        flash(_("The need is in the project pool now."), "good")
    return back


def _settled(need: Need) -> str:
    return need.stage if need.stage in CLOSED else NeedStage.MET.value


def _match_page(need: Need, firm: Firm, form: MatchForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "needs/match.html",
        need=need,
        firm=firm,
        form=form,
        found=candidates(need),
        catalogue=load_catalogue(),
        solutions=solutions(),
        meanwhile=meanwhile,
    )


def _close_page(need: Need, firm: Firm, form: CloseForm, *, meanwhile: bool = False) -> str:
    return render_template("needs/close.html", need=need, firm=firm, form=form, meanwhile=meanwhile)
