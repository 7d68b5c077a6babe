"""Forms of changes: one for all kinds, which asks for what its kind needs; and voiding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from diagnose.records import Account
from diagnose.roster.checking import EventRefused
from diagnose.roster.words import GROUNDS, HOW
from diagnose.web.changes.kinds import ASKS, REQUIRED, UNPROVED
from diagnose.web.languages import told
from diagnose.web.roster.forms import TOO_LONG, as_text, on_one_line
from questionnaires.clock import today

DAYS = ("accepted_on", "valid_until", "review_on")


def _line(label: Any, most: int = 200) -> StringField:
    limits = [Length(max=most, message=TOO_LONG)]
    return StringField(label, filters=[on_one_line], validators=limits)


class ChangeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """One change of a firm; `ChangeForm.of` leaves out what its kind does not ask for."""

    effective_on = DateField(
        _l("Effective from"),
        default=today,
        validators=[InputRequired(_l("Give the day from which this holds."))],
    )
    how = SelectField(_l("How it enters"))
    name = _line(_l("New name"))
    uscc = _line(_l("New code"), 40)
    industry = _line(_l("New industry code"), 60)
    other = _line(_l("Code of the firm that goes on"), 40)
    children = TextAreaField(
        _l("The firms it becomes"),
        filters=[as_text],
        validators=[Length(max=3000, message=TOO_LONG)],
    )
    ground = SelectField(_l("Ground of the exemption"))
    review_on = DateField(_l("To be checked again on"), validators=[Optional()])
    origin = _line(_l("District it comes from"))
    number = _line(_l("Number of the report it brings"), 60)
    accepted_on = DateField(_l("Report accepted on"), validators=[Optional()])
    valid_until = DateField(_l("Report valid until"), validators=[Optional()])
    reason = TextAreaField(
        _l("What happened"),
        filters=[as_text],
        validators=[Length(max=1000, message=TOO_LONG)],
    )
    proof = _line(_l("Proof"), 300)
    file = FileField(_l("The proof as a file"))
    asked_by = _line(_l("Asked for by"))
    approved_by = SelectField(_l("Approved by"), coerce=int)

    @classmethod
    def of(cls, change: str, officers: Iterable[Account], me: Account) -> ChangeForm:
        """The form of one kind."""
        form = cls()
        for name in {field for asked in ASKS.values() for field in asked} - set(ASKS[change]):
            del form[name]
        if "how" in form:
            form.how.choices = [SelectChoice(value, told(name)) for value, name in HOW.items()]
        if "ground" in form:
            grounds = [SelectChoice(str(int(g)), told(name)) for g, name in GROUNDS.items()]
            form.ground.choices = [SelectChoice("", _("Choose …")), *grounds]
        form.approved_by.choices = [SelectChoice(who.id or 0, who.name) for who in officers]
        if not form.is_submitted():
            form.approved_by.data = me.id
        for name in REQUIRED & set(ASKS[change]):
            form[name].validators = [DataRequired(_("This is needed.")), *form[name].validators]
            form[name].flags.required = True
        if change not in UNPROVED:
            form.proof.validators = [
                DataRequired(_("Name the paper that proves it.")),
                *form.proof.validators,
            ]
            form.proof.flags.required = True
        return form

    def facts(self) -> dict[str, Any]:
        """What the change says of the firm."""
        said = {name: self[name].data for name in ("how", "name", "uscc") if name in self}
        if "industry" in self:
            said["industry"] = (self.industry.data or "").split(" ")[0]
        if "ground" in self:
            said["ground"] = int(self.ground.data)
        return said

    def transfer(self) -> dict[str, Any] | None:
        """The report that a firm brings along; None where it brings none."""
        if "number" not in self or not self.number.data:
            return None
        return {name: self[name].data for name in ASKS["moved_in"]}

    def transfer_problems(self) -> bool:
        """Say what a report that is brought along still wants; whether anything."""
        brought = self.transfer()
        if brought is None:
            return False
        for name, value in brought.items():
            if not value:
                self[name].errors = [_("This is needed.")]
        first, last = brought["accepted_on"], brought["valid_until"]
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.valid_until.errors = [_("The last day lies before the first.")]
        return bool(self.errors)

    def complain(self, refused: EventRefused) -> None:
        """Put what is impossible beside the day."""
        self.effective_on.errors = [told(problem) for problem in refused.problems]


class VoidForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a change is taken back."""

    reason = TextAreaField(
        _l("Why it is voided"),
        filters=[as_text],
        validators=[
            DataRequired(_l("Please give the reason.")),
            Length(max=1000, message=TOO_LONG),
        ],
    )
