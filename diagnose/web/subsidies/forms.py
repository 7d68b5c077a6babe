"""The form of a grant plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from diagnose.subsidies.terms import Of, Share
from diagnose.web.fields import line
from diagnose.web.numbers import NumberField

MOST = 1e7
FEWEST_ROWS = 3
MOST_ROWS = 60
PERCENT, MONEY = "percent", "money"
WHOLE = 100.0
_WITHIN = NumberRange(0, MOST, _l("An amount of 0 or more, in units of CNY 10,000."))


class ShareForm(Form):  # type: ignore[misc]  # it brings no types
    """A group with the least and the most that it gets."""

    group = SelectField(_l("Group"), validate_choice=False)
    floor = NumberField(_l("At least"), places=None, validators=[Optional(), _WITHIN])
    cap = NumberField(_l("At most"), places=None, validators=[Optional(), _WITHIN])
    unit = SelectField(
        _l("Counted in"),
        choices=[
            SelectChoice(PERCENT, _l("per cent of the budget")),
            SelectChoice(MONEY, _l("CNY 10,000")),
        ],
    )

    def share(self, budget: float) -> Share | None:
        """What was asked for, None where nothing was."""
        if not self.group.data or (self.floor.data is None and self.cap.data is None):
            return None
        of, _colon, key = self.group.data.partition(":")
        unit = budget / WHOLE if self.unit.data == PERCENT else 1.0
        floor, cap = (
            None if field.data is None else float(field.data) * unit
            for field in (self.floor, self.cap)
        )
        return Share(Of(of), key, floor, cap)


class PlanForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A plan: how much money, by which policy, on which day, and how it may be spread."""

    name = line(_l("Name of the plan"), 100, DataRequired(_l("Give the plan a name.")))
    budget = NumberField(
        _l("Budget"),
        places=None,
        validators=[
            InputRequired(_l("How much money is there?")),
            NumberRange(0.01, MOST, _l("More than 0, in units of CNY 10,000.")),
        ],
    )
    policy = SelectField(_l("Policy"))
    day = DateField(_l("Day of the plan"), validators=[InputRequired(_l("Give a day."))])
    limit = NumberField(_l("At most for one firm"), places=None, validators=[Optional(), _WITHIN])
    years = SelectField(
        _l("What a firm can pay itself"),
        coerce=int,
        choices=[
            SelectChoice(1, _l("one year's budget")),
            SelectChoice(2, _l("two years' budgets")),
            SelectChoice(3, _l("three years' budgets")),
            SelectChoice(0, _l("no limit")),
        ],
    )
    roadmaps = BooleanField(
        _l("Firms without an accepted report take part with what the system would plan for them"),
        default=True,
    )
    shares = FieldList(FormField(ShareForm), min_entries=FEWEST_ROWS, max_entries=MOST_ROWS)

    def offer(self, policies: Iterable[tuple[str, str]], groups: Sequence[Any]) -> None:
        """Offer policies, and groups by kind."""
        self.policy.choices = [SelectChoice(*pair) for pair in policies]
        for entry in self.shares:
            entry.form.group.choices = {"": [("", _("no rule"))], **dict(groups)}

    def asked(self) -> tuple[Share, ...]:
        """The groups with a rule, in the order of the form."""
        budget = float(self.budget.data)
        found = (entry.form.share(budget) for entry in self.shares)
        return tuple(share for share in found if share)

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields one by one, then the rules of the groups together."""
        if not super().validate(extra_validators):
            return False
        seen: set[str] = set()
        fine = True
        for entry in self.shares:
            problem = self._problem(entry.form, seen)
            if problem:
                entry.form.group.errors = [problem]
                fine = False
            if entry.form.group.data:
                seen.add(entry.form.group.data)
        # The list took its entries' errors before these were found.
        self.shares.errors = [entry.errors for entry in self.shares if entry.errors]
        return fine

    def _problem(self, row: ShareForm, seen: set[str]) -> str:
        floor, cap, group = row.floor.data, row.cap.data, row.group.data
        typed = floor is not None or cap is not None
        offered = {value for part in row.group.choices.values() for value, _name in part}
        percent = row.unit.data == PERCENT
        checks = [
            (group not in offered, _l("Choose a group from the list.")),
            (typed and not group, _l("Choose the group that this is meant for.")),
            (typed and group in seen, _l("This group stands here twice.")),
            ((floor or 0) > (MOST if cap is None else cap), _l("The least is more than the most.")),
            (
                percent and max(floor or 0, cap or 0) > WHOLE,
                _l("At most 100 per cent of the budget."),
            ),
        ]
        return next((str(problem) for wrong, problem in checks if wrong), "")
