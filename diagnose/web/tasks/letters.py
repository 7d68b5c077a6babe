"""Follow-up letters: written, printed, answered."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.records import Firm, Task, TaskLetter, TaskPlan, note
from diagnose.tasks import writing
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.following import follow
from diagnose.tasks.writing import TaskRefused
from diagnose.web.access import actor, needs
from diagnose.web.database import records
from diagnose.web.fields import HeadForm, status_of
from diagnose.web.languages import language, told
from diagnose.web.tasks.blueprint import blueprint
from diagnose.web.tasks.finding import find_letter, find_task
from diagnose.web.tasks.forms import AnswerForm, LetterForm
from diagnose.web.tasks.views import page_of
from questionnaires.clock import today
from questionnaires.text import Language
from reports.letters import Official, write_official
from reports.phrases import Phrasebook


@blueprint.post("/<int:task_id>/letter")
@needs(Capability.TASKS)
def letter(task_id: int) -> ResponseReturnValue:
    """Write a follow-up letter on a task."""
    plan, task = find_task(task_id)
    form = LetterForm(prefix="letter-")
    if form.validate_on_submit() and form.mend_by.data < today():
        form.mend_by.errors = [_("This day is over already.")]
    if form.errors:
        return page_of(plan, task, letter=form), status_of(form)
    (it,) = follow(records(), plan.district, [task], today())
    try:
        made = writing.write_letter(
            records(), actor(), it, form.reason.data.strip(), form.mend_by.data
        )
    except TaskRefused as refused:
        records().rollback()
        return page_of(*find_task(task_id), letter=form, problem=told(refused.message)), 409
    records().commit()
    flash(_("Letter %(number)s is written. Print it below.", number=made.number), "good")
    return redirect(url_for(".show", task_id=task_id))


@blueprint.route("/letters/<int:letter_id>", methods=["GET", "POST"])
@needs(Capability.TASKS)
def letter_pdf(letter_id: int) -> ResponseReturnValue:
    """A letter to print, under the bureau's name."""
    plan, task, found = find_letter(letter_id)
    form = HeadForm(data=session.get("letterhead", {}))
    if not form.validate_on_submit():
        page = render_template("tasks/letter.html", form=form, task=task, letter=found)
        return page, 422 if form.is_submitted() else 200
    bureau, contact = form.bureau.data.strip(), (form.contact.data or "").strip()
    session["letterhead"] = {"bureau": bureau, "contact": contact}
    written = _official(plan, task, found, contact, language())
    content = write_official([written], bureau, found.written_on, language())
    note(records(), actor(), "task.print", f"letter:{letter_id}")
    records().commit()
    return send_file(
        BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{found.number}.pdf"
    )


@blueprint.post("/letters/<int:letter_id>/answer")
@needs(Capability.TASKS)
def answer(letter_id: int) -> ResponseReturnValue:
    """Keep what the unit answered."""
    plan, task, found = find_letter(letter_id)
    form = AnswerForm(prefix="answer-")
    if form.validate_on_submit() and not found.written_on <= form.answered_on.data <= today():
        form.answered_on.errors = [_("Enter a day between the letter and today.")]
    if form.errors:
        return page_of(plan, task, answer=form), status_of(form)
    text = form.answer.data.strip()
    try:
        writing.answer_letter(records(), actor(), found, text, form.answered_on.data)
    except TaskRefused as refused:
        records().rollback()
        return page_of(*find_task(task.id or 0), answer=form, problem=told(refused.message)), 409
    records().commit()
    flash(_("The answer is kept."), "good")
    return redirect(url_for(".show", task_id=task.id))


def _official(
    plan: TaskPlan, task: Task, letter: TaskLetter, contact: str, tongue: Language
) -> Official:
    say = Phrasebook("chasing")

    def said(key: str, **values: object) -> str:
        return say(key, **values).to(tongue)

    document = f"（{plan.document}）" if plan.document else ""
    facts = [
        (said("task"), f"{task.number} {task.title}"),
        (said("clause"), f"{plan.title}{document} {task.clause}".strip()),
        (said("units"), "、".join([task.lead, *task.others])),
        (said("due"), task.due_on.isoformat()),
        (said("figure"), _figure(task, letter, tongue)),
        (said("mend_by"), letter.mend_by.isoformat()),
    ]
    return Official(
        title=said("title"),
        number=letter.number,
        to=said("to", unit=task.lead),
        facts=tuple(pair for pair in facts if pair[1]),
        paragraphs=(said("what"), letter.reason, said("ask", day=letter.mend_by.isoformat())),
        contact=contact,
        below=said("below"),
        fictional=_is_fictional(plan),
    )


def _is_fictional(plan: TaskPlan) -> bool:
    """Whether the plan belongs to an invented district."""
    invented = select(Firm.id).where(Firm.district == plan.district, col(Firm.fictional))
    return records().exec(invented).first() is not None


def _figure(task: Task, letter: TaskLetter, tongue: Language) -> str:
    """What the indicator stood at when the letter was written, with part, whole and day."""
    held = letter.figures
    if not task.indicator and held.get("value") is None:
        return ""
    say = Phrasebook("chasing")
    unit = task.unit or (FEEDS[task.feed].unit.to(tongue) if task.feed in FEEDS else "")
    value = held.get("value")
    told_value = f"{value:g}{unit}" if value is not None else say("unknown").to(tongue)
    if held.get("whole") is not None:
        told_value += f"（{held['part']}/{held['whole']}）"
    goal = f"{held['goal']:g}{unit}" if held.get("goal") is not None else say("none").to(tongue)
    day = held.get("on") or letter.written_on.isoformat()
    return say("stands", name=task.indicator, value=told_value, goal=goal, day=day).to(tongue)
