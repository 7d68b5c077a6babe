"""Forms of tasks: a plan, a task, its value, a move, a letter and its answer, a file."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from diagnose.records import Task, TaskEntry
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.intake import SEPARATORS
from diagnose.web.campaigns.forms import BAD_DAY, TOO_LONG, DayField, EditionForm
from diagnose.web.editions import EditionField
from diagnose.web.languages import told
from diagnose.web.numbers import NumberField
from diagnose.web.roster.forms import as_text, on_one_line

NEEDED = _l("This is needed.")


class PlanForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A plan whose clauses are followed."""

    title = StringField(
        _l("Title of the plan"),
        filters=[on_one_line],
        validators=[DataRequired(NEEDED), Length(max=200, message=TOO_LONG)],
    )
    document = StringField(
        _l("Document number"),
        filters=[on_one_line],
        validators=[Length(max=200, message=TOO_LONG)],
    )
    published_on = DayField(_l("Published on"), validators=[Optional()])


class TaskForm(EditionForm):
    """A task as an officer types it."""

    number = StringField(
        _l("Number"),
        filters=[on_one_line],
        validators=[DataRequired(NEEDED), Length(max=30, message=TOO_LONG)],
    )
    clause = StringField(
        _l("Clause"), filters=[on_one_line], validators=[Length(max=200, message=TOO_LONG)]
    )
    title = TextAreaField(
        _l("Task"),
        filters=[as_text],
        validators=[DataRequired(NEEDED), Length(max=500, message=TOO_LONG)],
    )
    indicator = StringField(
        _l("Indicator"), filters=[on_one_line], validators=[Length(max=300, message=TOO_LONG)]
    )
    feed = SelectField(_l("Counted by the system"), validate_choice=True)
    goal = NumberField(_l("Goal"), validators=[Optional()], places=None)
    unit = StringField(
        _l("Unit"), filters=[on_one_line], validators=[Length(max=30, message=TOO_LONG)]
    )
    lead = StringField(
        _l("Lead unit"),
        filters=[on_one_line],
        validators=[DataRequired(NEEDED), Length(max=100, message=TOO_LONG)],
    )
    others = TextAreaField(
        _l("Responsible units"),
        filters=[as_text],
        validators=[Length(max=1000, message=TOO_LONG)],
    )
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
    proof = TextAreaField(
        _l("What proves it"),
        filters=[as_text],
        validators=[DataRequired(NEEDED), Length(max=1000, message=TOO_LONG)],
    )


class MoveForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A move of a task, and the edition that its page showed."""

    move = HiddenField()
    edition = EditionField(default=0)


class LetterForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a task is followed up, and by when it is to be mended."""

    reason = TextAreaField(
        _l("What lags, and what is asked"),
        filters=[as_text],
        validators=[DataRequired(NEEDED), Length(max=1000, message=TOO_LONG)],
    )
    mend_by = DayField(_l("To be mended by"), validators=[InputRequired(BAD_DAY)])


class AnswerForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What the unit answered to a letter."""

    answer = TextAreaField(
        _l("Answer of the unit"),
        filters=[as_text],
        validators=[DataRequired(NEEDED), Length(max=2000, message=TOO_LONG)],
    )
    answered_on = DayField(_l("Answered on"), validators=[InputRequired(BAD_DAY)])


class HeadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Who writes a letter."""

    bureau = StringField(
        _l("Name of the bureau"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Enter the name under which you write.")),
            Length(max=100, message=TOO_LONG),
        ],
    )
    contact = StringField(
        _l("Contact for questions"),
        filters=[on_one_line],
        validators=[Length(max=200, message=TOO_LONG)],
    )


class FileForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A file of tasks."""

    file = FileField(_l("File of tasks"), validators=[FileRequired(_l("Choose a file."))])


class TakeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Whether to take over the file that was looked at; `sha256` says which."""

    sha256 = HiddenField()


def units(typed: str) -> list[str]:
    """The units that a line names, however they are set apart."""
    return [name for part in SEPARATORS.split(typed) if (name := part.strip())]
