"""The form of one project, and of a new roadmap."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from diagnose.records import Project
from diagnose.web.assessments.fields import legibly
from diagnose.web.numbers import NumberField

MOST = 10_000_000
COSTS = ("cost_low", "cost_mid", "cost_high")
WORDS = ("name", "content", "because", "acceptance", "override")
NUMBERS = ("year", "months")


def _cost(label: str) -> NumberField:
    within = NumberRange(0, MOST, _l("An amount of 0 or more, in units of CNY 10,000."))
    return NumberField(label, places=None, validators=[Optional(), within])


class ProjectForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """One project as the consultants plan it. Costs in 万元."""

    name = StringField(
        _l("Name"), validators=[InputRequired(_l("Give it a name.")), Length(max=200)]
    )
    content = TextAreaField(_l("Content"), id="project-content", validators=[Length(max=3000)])
    year = SelectField(_l("Year"), coerce=int)
    months = IntegerField(
        _l("Months to acceptance"),
        validators=[
            InputRequired(_l("How many months does it take?")),
            NumberRange(1, 60, _l("1 to 60 months.")),
        ],
    )
    cost_low = _cost(_l("Cost, low"))
    cost_mid = _cost(_l("Cost, middle"))
    cost_high = _cost(_l("Cost, high"))
    because = TextAreaField(_l("Why"), validators=[Length(max=2000)])
    acceptance = TextAreaField(_l("Acceptance points"), validators=[Length(max=2000)])
    override = TextAreaField(_l("Why it stays all the same"), validators=[Length(max=1000)])
    edition = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year.choices = [(1, _l("Year 1")), (2, _l("Year 2")), (3, _l("Year 3"))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Costs come all three or not at all, and rise."""
        good: bool = super().validate(extra_validators)
        if good and not legibly(self.name.data or "").strip():
            self.name.errors = [_l("Give it a name.")]
            good = False
        given = [self[name].data for name in COSTS]
        if any(self[name].errors for name in COSTS):
            return False
        problem = None
        if any(value is not None for value in given) and None in given:
            problem = _l("Give low, middle and high, or leave all three out until quoted.")
        elif None not in given and sorted(given) != given:
            problem = _l("Low, middle and high have to rise.")
        if problem is not None:
            self.cost_mid.errors = [*self.cost_mid.errors, problem]
            return False
        return good

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it."""
        words = {name: legibly(self[name].data or "").strip() for name in WORDS}
        costs = {name: _number(self[name].data) for name in COSTS}
        return words | costs | {name: self[name].data for name in NUMBERS}

    @classmethod
    def of(cls, project: Project) -> ProjectForm:
        """The form filled with a project as it stands."""
        costs = {name: _plain(getattr(project, name)) for name in COSTS}
        held = {name: getattr(project, name) for name in (*WORDS, *NUMBERS, "edition")}
        return cls(formdata=None, data=held | costs)


def _plain(amount: float | None) -> Decimal | None:
    """An amount as it is read: 6, not 6.00."""
    return None if amount is None else Decimal(f"{amount:.10g}")


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


class ResetForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The budget that a new roadmap keeps within."""

    budget = NumberField(
        _l("Yearly budget"),
        validators=[
            Optional(),
            NumberRange(0, MOST, _l("An amount of 0 or more, in units of CNY 10,000.")),
        ],
    )


class ChooseForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The type of a project to add; blank for one of one's own."""

    type = SelectField(_l("Project type"), validate_choice=True)
