"""Forms of decisions on projects and of their progress."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, ValidationError

from diagnose.web.assessments.fields import legibly
from diagnose.web.plans.stages import CHOICES, NEED_REASON


def _clean(typed: str | None) -> str:
    return legibly(typed or "")


class DecisionForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Adopt, postpone or reject; `edition` is the project's as the page showed it."""

    edition = HiddenField(validators=[InputRequired()])
    stage = StringField(
        _l("Your decision"),
        validators=[AnyOf([stage.value for stage in CHOICES], _l("Choose one of the three."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        filters=[_clean],
        validators=[Length(max=1000, message=_l("Please keep to 1,000 characters."))],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Whoever does not adopt a project says why."""
        if self.stage.data in NEED_REASON and not field.data:
            raise ValidationError(_l("Say why; a word or two will do."))


class ProgressForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """How far a project is, in per cent, and in words."""

    edition = HiddenField(validators=[InputRequired()])
    progress = IntegerField(
        _l("Done so far"),
        validators=[
            InputRequired(_l("Enter a whole number from 0 to 100.")),
            NumberRange(0, 100, _l("Enter a whole number from 0 to 100.")),
        ],
    )
    note = TextAreaField(
        _l("What is done, what comes next, what holds it up"),
        filters=[_clean],
        validators=[Length(max=2000, message=_l("Please keep to 2,000 characters."))],
    )
