"""A project as it is planned: its name and content, how long it takes, what it may cost."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange

from diagnose.reading import judge
from diagnose.records import Need
from diagnose.web.assessments.fields import legibly
from diagnose.web.fields import line, text
from diagnose.web.languages import told
from diagnose.web.retrofits.forms import money, plain

COSTS = ("cost_low", "cost_mid", "cost_high")
DAYS_A_MONTH = 30.4


class PlannedForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What every plan of a project says. Costs in 万元, estimates."""

    WORDS: ClassVar[tuple[str, ...]] = ("name", "content", "because")

    name = line(_l("Name"), 200, DataRequired(_l("Give it a name.")))
    content = text(_l("Content"), 3000, mark="project-content")
    year = SelectField(_l("Year"), coerce=int)
    months = IntegerField(
        _l("Months to acceptance"),
        validators=[
            InputRequired(_l("How many months does it take?")),
            NumberRange(1, 60, _l("1 to 60 months.")),
        ],
    )
    cost_low = money(_l("Cost, low"))
    cost_mid = money(_l("Cost, middle"))
    cost_high = money(_l("Cost, high"))
    because = text(_l("Why"), 2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year.choices = [(1, _l("Year 1")), (2, _l("Year 2")), (3, _l("Year 3"))]

    def validate(self, extra_validators: Any = None) -> bool:
        """A name can be seen; costs come all three or not at all, and rise."""
        good: bool = super().validate(extra_validators)
        if good and not legibly(self.name.data):
            self.name.errors = [_l("Give it a name.")]
            good = False
        if any(self[name].errors for name in COSTS):
            return False
        problem = _cost_problem([self[name].data for name in COSTS])
        if problem is not None:
            self.cost_mid.errors = [problem]
        return good and problem is None

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it."""
        words = {name: self[name].data or "" for name in self.WORDS}
        costs = {name: plain(self[name].data) for name in COSTS}
        return words | costs | {"year": self.year.data, "months": self.months.data}


class OwnProjectForm(PlannedForm):
    """A project that no report suggests: it says what it holds, and of which type it is."""

    WORDS: ClassVar[tuple[str, ...]] = (*PlannedForm.WORDS, "type")

    type = SelectField(_l("Type"))
    content = text(
        _l("Content"), 3000, DataRequired(_l("Say what it holds.")), mark="project-content"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(p.id, f"{p.id} {told(p.name)}") for p in judge().catalogue.projects]
        self.type.choices = [SelectChoice("", _l("none of the catalogue")), *types]


def as_planned(need: Need) -> dict[str, Any]:
    """A need of the census as a project; its cost is what the firm means to spend."""
    return {
        "name": need.name,
        "type": need.type if need.type in judge().catalogue.index else "",
        "content": need.content,
        "year": 1,
        "months": _months(need),
        **dict.fromkeys(COSTS, need.budget),
    }


def _cost_problem(given: list[Any]) -> Any:
    if any(value is not None for value in given) and None in given:
        return _l("Give low, middle and high, or leave all three out until quoted.")
    if None not in given and sorted(given) != given:
        return _l("Low, middle and high have to rise.")
    return None


def _months(need: Need) -> int:
    """How long a need's planned project takes; half a year where it does not say."""
    if need.starts_on is None or need.ends_on is None or need.ends_on < need.starts_on:
        return 6
    days = (need.ends_on - need.starts_on).days
    return min(60, max(1, round(days / DAYS_A_MONTH)))
