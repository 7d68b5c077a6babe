"""A firm's projects: the list, each one's page, contract and months, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Firm, Month, Project, Stage
from diagnose.retrofits import LIFE, MoveRefused, is_declared, step_of
from diagnose.retrofits.comparing import compare
from diagnose.retrofits.lateness import due_on, months_due, report_due
from diagnose.retrofits.reading import Whole, history, read_whole
from diagnose.retrofits.searching import BEFORE_POOL
from diagnose.web.access import LARGEST_ID, find, me, needs
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.retrofits import operations
from diagnose.web.retrofits.blueprint import blueprint
from diagnose.web.retrofits.files import files_of
from diagnose.web.retrofits.forms import ContractForm, EndForm, MonthForm, plain, seen
from diagnose.web.retrofits.operations import OPEN_TO_CHANGES
from diagnose.web.retrofits.words import (
    ORIGINS,
    VERDICTS,
    amount,
    content_of,
    file_kind,
    name_of,
    type_name,
)
from questionnaires.clock import day_of, today

CONFLICT = 409
SHOWN = frozenset(LIFE.stages) - {Stage.SUGGESTED, Stage.POSTPONED, Stage.REJECTED}
MAY_CONTRACT = (Stage.POOLED, *OPEN_TO_CHANGES)
ENDABLE = LIFE.moves["terminate"].sources


@blueprint.app_context_processor
def name_parts() -> dict[str, Any]:
    """What templates of projects call things."""
    return {
        "project_name": name_of,
        "project_content": content_of,
        "project_type": type_name,
        "stages_of_projects": LIFE.stages,
        "stage_of_project": step_of,
        "amount": amount,
        "file_kind": file_kind,
        "project_origins": ORIGINS,
        "verdict_names": VERDICTS,
    }


@blueprint.get("/")
@needs(Capability.RETROFIT)
def index() -> str:
    """All projects of the firm that it decided to carry out."""
    projects = (
        records()
        .exec(
            select(Project)
            .where(Project.firm_id == (me().firm_id or 0), col(Project.stage).in_(SHOWN))
            .order_by(col(Project.stage_since).desc(), col(Project.id))
        )
        .all()
    )
    pooled = [project for project in projects if project.stage not in BEFORE_POOL]
    return render_template(
        "retrofits/index.html",
        projects=pooled,
        declared=[project for project in projects if is_declared(project)],
        waiting=[p for p in projects if p.stage in BEFORE_POOL and not is_declared(p)],
        due_of=_due,
        today=today(),
    )


@blueprint.get("/<int:project_id>")
@needs(Capability.RETROFIT)
def show(project_id: int) -> str:
    """One project with its whole chain, and what to do next."""
    whole = own(project_id)
    return render_template(
        "retrofits/show.html",
        whole=whole,
        history=history(records(), whole.project),
        delays=whole.delays(today()),
        due_months=months_due(whole.run, today()),
        may=may_of(whole),
        today=today(),
        files=files_of(records(), whole.acceptance),
        compared=compare(records(), whole.acceptance),
    )


@blueprint.route("/<int:project_id>/contract", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def contract(project_id: int) -> ResponseReturnValue:
    """The first contract, or a major change of it."""
    whole = own(project_id)
    if whole.project.stage not in MAY_CONTRACT:
        raise NotFound
    form = ContractForm.of(whole.contract)
    if not form.is_submitted():
        return _page("contract", whole, form)
    if not form.validate():
        return _page("contract", whole, form), status_of(form)
    try:
        operations.record_contract(
            records(), whole.project, form.values(), form.change.data or "", form.seen.data or ""
        )
    except (ChangedMeanwhile, MoveRefused):
        records().rollback()
        whole = own(project_id)
        form.seen.data = seen(whole.contract)
        form.changes = whole.contract is not None
        return _page("contract", whole, form, meanwhile=True), CONFLICT
    flash(_("The contract is kept."), "good")
    return redirect(url_for(".show", project_id=project_id))


@blueprint.get("/<int:project_id>/months")
@needs(Capability.RETROFIT)
def months(project_id: int) -> ResponseReturnValue:
    """To the report of a month that was chosen."""
    own(project_id)
    chosen = request.args.get("month", "")
    month_of(chosen)
    return redirect(url_for(".month", project_id=project_id, month=chosen))


@blueprint.route("/<int:project_id>/months/<month>", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def month(project_id: int, month: str) -> ResponseReturnValue:
    """The report of one month."""
    whole, first = own(project_id), month_of(month)
    force = whole.contract
    if force is None or whole.project.stage not in OPEN_TO_CHANGES:
        raise NotFound
    if not force.starts_on.replace(day=1) <= first <= today():
        raise NotFound
    held = _held(whole, first)
    form = MonthForm.of(held, whole.project.progress)
    if not form.is_submitted():
        return _page("month", whole, form, month=first, due=report_due(first))
    if not form.validate():
        return _page("month", whole, form, month=first, due=report_due(first)), status_of(form)
    names = ("progress", "live", "trouble", "ahead")
    values = {name: form[name].data for name in names} | {"spent": plain(form.spent.data)}
    try:
        operations.report_month(records(), whole.project, first, values, form.edition.data or "")
    except ChangedMeanwhile:
        records().rollback()
        whole = own(project_id)
        held = _held(whole, first)
        form.edition.data = str(held.edition) if held else ""
        page = _page("month", whole, form, month=first, due=report_due(first), theirs=held)
        return page, CONFLICT
    flash(_("The month’s report is kept."), "good")
    return redirect(url_for(".show", project_id=project_id, _anchor="months"))


@blueprint.route("/<int:project_id>/end", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def end(project_id: int) -> ResponseReturnValue:
    """End a project, with the reason."""
    whole = own(project_id)
    if whole.project.stage not in ENDABLE:
        raise NotFound
    form, withdrawn = EndForm(), is_declared(whole.project)
    if not form.is_submitted():
        form.edition.data = str(whole.project.edition)
        return _page("end", whole, form, withdrawn=withdrawn)
    if not form.validate():
        return _page("end", whole, form, withdrawn=withdrawn), status_of(form)
    try:
        operations.end(records(), whole.project, form.reason.data, form.edition.data or "")
    except MoveRefused as refused:
        whole = own(project_id)
        form.edition.data = str(whole.project.edition)
        return _page("end", whole, form, withdrawn=withdrawn, problems=refused.problems), CONFLICT
    flash(_("Withdrawn.") if withdrawn else _("The project is ended."), "good")
    return redirect(url_for(".show", project_id=project_id))


def own(project_id: int) -> Whole:
    """A project of the firm that reached it; anything else is 404, logged where another's."""
    project = records().get(Project, project_id) if project_id <= LARGEST_ID else None
    if project is None:
        raise NotFound
    firm = find(Firm, project.firm_id)
    if project.stage not in SHOWN:
        raise NotFound
    return read_whole(records(), project, firm)


def may_of(whole: Whole) -> dict[str, bool]:
    """What the firm may do now."""
    stage, force = whole.project.stage, whole.contract
    due = any(day <= today() for _months, day, _told in whole.effects)
    return {
        "contract": stage in MAY_CONTRACT,
        "month": stage in OPEN_TO_CHANGES and force is not None,
        "apply": stage in LIFE.moves["finish"].sources and force is not None,
        "figure": stage not in BEFORE_POOL and stage != Stage.TERMINATED,
        "effect": due and bool(whole.figures),
        "change": is_declared(whole.project),
        "end": stage in ENDABLE,
    }


def month_of(typed: str) -> date:
    """The first day of a month as addresses write it: 2026-11."""
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        abort(404)


def _held(whole: Whole, first: date) -> Month | None:
    return next((each for each in whole.months if each.month == first), None)


def _due(project: Project) -> date | None:
    since = day_of(project.stage_since) if project.stage_since else None
    return due_on(project.stage, since)


def _page(name: str, whole: Whole, form: Any, **shown: Any) -> str:
    return render_template(f"retrofits/{name}.html", whole=whole, form=form, **shown)
