"""Forms of tasks: a plan, a task, its value, a move, a letter and its answer, a file."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from diagnose.records import Task, TaskEntry
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.intake import SEPARATORS
from diagnose.web.editions import EditionForm
from diagnose.web.fields import BAD_DAY, DayField, line, text
from diagnose.web.languages import told
from diagnose.web.numbers import NumberField
from questionnaires.clock import today

NEEDED = _l("This is needed.")


class PlanForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A plan whose clauses are followed."""

    title = line(_l("Title of the plan"), 200, DataRequired(NEEDED))
    document = line(_l("Document number"), 200)
    published_on = DayField(_l("Published on"), validators=[Optional()])


class TaskForm(EditionForm):
    """A task as an officer types it."""

    number = line(_l("Number"), 30, DataRequired(NEEDED))
    clause = line(_l("Clause"), 200)
    title = text(_l("Task"), 500, DataRequired(NEEDED))
    indicator = line(_l("Indicator"), 300)
    feed = SelectField(_l("Counted by the system"), validate_choice=True)
    goal = NumberField(_l("Goal"), validators=[Optional()], places=None)
    unit = line(_l("Unit"), 30)
    lead = line(_l("Lead unit"), 100, DataRequired(NEEDED))
    others = text(_l("Responsible units"), 1000)
    starts_on = DayField(_l("Begins on"), validators=[Optional()])
    due_on = DayField(_l("To be finished by"), validators=[InputRequired(BAD_DAY)])

    def offer(self) -> None:
        """Offer the figures that the system knows."""
        self.feed.choices = [
            SelectChoice("", _l("nothing; the value is typed")),
            *(SelectChoice(id_, told(feed.title)) for id_, feed in FEEDS.items()),
        ]

    @classmethod
    def of(cls, task: Task | None) -> TaskForm:
        """The form filled with a task, or with what was typed over it."""
        held: dict[str, Any] = {}
        if task is not None:
            held = {name: getattr(task, name) for name in TaskEntry.model_fields}
            held |= {"others": "、".join(task.others), "edition": task.edition}
        form = cls(data=held)
        form.offer()
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields for themselves, then the order of the days."""
        if not super().validate(extra_validators):
            return False
        if self.starts_on.data and self.starts_on.data > self.due_on.data:
            self.due_on.errors = [_l("The task is due before it begins.")]
        return not self.due_on.errors

    def entry(self) -> TaskEntry:
        """What was typed, as a task."""
        held = {name: self[name].data for name in TaskEntry.model_fields}
        held["others"] = units(self.others.data or "")
        held["goal"] = None if self.goal.data is None else float(self.goal.data)
        return TaskEntry.model_validate(held | {n: held[n] or "" for n in ("clause", "unit")})


class ValueForm(EditionForm):
    """What was reached by a day, and what proves it."""

    value = NumberField(_l("Value reached"), validators=[Optional()], places=None)
    value_on = DayField(_l("As of"), validators=[InputRequired(BAD_DAY)])
    proof = text(_l("What proves it"), 1000, DataRequired(NEEDED))

    def validate_value_on(self, field: DayField) -> None:
        """Nothing was reached by a day that is still to come."""
        if field.data and field.data > today():
            raise ValidationError(_l("This day has not come yet."))


class MoveForm(EditionForm):
    """A move of a task, and the edition that its page showed."""

    move = HiddenField()


class LetterForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a task is followed up, and by when it is to be mended."""

    reason = text(_l("What lags, and what is asked"), 1000, DataRequired(NEEDED))
    mend_by = DayField(_l("To be mended by"), validators=[InputRequired(BAD_DAY)])


class AnswerForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What the unit answered to a letter."""

    answer = text(_l("Answer of the unit"), 2000, DataRequired(NEEDED))
    answered_on = DayField(_l("Answered on"), validators=[InputRequired(BAD_DAY)])


class FileForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A file of tasks."""

    file = FileField(_l("File of tasks"), validators=[FileRequired(_l("Choose a file."))])


class TakeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Whether to take over the file that was looked at; `sha256` says which."""

    sha256 = HiddenField()


def units(typed: str) -> list[str]:
    """The units that a line names, however they are set apart."""
    return [name for part in SEPARATORS.split(typed) if (name := part.strip())]
