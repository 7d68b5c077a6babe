"""Forms of bulletins and published statistics."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from diagnose.web.fields import text
from questionnaires.clock import today

MONTHS = 12
LONGEST = 3000


class MonthForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Of which month the figures are gathered."""

    month = SelectField(_l("Month"))

    def offer(self, day: date) -> None:
        """The last months, the one that is over first."""
        months, first = [], day.replace(day=1)
        for _number in range(MONTHS):
            months.append(SelectChoice(f"{first:%Y-%m}", f"{first:%Y-%m}"))
            first = (first - timedelta(days=1)).replace(day=1)
        self.month.choices = [*months[1:2], months[0], *months[2:]]

    def chosen(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.month.data}-01")


class ForewordForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The foreword; `seen` marks the one that the page showed."""

    seen = HiddenField()
    foreword = text(_l("Foreword"), LONGEST)


class IssueForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What cannot be taken back."""

    sure = BooleanField(
        _l("I have read it; it can be issued. An issue is never altered afterwards."),
        validators=[InputRequired(_l("Tick the box to issue it."))],
    )


class ReleaseForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Statistics to be published as of a day."""

    day = DateField(_l("Figures as of"), validators=[InputRequired(_l("Enter a date."))])
    again = text(_l("Why a second time in this quarter"), 1000)
    sure = BooleanField(
        _l("I have looked at what is shown and what is withheld; publish it."),
        validators=[InputRequired(_l("Tick the box to publish it."))],
    )

    def validate_day(self, field: DateField) -> None:
        """A day that has come."""
        if field.data and field.data > today():
            raise ValidationError(_l("Enter today or an earlier day."))
