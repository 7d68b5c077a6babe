"""Forms of a project: contract, month, figure, why it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from diagnose.records import Contract, Figure, Month
from diagnose.web.fields import line, text
from diagnose.web.numbers import NumberField
from questionnaires.clock import today

MOST = 10_000_000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
NOT_YET = _l("This day has not come yet.")


def money(label: str, *, needed: bool = False) -> NumberField:
    """An amount in 万元."""
    within = NumberRange(0, MOST, _l("An amount of 0 or more, in units of CNY 10,000."))
    first = InputRequired(_l("Enter an amount.")) if needed else Optional()
    return NumberField(label, places=None, validators=[first, within])


def day(label: str, *, needed: bool = False) -> DateField:
    """A day that a calendar of our time holds."""
    first = InputRequired(_l("Enter a day.")) if needed else Optional()
    return DateField(label, validators=[first, within_reason])


def within_reason(_form: FlaskForm, field: DateField) -> None:
    """No day of another century."""
    if field.data is not None and not EARLIEST <= field.data < LATEST:
        raise ValidationError(_l("A day between 2000 and 2099."))


def plain(value: Any) -> float | None:
    """A typed number as records keep it."""
    return None if value is None else float(value)


class ContractForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A contract; `seen` is the one the page showed as in force, `change` why another follows."""

    seen = HiddenField()
    number = line(_l("Contract number"), 100, DataRequired(_l("Enter its number.")))
    supplier = line(_l("Supplier"), 200, DataRequired(_l("Enter its name.")))
    signed_on = day(_l("Signed on"), needed=True)
    starts_on = day(_l("Works begin on"), needed=True)
    ends_on = day(_l("Works end on"), needed=True)
    total = money(_l("Total of the contract"), needed=True)
    software = money(_l("of it software and cloud"))
    equipment = money(_l("of it equipment"))
    services = money(_l("of it services"))
    eligible = money(_l("What a grant may count"))
    filing = line(_l("Filing number"), 100)
    owner = line(_l("Who answers for it in the firm"), 100)
    change = text(_l("Why the contract changed"), 1000)

    def __init__(self, *args: Any, changes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes

    @classmethod
    def of(cls, contract: Contract | None) -> ContractForm:
        """The form as the contract in force fills it."""
        held = contract.model_dump(exclude={"change"}) if contract else {}
        return cls(data=held | {"seen": seen(contract)}, changes=contract is not None)

    def validate_signed_on(self, field: DateField) -> None:
        """A contract that is still to be signed is none."""
        if field.data and field.data > today():
            raise ValidationError(NOT_YET)

    def validate_ends_on(self, field: DateField) -> None:
        """Works end after they begin."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("Works end before they begin."))

    def validate_total(self, field: NumberField) -> None:
        """The parts are parts of the whole."""
        parts = [self[name].data or 0 for name in ("software", "equipment", "services")]
        if field.data is not None and sum(parts) > field.data:
            raise ValidationError(_l("The parts come to more than the total."))

    def validate_eligible(self, field: NumberField) -> None:
        """What counts is part of the whole."""
        if None not in (field.data, self.total.data) and field.data > self.total.data:
            raise ValidationError(_l("More than the total of the contract."))

    def validate_change(self, field: TextAreaField) -> None:
        """A change of a contract is a report to the bureau: it says why.

        Whoever saw no contract yet changes none: that there is one now is told when it is recorded.
        """
        if self.seen.data and not field.data:
            raise ValidationError(_l("Please give the reason."))

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it."""
        names = ("number", "supplier", "filing", "owner", "signed_on", "starts_on", "ends_on")
        amounts = ("total", "software", "equipment", "services", "eligible")
        given = {name: self[name].data for name in names}
        return given | {name: plain(self[name].data) or 0.0 for name in amounts}


class MonthForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A month's report; `edition` is the one the page showed, '' where there was none."""

    edition = HiddenField()
    spent = money(_l("Spent in this month"), needed=True)
    progress = IntegerField(
        _l("Done so far"),
        validators=[
            InputRequired(_l("Enter a whole number from 0 to 100.")),
            NumberRange(0, 100, _l("Enter a whole number from 0 to 100.")),
        ],
    )
    live = text(_l("Modules that went live"), 1000)
    trouble = text(_l("Difficulties, and what should be arranged"), 1000)
    ahead = text(_l("Plan of the next month"), 1000)

    @classmethod
    def of(cls, month: Month | None, progress: int) -> MonthForm:
        """The form as a report fills it; a new one begins where the last left off."""
        if month is None:
            return cls(data={"edition": "", "progress": progress})
        return cls(data=month.model_dump() | {"edition": str(month.edition)})


class FigureForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A business figure that the project is to move."""

    edition = HiddenField()
    name = line(_l("Figure"), 100, DataRequired(_l("Give it a name.")))
    unit = line(_l("Unit"), 30)
    formula = line(_l("How it is reckoned"), 500)
    lower_is_better = BooleanField(_l("Lower is better"))
    baseline = NumberField(_l("Value before"), places=None, validators=[Optional()])
    baseline_on = day(_l("As of"))
    goal = NumberField(_l("Goal"), places=None, validators=[Optional()])
    after = NumberField(_l("Value after the works"), places=None, validators=[Optional()])
    after_on = day(_l("Measured on"))
    evidence = line(_l("What shows it"), 500)

    @classmethod
    def of(cls, figure: Figure | None) -> FigureForm:
        """The form as a figure fills it."""
        held = figure.model_dump() if figure else {}
        return cls(data=held | {"edition": str(figure.edition) if figure else ""})

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it."""
        words = ("name", "unit", "formula", "evidence", "lower_is_better")
        numbers = ("baseline", "goal", "after")
        days = ("baseline_on", "after_on")
        given = {name: self[name].data for name in (*words, *days)}
        return given | {name: plain(self[name].data) for name in numbers}


class EndForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why a project is ended."""

    edition = HiddenField()
    reason = text(_l("Reason"), 1000, DataRequired(_l("Please give the reason.")))


def seen(contract: Contract | None) -> str:
    """Which contract a page shows as in force."""
    return str(contract.id) if contract else ""
