"""The project plan of a firm: decisions and progress."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.planning.wording import Worded, worded
from diagnose.reading import judge
from diagnose.records import Basis, Diagnosis, Firm, Project, Stage
from diagnose.retrofits import LIFE
from diagnose.web.access import LARGEST_ID, find, me, needs
from diagnose.web.confirmations.items import cost_of
from diagnose.web.confirmations.sent_reports import Sent, sent_reports
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.plans import operations
from diagnose.web.plans.blueprint import blueprint
from diagnose.web.plans.forms import DecisionForm, ProgressForm
from diagnose.web.plans.stages import CHOICES, DECIDABLE, PREPARED, UNDECIDED
from diagnose.web.results.operations import last_submitted, own_sheet
from diagnose.web.results.planning import replan

MEANWHILE = 409


@blueprint.get("/")
@needs(Capability.DECIDE)
def show() -> str:
    """The plan of the report that reached the firm; before that, what the system suggests."""
    sent = next(iter(sent_reports(records(), me().firm_id or 0)), None)
    if sent is None:
        return _suggestion()
    return render_template(
        "plans/show.html",
        sent=sent,
        projects=operations.projects_of(records(), sent),
        stages=LIFE.stages,
        decidable=DECIDABLE,
        prepared=PREPARED,
        cost_of=cost_of,
        worded=_worded,
    )


@blueprint.route("/<int:project_id>/decision", methods=["GET", "POST"])
@needs(Capability.DECIDE)
def decide(project_id: int) -> ResponseReturnValue:
    """Adopt, postpone or reject; minds may be changed until the project is contracted."""
    sent, project = _project(project_id)
    if project.stage not in DECIDABLE or not sent.standing:
        raise NotFound
    form = DecisionForm()
    if not form.is_submitted():
        form.edition.data = str(project.edition)
        if project.stage not in UNDECIDED:
            form.stage.data = Stage.ADOPTED if project.stage in PREPARED else project.stage
            form.reason.data = project.reason
        return _decision_page(project, form)
    if not form.validate():
        return _decision_page(project, form), status_of(form)
    stage, reason = Stage(form.stage.data), form.reason.data
    try:
        operations.decide(records(), project, form.edition.data, stage, reason)
    except ChangedMeanwhile:
        _take_edition(form, project)
        return _decision_page(project, form, meanwhile=True), MEANWHILE
    flash(_("Your decision is kept."), "good")
    return redirect(url_for(".show"))


@blueprint.route("/<int:project_id>/progress", methods=["GET", "POST"])
@needs(Capability.DECIDE)
def progress(project_id: int) -> ResponseReturnValue:
    """How far a project is that is adopted and not contracted yet."""
    sent, project = _project(project_id)
    if project.stage not in PREPARED or not sent.standing:
        raise NotFound
    form = ProgressForm()
    if not form.is_submitted():
        form.edition.data = str(project.edition)
        form.progress.data, form.note.data = project.progress, project.progress_note
        return _progress_page(project, form)
    if not form.validate():
        return _progress_page(project, form), status_of(form)
    try:
        operations.report_progress(
            records(),
            project,
            form.edition.data,
            form.progress.data,
            form.note.data,
        )
    except ChangedMeanwhile:
        _take_edition(form, project)
        return _progress_page(project, form, meanwhile=True), MEANWHILE
    flash(_("The progress is kept."), "good")
    return redirect(url_for(".show"))


def _suggestion() -> str:
    session = records()
    assessment = last_submitted(session, me().firm_id or 0)
    if assessment is None:
        return render_template("plans/none.html")
    firm = session.get_one(Firm, assessment.firm_id)
    plan = replan(own_sheet(session, assessment, firm, Basis.SELF))
    return render_template("plans/suggestion.html", plan=plan, assessment=assessment)


def _project(project_id: int) -> tuple[Sent, Project]:
    """A project of a plan that reached the firm; any other is 404, logged where another's."""
    project = records().get(Project, project_id) if project_id <= LARGEST_ID else None
    if project is None or project.diagnosis_id is None:
        raise NotFound
    diagnosis = find(Diagnosis, project.diagnosis_id)
    for sent in sent_reports(records(), diagnosis.firm_id):
        if sent.newest and sent.diagnosis.id == diagnosis.id:
            return sent, project
    raise NotFound


def _worded(project: Project) -> Worded:
    return worded(project, judge().catalogue)


def _take_edition(form: DecisionForm | ProgressForm, project: Project) -> None:
    """Let the form be sent once more, now that its sender has seen what changed."""
    records().refresh(project)
    form.edition.data = str(project.edition)


def _decision_page(project: Project, form: DecisionForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "plans/decision.html",
        project=project,
        form=form,
        choices=CHOICES,
        stages=LIFE.stages,
        meanwhile=meanwhile,
        history=operations.history(records(), project),
        worded=_worded,
        cost=cost_of(project),
    )


def _progress_page(project: Project, form: ProgressForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "plans/progress.html",
        project=project,
        form=form,
        stages=LIFE.stages,
        meanwhile=meanwhile,
        history=operations.history(records(), project),
        worded=_worded,
    )
