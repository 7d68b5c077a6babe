"""Forms of changes: one for all kinds, which asks for what its kind needs; and voiding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from diagnose.records import Account
from diagnose.roster.checking import OF_DAY, EventRefused, HistoryRefused
from diagnose.roster.stands import BRANCH, SURVIVES
from diagnose.roster.words import GROUNDS, HOW
from diagnose.web.changes.kinds import ASKS, REQUIRED, UNPROVED
from diagnose.web.fields import line, text
from diagnose.web.languages import told
from questionnaires.clock import today

DAYS = ("accepted_on", "valid_until", "review_on")
FLAGS = (BRANCH, SURVIVES)
TELLING = ("other", "children", "name", "uscc", "industry", "ground")
"""Fields that say what a change is about."""


class ChangeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """One change of a firm; `ChangeForm.of` leaves out what its kind does not ask for."""

    effective_on = DateField(
        _l("Effective from"),
        default=today,
        validators=[InputRequired(_l("Give the day from which this holds."))],
    )
    how = SelectField(_l("How it enters"))
    name = line(_l("New name"), 200)
    uscc = line(_l("New code"), 40)
    industry = line(_l("New industry code"), 60)
    other = line(_l("Code of the firm that goes on, or of the legal unit"), 40)
    branch = BooleanField(_l("It is a branch (no legal person): count it with that legal unit"))
    children = text(_l("Firms made by the split"), 3000)
    survives = BooleanField(_l("The firm goes on after the split"))
    ground = SelectField(_l("Ground of the exemption"))
    review_on = DateField(_l("To be checked again on"), validators=[Optional()])
    origin = line(_l("District it comes from"), 200)
    number = line(_l("Number of the report it brings"), 60)
    accepted_on = DateField(_l("Report accepted on"), validators=[Optional()])
    valid_until = DateField(_l("Report valid until"), validators=[Optional()])
    reason = text(_l("What happened"), 1000)
    proof = line(_l("Proof"), 300)
    file = FileField(_l("The proof as a file"))
    asked_by = line(_l("Asked for by"), 200)
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
        return said | {name: True for name in FLAGS if name in self and self[name].data}

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
        """Put what is wrong beside what the change is about, and what is impossible by the day."""
        about = next((self[name] for name in TELLING if name in self), self.effective_on)
        of_history = isinstance(refused, HistoryRefused)
        for problem in refused.problems:
            field = self.effective_on if of_history or problem in OF_DAY else about
            field.errors = [*field.errors, told(problem)]


class VoidForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a change is taken back."""

    reason = text(_l("Why it is voided"), 1000, DataRequired(_l("Please give the reason.")))
