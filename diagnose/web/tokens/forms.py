"""The forms of tokens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from diagnose.access import Capability
from diagnose.records import Kind
from diagnose.tokens import GRANTABLE

GOOD_FOR = {
    Capability.FILL: _l("Write into the draft of the answer sheet (it is handed in on the page)"),
    Capability.RESULT: _l("Read results and reports of the own firm"),
    Capability.ROSTER: _l("Read the roster"),
    Capability.ROSTER_CHANGE: _l("Add firms to the roster and change them"),
    Capability.COVERAGE: _l("Read the coverage"),
    Capability.SHORT_REPORT: _l("Read verified results, and full reports of firms that agreed"),
}
DAYS = {"30": _l("30 days"), "90": _l("90 days"), "365": _l("one year")}


class TokenForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A new token: what it is called, what it is good for, how long."""

    name = StringField(
        _l("Which system will use it"),
        validators=[DataRequired(_l("Give it a name.")), Length(max=100)],
    )
    granted = SelectMultipleField(
        _l("What it is good for"),
        validators=[DataRequired(_l("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    days = SelectField(
        _l("How long it lasts"), choices=[SelectChoice(*day) for day in DAYS.items()], default="90"
    )

    def offer(self, kind: str) -> None:
        """Offer what tokens of this kind of account may be good for."""
        self.granted.choices = [
            SelectChoice(one.value, GOOD_FOR[one]) for one in GRANTABLE[Kind(kind)]
        ]


class RevokeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Nothing but the proof that it came from our page."""
