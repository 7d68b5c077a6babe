"""Forms of the selection: proposal, marks, site check, notice, decision, copies."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from diagnose.benchmarks.rules import Rules
from diagnose.web.benchmarks.words import KINDS
from diagnose.web.editions import EditionForm
from diagnose.web.fields import line, on_one_line, text
from diagnose.web.languages import told
from diagnose.web.numbers import NumberField

MOST_VISITS = 999
_A_DAY = InputRequired(_l("Give a day."))


class ProposeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """An accepted project, and what it is to be an example of."""

    project = SelectField(_l("Accepted project"), coerce=int, validate_choice=False)
    kind = SelectField(
        _l("Example of"), choices=[SelectChoice(kind, title) for kind, title in KINDS.items()]
    )
    story = text(_l("What others can learn from it"), 3000)

    def offer(self, projects: Sequence[tuple[int, str]]) -> None:
        """Offer the projects."""
        self.project.choices = [SelectChoice(*pair) for pair in projects]

    def validate_project(self, field: SelectField) -> None:
        """Only what is offered can be proposed."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose an accepted project."))


class ScoreForm(EditionForm):
    """The marks of one reviewer; `of` adds a field a criterion."""

    @classmethod
    def of(cls, rules: Rules) -> type[ScoreForm]:
        """The form for these criteria."""
        fields = {
            criterion.id: NumberField(
                told(criterion.title),
                places=None,
                validators=[
                    InputRequired(_l("Give points.")),
                    NumberRange(
                        0, criterion.points, _("0 to %(max)s points.", max=f"{criterion.points:g}")
                    ),
                ],
            )
            for criterion in rules.criteria
        }
        return type("MarksForm", (cls,), fields)

    def points(self, rules: Rules) -> dict[str, float]:
        """The marks by criterion."""
        return {criterion.id: float(self[criterion.id].data) for criterion in rules.criteria}


class SiteForm(EditionForm):
    """What was seen on site."""

    site_on = DateField(_l("Day of the check"), validators=[_A_DAY])
    site = text(_l("What was seen"), 2000, DataRequired(_l("Say what was seen.")))
    passed = RadioField(
        _l("Result"),
        choices=[SelectChoice("yes", _l("passed the check")), SelectChoice("no", _l("not passed"))],
        validators=[InputRequired(_l("Choose a result."))],
    )


class NoticeForm(EditionForm):
    """The days of the public notice, and what was objected."""

    notice_from = DateField(_l("Notice from"), validators=[_A_DAY])
    notice_until = DateField(_l("Notice until"), validators=[_A_DAY])
    objections = text(_l("Objections"), 2000)


class DecideForm(EditionForm):
    """The decision."""

    chosen = RadioField(
        _l("Decision"),
        choices=[SelectChoice("yes", _l("chosen")), SelectChoice("no", _l("not chosen"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    reason = text(_l("Reason"), 1000)


class PaperForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What a paper of the firm says about being named."""

    agreed = RadioField(
        _l("What the paper says"),
        choices=[
            SelectChoice("yes", _l("it agrees to be named")),
            SelectChoice("no", _l("it does not agree, or no longer")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    said_on = DateField(_l("Day of the paper"), validators=[_A_DAY])
    proof = text(
        _l("Which paper, and where it is kept"), 500, DataRequired(_l("Say which paper it is."))
    )


class RevokeForm(EditionForm):
    """Why the title is taken away."""

    reason = text(_l("Reason"), 1000, DataRequired(_l("Please give the reason.")))


class VisitForm(EditionForm):
    """How many visits there were."""

    visits = IntegerField(
        _l("Visits"),
        default=1,
        validators=[
            InputRequired(_l("How many?")),
            NumberRange(1, MOST_VISITS, _l("A whole number from 1 on.")),
        ],
    )


class CopyForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A firm that copies the project, and the project by which it does, once there is one."""

    uscc = line(_l("Unified social credit code"), 18, DataRequired(_l("Which firm copies it?")))
    project = StringField(
        _l("Number of its project"), filters=[on_one_line], validators=[Length(max=12)]
    )
    note = text(_l("Note"), 1000)
