"""Forms of an import: the file, what its columns hold, what is taken, the undoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from diagnose.roster.checking import EARLIEST
from diagnose.roster.intake.fields import NEEDED, fields
from diagnose.web.fields import BAD_DAY, DayField, line
from questionnaires.clock import today

SELECT = "column-{at}"


class UploadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A roster file."""

    file = FileField(_l("Roster file"), validators=[FileRequired(_l("Choose a file."))])


class LookForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """From when the file counts, who vouches for it, whether it is the whole roster."""

    effective_on = DayField(_l("Counts from"), validators=[DataRequired(BAD_DAY)])
    vouched = line(_l("Source"), 200, DataRequired(_l("Say where the list comes from.")))
    whole = BooleanField(_l("The file is the whole roster: firms it does not name have left"))

    def validate_effective_on(self, field: DateField) -> None:
        """A day that has come, in the times of the republic."""
        if field.data and not EARLIEST <= field.data <= today():
            raise ValidationError(_l("Enter a day that is not later than today."))


class TakeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What becomes of the good rows if some are wrong."""

    take = RadioField(
        _l("If some rows are wrong"),
        choices=[
            SelectChoice("all", _l("take none; I mend the file first")),
            SelectChoice("good", _l("take the good ones, leave the wrong ones out")),
        ],
        default="all",
    )


class UndoForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The word that an import is meant to be undone."""

    sure = BooleanField(
        _l("Yes, take everything back that this import recorded."),
        validators=[InputRequired(_l("Please confirm first."))],
    )


def chosen(form: Mapping[str, str], count: int) -> tuple[str, ...]:
    """The field chosen for each column; what is not known is none."""
    said = (form.get(SELECT.format(at=at), "") for at in range(count))
    return tuple(name if name in fields() else "" for name in said)


def lacking(meant: Sequence[str]) -> list[str]:
    """The fields that have to be among the columns and are not."""
    return [name for name in NEEDED if name not in meant]


def doubled(meant: Sequence[str]) -> set[str]:
    """The facts for which more than one column was chosen."""
    facts = [fields()[name].of for name in meant if name]
    return {fact for fact in facts if facts.count(fact) > 1}


def as_day(day: str) -> date:
    """A day as a job carries it."""
    return date.fromisoformat(day)
