"""A plan and its tasks: made, looked at, changed, moved."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Task, TaskPlan
from diagnose.tasks import writing
from diagnose.tasks.examples import examples
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.following import follow
from diagnose.tasks.stages import STANDINGS, moves_open
from diagnose.tasks.writing import TaskRefused, usual_mend_by
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.languages import told
from diagnose.web.tasks.blueprint import blueprint
from diagnose.web.tasks.finding import find_plan, find_task
from diagnose.web.tasks.forms import AnswerForm, LetterForm, MoveForm, PlanForm, TaskForm, ValueForm
from questionnaires.clock import today


@blueprint.route("/plan", methods=["GET", "POST"])
@needs(Capability.TASKS)
def plan() -> ResponseReturnValue:
    """Begin to follow a plan."""
    form = PlanForm()
    if not form.validate_on_submit():
        return _plan_page(form), 422 if form.errors else 200
    try:
        made = writing.add_plan(
            records(), actor(), me().district, form.title.data.strip(),
            document=(form.document.data or "").strip(), published_on=form.published_on.data,
        )  # fmt: skip
        records().commit()
    except IntegrityError:
        records().rollback()
        form.title.errors = [_("A plan of this title is followed already.")]
        return _plan_page(form), 422
    flash(_("The plan is there. Enter its tasks, or bring them in as a file."), "good")
    return redirect(url_for(".index", plan=made.id))


@blueprint.post("/plan/examples/<example>")
@needs(Capability.TASKS)
def take_example(example: str) -> ResponseReturnValue:
    """Take an example plan with its tasks as a start."""
    if example not in examples():
        raise NotFound
    if not PlainForm().validate_on_submit():
        return _plan_page(PlanForm(formdata=None)), 400
    held = examples()[example]
    try:
        made = writing.add_plan(
            records(), actor(), me().district, held.title,
            document=held.document, published_on=held.published_on,
        )  # fmt: skip
        writing.merge_tasks(records(), actor(), made, held.entries)
        records().commit()
    except IntegrityError:
        records().rollback()
        flash(_("A plan of this title is followed already."))
        return redirect(url_for(".index"))
    flash(
        _("%(count)s tasks were taken over. Check units, goals and days.", count=len(held.entries)),
        "good",
    )
    return redirect(url_for(".index", plan=made.id))


@blueprint.route("/plans/<int:plan_id>/new", methods=["GET", "POST"])
@needs(Capability.TASKS)
def new(plan_id: int) -> ResponseReturnValue:
    """Enter a task of a plan."""
    plan, form = find_plan(plan_id), TaskForm.of(None)
    if not form.validate_on_submit():
        return _task_page(form, plan, None), 422 if form.errors else 200
    try:
        task = writing.add_task(records(), actor(), plan, form.entry())
        records().commit()
    except IntegrityError:
        records().rollback()
        form.number.errors = [_("The plan has a task of this number.")]
        return _task_page(form, find_plan(plan_id), None), 422
    flash(_("The task is kept."), "good")
    return redirect(url_for(".show", task_id=task.id))


@blueprint.get("/<int:task_id>")
@needs(Capability.TASKS)
def show(task_id: int) -> ResponseReturnValue:
    """One task: its value, its light, its letters, and what can be done now."""
    return page_of(*find_task(task_id))


@blueprint.route("/<int:task_id>/edit", methods=["GET", "POST"])
@needs(Capability.TASKS)
def edit(task_id: int) -> ResponseReturnValue:
    """Change what a task says."""
    plan, task = find_task(task_id)
    form = TaskForm.of(task)
    if not form.validate_on_submit():
        return _task_page(form, plan, task), 422 if form.errors else 200
    changes = form.entry().model_dump()
    try:
        writing.change_task(records(), actor(), task, changes, form.edition.data or 0)
        records().commit()
    except IntegrityError:
        records().rollback()
        form.number.errors = [_("The plan has a task of this number.")]
        return _task_page(form, *find_task(task_id)), 422
    except TaskRefused as refused:
        records().rollback()
        plan, task = find_task(task_id)
        form.reopen(task.edition)
        form.title.errors = [told(refused.message)]
        return _task_page(form, plan, task), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".show", task_id=task_id))


@blueprint.post("/<int:task_id>/value")
@needs(Capability.TASKS)
def value(task_id: int) -> ResponseReturnValue:
    """Keep what was reached by a day, with its proof."""
    plan, task = find_task(task_id)
    form = ValueForm(prefix="value-")
    if not form.validate_on_submit():
        return page_of(plan, task, value=form), status_of(form)
    typed = None if form.value.data is None else float(form.value.data)
    given = (typed, form.value_on.data, form.proof.data.strip())
    try:
        writing.set_value(records(), actor(), task, given, form.edition.data or 0)
    except TaskRefused as refused:
        return _refused(task_id, refused, form)
    records().commit()
    flash(_("Saved."), "good")
    return redirect(url_for(".show", task_id=task_id))


@blueprint.post("/<int:task_id>/move")
@needs(Capability.TASKS)
def move(task_id: int) -> ResponseReturnValue:
    """Move a task on or back: begin, done, close, take up again."""
    plan, task = find_task(task_id)
    form = MoveForm()
    if not form.validate_on_submit():
        return page_of(plan, task), 400
    try:
        writing.make_move(records(), actor(), task, form.move.data, form.edition.data or 0)
    except TaskRefused as refused:
        return _refused(task_id, refused)
    records().commit()
    flash(_("Done. It stands at “%(state)s” now.", state=told(STANDINGS[task.stage])), "good")
    return redirect(url_for(".show", task_id=task_id))


def page_of(
    plan: TaskPlan,
    task: Task,
    *,
    value: ValueForm | None = None,
    letter: LetterForm | None = None,
    answer: AnswerForm | None = None,
    problem: str = "",
) -> str:
    """The page of a task, with the form that was sent and what went wrong."""
    day = today()
    (it,) = follow(records(), plan.district, [task], day)
    held = {"edition": task.edition, "value": task.value, "value_on": day, "proof": task.proof}
    return render_template(
        "tasks/show.html",
        plan=plan,
        task=task,
        it=it,
        feed=FEEDS.get(task.feed),
        standings=STANDINGS,
        moves=moves_open(task),
        move=MoveForm(formdata=None, edition=task.edition),
        value=value or ValueForm(formdata=None, prefix="value-", data=held),
        letter=letter or LetterForm(formdata=None, prefix="letter-", mend_by=usual_mend_by(day)),
        answer=answer or AnswerForm(formdata=None, prefix="answer-", answered_on=day),
        problem=problem,
        day=day,
    )


def _refused(
    task_id: int, refused: TaskRefused, value: ValueForm | None = None
) -> ResponseReturnValue:
    records().rollback()
    plan, task = find_task(task_id)
    if value is not None:
        value.reopen(task.edition)
    return page_of(plan, task, value=value, problem=told(refused.message)), 409


def _plan_page(form: PlanForm) -> str:
    return render_template(
        "tasks/plan.html", form=form, examples=examples(), plain=PlainForm(formdata=None)
    )


def _task_page(form: TaskForm, plan: TaskPlan, task: Task | None) -> str:
    return render_template("tasks/edit.html", form=form, plan=plan, task=task)
