"""A file of tasks brought in: looked at first, then taken over as a whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.records import Task, TaskEntry, TaskPlan, note
from diagnose.storage import Store
from diagnose.tasks.intake import FileRefused, Found, columns, read_tasks
from diagnose.tasks.writing import differs, merge_tasks
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.tasks.blueprint import blueprint
from diagnose.web.tasks.finding import find_plan
from diagnose.web.tasks.forms import FileForm, TakeForm


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do: tasks that are new, changed, and as they are."""

    new: list[TaskEntry]
    changed: list[TaskEntry]
    same: list[TaskEntry]


@blueprint.route("/plans/<int:plan_id>/import", methods=["GET", "POST"])
@needs(Capability.TASKS)
def import_(plan_id: int) -> ResponseReturnValue:
    """Take a file and show what it would do; nothing is changed yet."""
    plan, form = find_plan(plan_id), FileForm()
    if not form.validate_on_submit():
        return _file_page(form, plan), 422 if form.errors else 200
    content = form.file.data.read()
    try:
        found = read_tasks(content)
    except FileRefused as refused:
        form.file.errors = [told(refused.message)]
        return _file_page(form, plan), 422
    if found.wrong:
        return _file_page(form, plan, found), 422
    _store().put(_key(), content)
    return _preview_page(plan, found, sha256(content).hexdigest())


@blueprint.post("/plans/<int:plan_id>/import/take")
@needs(Capability.TASKS)
def take(plan_id: int) -> ResponseReturnValue:
    """Take over the file that was looked at, all of it."""
    plan, form = find_plan(plan_id), TakeForm()
    content = _looked_at()
    if content is None or sha256(content).hexdigest() != form.sha256.data:
        flash(_("Another file was chosen meanwhile, or this one is gone. Choose it again."))
        return redirect(url_for(".import_", plan_id=plan_id))
    found = read_tasks(content)
    if not form.validate_on_submit():
        return _preview_page(plan, found, form.sha256.data), 400
    added, changed = merge_tasks(records(), actor(), plan, found.entries)
    note(records(), actor(), "task.import", f"plan:{plan_id}", added=added, changed=changed)
    records().commit()
    _store().remove(_key())
    said = _("Taken over: %(added)s new tasks, %(changed)s changed.", added=added, changed=changed)
    flash(said, "good")
    return redirect(url_for(".index", plan=plan_id))


def _file_page(form: FileForm, plan: TaskPlan, found: Found | None = None) -> str:
    return render_template(
        "tasks/import.html", form=form, plan=plan, found=found, columns=columns()
    )


def _preview_page(plan: TaskPlan, found: Found, stamp: str) -> str:
    return render_template(
        "tasks/preview.html",
        form=TakeForm(formdata=None, sha256=stamp),
        plan=plan,
        found=found,
        preview=_compared(plan, found),
        columns=columns(),
    )


def _compared(plan: TaskPlan, found: Found) -> Preview:
    held = records().exec(select(Task).where(col(Task.plan_id) == plan.id)).all()
    known = {task.number: task for task in held}
    preview = Preview([], [], [])
    for entry in found.entries:
        task = known.get(entry.number)
        if task is None:
            preview.new.append(entry)
        else:
            (preview.changed if differs(task, entry) else preview.same).append(entry)
    return preview


def _looked_at() -> bytes | None:
    try:
        return _store().get(_key())
    except FileNotFoundError:
        return None


def _store() -> Store:
    kept: Store = current_app.extensions["store"]
    return kept


def _key() -> str:
    return f"tasks/{me().id}.xlsx"
