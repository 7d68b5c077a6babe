"""Forms of a campaign: itself, who signed its list, targets by street, reminders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from diagnose.web.editions import EditionField
from diagnose.web.numbers import NumberField
from diagnose.web.roster.forms import on_one_line

TOO_LONG = _l("At most %(max)d characters.")
BAD_SHARE = _l("Enter a number above 0 and up to 100.")
BAD_DAY = _l("Enter a day, such as 2026-12-31.")


class EditionForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A form that says which edition of the campaign it was opened on."""

    edition = EditionField(default=0)

    def reopen(self, edition: int) -> None:
        """Let the next sending of this form count from `edition`."""
        self.edition.raw_data, self.edition.data = None, edition


class DayField(DateField):  # type: ignore[misc]  # it brings no types
    """A day, with a message that says how to type it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(BAD_DAY) from None


class ShareField(NumberField):
    """A share per cent."""

    bad = BAD_SHARE

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, a per cent sign too."""
        super().process_formdata([value.strip().rstrip("%％") for value in valuelist])


class CampaignForm(EditionForm):
    """A campaign as an officer types it."""

    name = StringField(
        _l("Name"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Give the campaign a name.")),
            Length(max=100, message=TOO_LONG),
        ],
    )
    base_on = DayField(_l("Base day of the list"), validators=[InputRequired(BAD_DAY)])
    opens_on = DayField(_l("Begins on"), validators=[InputRequired(BAD_DAY)])
    due_on = DayField(_l("To be finished by"), validators=[InputRequired(BAD_DAY)])
    target = ShareField(
        _l("Target coverage"),
        validators=[InputRequired(BAD_SHARE), NumberRange(min=0.1, max=100, message=BAD_SHARE)],
        default=100,
        places=None,
    )
    questionnaire_version = SelectField(_l("Version of the questionnaire"))
    standards = SelectMultipleField(
        _l("Judged by"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, versions: Iterable[str], standards: Iterable[tuple[str, str]]) -> None:
        """Offer the versions of the questionnaire and the standards that read it."""
        self.questionnaire_version.choices = [SelectChoice(v, v) for v in versions]
        self.standards.choices = [SelectChoice(id_, title) for id_, title in standards]

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields for themselves, then the order of the days."""
        if not super().validate(extra_validators):
            return False
        if self.opens_on.data > self.due_on.data:
            self.due_on.errors = [_l("This day lies before the first one.")]
        if not self.standards.data:
            self.standards.errors = [_l("Choose at least one standard.")]
        return not (self.due_on.errors or self.standards.errors)


class StepForm(EditionForm):
    """A step of a campaign, meant for the state that its page showed."""


class SignForm(EditionForm):
    """Who signed the frozen list."""

    bureau = StringField(
        _l("Signed for the bureau"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Enter who signed for the bureau.")),
            Length(max=100, message=TOO_LONG),
        ],
    )
    statistics = StringField(
        _l("Signed for the statistics office"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Enter who signed for the statistics office.")),
            Length(max=100, message=TOO_LONG),
        ],
    )


class TargetsForm(EditionForm):
    """What each street is to reach; `targets_form` adds a pair of fields for each."""

    def pair(self, street_id: int) -> tuple[Field, Field]:
        """The share and the day of a street."""
        return self[f"target_{street_id}"], self[f"due_{street_id}"]


def targets_form(streets: Iterable[tuple[int, str]]) -> type[TargetsForm]:
    """The form of these streets; a field left empty takes the campaign's own."""
    fields: dict[str, Any] = {}
    for number, name in streets:
        fields[f"target_{number}"] = ShareField(
            _l("Target of %(street)s", street=name),
            validators=[Optional(), NumberRange(min=0.1, max=100, message=BAD_SHARE)],
            places=None,
        )
        fields[f"due_{number}"] = DayField(
            _l("Last day of %(street)s", street=name), validators=[Optional()]
        )
    return type("StreetTargetsForm", (TargetsForm,), fields)


class LetterheadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What stands on reminder letters."""

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
    until = DayField(_l("To be done by"), validators=[InputRequired(BAD_DAY)])
