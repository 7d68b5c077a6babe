"""The project plan of a diagnosis, as the consultants make it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from diagnose.access import Capability
from diagnose.reading import judge
from diagnose.records import Diagnosis, Firm, Project
from diagnose.reporting.gathering import Gathered, NothingToTell, gather
from diagnose.web.access import LARGEST_ID, find, needs, saw
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.languages import told
from diagnose.web.projects import operations
from diagnose.web.projects.blueprint import blueprint
from diagnose.web.projects.forms import ChooseForm, ProjectForm, ResetForm
from diagnose.web.projects.plan_page import lay_out
from diagnose.web.projects.prefilled import prefilled
from diagnose.web.worklist.diagnosis_page import work_on

EDITABLE = ("on_site", "visited", "drafting")
WAYS = ("up", "down", "earlier", "later")
OWN = "own"


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def index(diagnosis_id: int) -> ResponseReturnValue:
    """The plan, year by year; on first opening filled from the roadmap."""
    diagnosis, firm = work_on(diagnosis_id)
    held = _held(diagnosis)
    if held and _open(diagnosis) and operations.first_fill(records(), held):
        flash(_("The plan was filled in from the system's roadmap. Make it yours."), "info")
        held = _held(diagnosis)
    page = render_template(
        "projects/index.html",
        diagnosis=diagnosis,
        firm=firm,
        plan=lay_out(held) if held else None,
        revenue=held.assessment.revenue if held else None,
        editable=_open(diagnosis) and held is not None,
    )
    saw("plan", f"diagnosis:{diagnosis_id}", diagnosis.firm_id)
    return page


@blueprint.get("/<int:diagnosis_id>/types")
@needs(Capability.WORK)
def choose(diagnosis_id: int) -> ResponseReturnValue:
    """Choose what kind of project to add."""
    diagnosis, firm = _editable(diagnosis_id)
    form = ChooseForm(formdata=None)
    form.type.choices = [(OWN, _("A project of our own"))] + [
        (project.id, f"{project.id} {told(project.name)}") for project in judge().catalogue.projects
    ]
    return render_template("projects/choose.html", diagnosis=diagnosis, firm=firm, form=form)


@blueprint.route("/<int:diagnosis_id>/new", methods=["GET", "POST"])
@needs(Capability.WORK)
def add(diagnosis_id: int) -> ResponseReturnValue:
    """Add a project of a type of the catalogue, or one of one's own."""
    diagnosis, firm = _editable(diagnosis_id)
    type_ = request.args.get("type", "")
    if type_ not in judge().catalogue.index:
        type_ = ""
    held = _held(diagnosis) or abort(404)
    form = ProjectForm() if request.method == "POST" else prefilled(held, type_)
    if form.is_submitted() and form.validate():
        operations.add(records(), diagnosis, type_, form.values())
        flash(_("The project is in the plan."), "good")
        return redirect(url_for(".index", diagnosis_id=diagnosis_id))
    return _form_page(diagnosis, firm, form, type_=type_)


@blueprint.route("/<int:diagnosis_id>/<int:project_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int, project_id: int) -> ResponseReturnValue:
    """Change a project."""
    diagnosis, firm = _editable(diagnosis_id)
    project = _project(diagnosis, project_id)
    if request.method == "GET":
        return _form_page(diagnosis, firm, ProjectForm.of(project), project)
    form = ProjectForm()
    if not form.validate():
        return _form_page(diagnosis, firm, form, project)
    try:
        edition = form.edition.data or 0
        operations.change(records(), diagnosis, project, form.values(), edition)
    except ChangedMeanwhile:
        kept = records().get_one(Project, project_id)
        form.reopen(kept.edition)
        return _form_page(diagnosis, firm, form, kept, elsewhere=kept)
    flash(_("The project is kept."), "good")
    return redirect(url_for(".index", diagnosis_id=diagnosis_id, _anchor=f"project-{project_id}"))


@blueprint.route("/<int:diagnosis_id>/<int:project_id>/remove", methods=["GET", "POST"])
@needs(Capability.WORK)
def remove(diagnosis_id: int, project_id: int) -> ResponseReturnValue:
    """Ask, then take a project out."""
    diagnosis, firm = _editable(diagnosis_id)
    project, form = _project(diagnosis, project_id), FlaskForm()
    if form.validate_on_submit():
        operations.remove(records(), diagnosis, project)
        flash(_("The project was taken out of the plan."), "info")
        return redirect(url_for(".index", diagnosis_id=diagnosis_id))
    return render_template(
        "projects/remove.html", diagnosis=diagnosis, firm=firm, project=project, form=form
    )


@blueprint.post("/<int:diagnosis_id>/<int:project_id>/move")
@needs(Capability.WORK)
def move(diagnosis_id: int, project_id: int) -> ResponseReturnValue:
    """Move a project within its year or to another."""
    diagnosis, _firm = _editable(diagnosis_id)
    project = _project(diagnosis, project_id)
    where = request.form.get("where", "")
    if where not in WAYS:
        abort(400)
    operations.shift(records(), diagnosis, project, where)
    return redirect(url_for(".index", diagnosis_id=diagnosis_id, _anchor=f"project-{project_id}"))


@blueprint.route("/<int:diagnosis_id>/roadmap", methods=["GET", "POST"])
@needs(Capability.WORK)
def reset(diagnosis_id: int) -> ResponseReturnValue:
    """Ask, then replace the system's suggestions by a new roadmap."""
    diagnosis, firm = _editable(diagnosis_id)
    held, form = _held(diagnosis) or abort(404), ResetForm()
    if form.validate_on_submit():
        budget = None if form.budget.data is None else float(form.budget.data)
        count = operations.refill(records(), held, budget)
        flash(_("The system suggests %(count)s projects anew.", count=count), "info")
        return redirect(url_for(".index", diagnosis_id=diagnosis_id))
    plan = lay_out(held)
    if request.method == "GET" and plan.budget is not None:
        form.budget.data = round(plan.budget, 1)
    suggested = sum(project.origin == "system" for project in held.projects)
    page = render_template(
        "projects/reset.html",
        diagnosis=diagnosis,
        firm=firm,
        form=form,
        plan=plan,
        suggested=suggested,
    )
    return page, 422 if form.errors else 200


def _open(diagnosis: Diagnosis) -> bool:
    return diagnosis.state in EDITABLE


def _editable(diagnosis_id: int) -> tuple[Diagnosis, Firm]:
    """A diagnosis whose plan may be changed now; otherwise 409."""
    diagnosis, firm = work_on(diagnosis_id)
    if not _open(diagnosis):
        abort(409)
    return diagnosis, firm


def _held(diagnosis: Diagnosis) -> Gathered | None:
    try:
        return gather(records(), diagnosis)
    except NothingToTell:
        return None


def _project(diagnosis: Diagnosis, project_id: int) -> Project:
    found = records().get(Project, project_id) if project_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    if found.diagnosis_id != diagnosis.id:
        if found.diagnosis_id is not None:
            # The way through its own diagnosis logs a look at what is another's.
            find(Diagnosis, found.diagnosis_id)
        abort(404)
    return found


def _form_page(
    diagnosis: Diagnosis,
    firm: Firm,
    form: ProjectForm,
    project: Project | None = None,
    *,
    type_: str = "",
    elsewhere: Project | None = None,
) -> ResponseReturnValue:
    held = _held(diagnosis)
    plan = lay_out(held) if held else None
    lines: list[Any] = [line for year in plan.years for line in year.lines] if plan else []
    line = next((each for each in lines if project and each.project.id == project.id), None)
    kind = project.type if project else type_
    catalogue = judge().catalogue
    page = render_template(
        "projects/project.html",
        diagnosis=diagnosis,
        firm=firm,
        form=form,
        project=project,
        line=line,
        kind=catalogue[kind] if kind in catalogue.index else None,
        elsewhere=elsewhere,
        note=catalogue.note,
    )
    if elsewhere is not None:
        return page, 409
    return page, 422 if form.errors else 200
