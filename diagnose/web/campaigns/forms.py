"""Forms of a campaign: itself, who signed its list, targets by street, reminders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from diagnose.web.editions import EditionForm
from diagnose.web.fields import BAD_DAY, DayField, HeadForm, line
from diagnose.web.numbers import NumberField

BAD_SHARE = _l("Enter a number above 0 and up to 100.")


class ShareField(NumberField):
    """A share per cent."""

    bad = BAD_SHARE

    def _value(self) -> str:
        """What was typed, else the share without idle zeros."""
        return f"{self.data:g}" if self.data and not self.raw_data else str(super()._value())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, a per cent sign too."""
        super().process_formdata([value.strip().rstrip("%％") for value in valuelist])


class CampaignForm(EditionForm):
    """A campaign as an officer types it."""

    name = line(_l("Name"), 100, DataRequired(_l("Give the campaign a name.")))
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

    def offer(
        self, versions: Iterable[tuple[str, str]], standards: Iterable[tuple[str, str]]
    ) -> None:
        """Offer the versions of the questionnaire and the standards that read it."""
        self.questionnaire_version.choices = [SelectChoice(v, title) for v, title in versions]
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

    bureau = line(
        _l("Signed for the bureau"), 100, DataRequired(_l("Enter who signed for the bureau."))
    )
    statistics = line(
        _l("Signed for the statistics office"),
        100,
        DataRequired(_l("Enter who signed for the statistics office.")),
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


class LetterheadForm(HeadForm):
    """What stands on reminder letters."""

    until = DayField(_l("To be done by"), validators=[InputRequired(BAD_DAY)])
