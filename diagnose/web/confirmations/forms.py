"""Forms of a firm's answer to a report."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from diagnose.web.assessments.fields import legibly
from diagnose.web.editions import EditionField
from questionnaires.clock import today

LONGEST = 3000
LATE = timedelta(days=60)  # a signature may be entered so long after it was given


def _clean(typed: str | None) -> str:
    return legibly(typed or "")


class RemarkForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What the firm says of one item; `seen` is the remark that the page showed."""

    item = HiddenField(validators=[InputRequired()])
    seen = HiddenField()
    agreed = StringField(
        _l("Your answer"),
        validators=[AnyOf(("yes", "no"), _l("Choose whether you agree or object."))],
    )
    text = TextAreaField(
        _l("What is wrong, and what would be right"),
        filters=[_clean],
        validators=[Length(max=LONGEST, message=_l("Please keep to 3,000 characters."))],
    )

    def validate_text(self, field: TextAreaField) -> None:
        """An objection says what it objects to."""
        if self.agreed.data == "no" and not field.data:
            raise ValidationError(_l("Say what you object to; the provider answers exactly that."))


class MoveForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Sending the objections; `edition` of the diagnosis as the page showed it."""

    edition = EditionField(validators=[InputRequired()])


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The signature of the firm's head, typed here or on the scanned page."""

    edition = EditionField(validators=[InputRequired()])
    name = StringField(
        _l("Name of the head of the firm"),
        filters=[_clean],
        validators=[
            DataRequired(_l("Enter the name of who signs.")),
            Length(max=100, message=_l("Please keep to 100 characters.")),
        ],
    )
    post = StringField(
        _l("Post"),
        filters=[_clean],
        validators=[
            DataRequired(_l("Enter the post of who signs.")),
            Length(max=100, message=_l("Please keep to 100 characters.")),
        ],
    )
    day = DateField(_l("Date of signing"), validators=[InputRequired(_l("Enter a date."))])
    scan = FileField(_l("Signed and sealed page"))
    read = BooleanField(
        _l("I have read this report, and I confirm it in the name of the firm."),
        validators=[InputRequired(_l("Tick the box to confirm."))],
    )

    def validate_day(self, field: DateField) -> None:
        """A day that has come, and not long ago."""
        day = today()
        if field.data and not day - LATE <= field.data <= day:
            raise ValidationError(_l("Enter the day of signing: today, or at most 60 days ago."))


STEPS = (
    SelectChoice("5", _l("5 – very much")),
    SelectChoice("4", _l("4 – rather")),
    SelectChoice("3", _l("3 – partly")),
    SelectChoice("2", _l("2 – hardly")),
    SelectChoice("1", _l("1 – not at all")),
)
UNSAID = SelectChoice("", _l("No answer"))


class RatingForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What the firm thinks of its provider."""

    satisfaction = RadioField(
        _l("Are you satisfied with the diagnosis?"),
        choices=STEPS,
        validators=[InputRequired(_l("Choose from 1 to 5."))],
    )
    neutral = RadioField(
        _l("Was the advice neutral, without pushing a product?"),
        choices=(*STEPS, UNSAID),
        default="",
    )
    text = TextAreaField(
        _l("What was good, what should be better"),
        filters=[_clean],
        validators=[Length(max=1000, message=_l("Please keep to 1,000 characters."))],
    )
