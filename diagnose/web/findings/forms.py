"""The form of a finding: what is wrong, what shows it, what it costs, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from diagnose.records import Finding, FindingEntry
from diagnose.web.editions import EditionForm
from diagnose.web.worklist.forms import tidy

EFFECTS = (
    SelectChoice("time", _l("Time")),
    SelectChoice("quality", _l("Quality")),
    SelectChoice("cost", _l("Costs")),
    SelectChoice("safety", _l("Safety")),
)
CAUSES = (
    SelectChoice("people", _l("People")),
    SelectChoice("process", _l("Process")),
    SelectChoice("data", _l("Data")),
    SelectChoice("equipment", _l("Equipment")),
    SelectChoice("system", _l("Systems")),
)
SEVERITIES = (
    SelectChoice(3, _l("High")),
    SelectChoice(2, _l("Middle")),
    SelectChoice(1, _l("Low")),
)
NONE = SelectChoice("", _l("None of these"))


def _area(label: Any, most: int, *validators: Any) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=[*validators, Length(max=most)])


class FindingForm(EditionForm):
    """One finding; what may be chosen comes from its diagnosis (`offer`)."""

    scene = SelectField(_l("Business scene"))
    fact = _area(_l("The fact"), 3000, DataRequired(_l("Write what you saw.")))
    evidence = _area(
        _l("What shows it"), 1000, DataRequired(_l("Say what shows it: a record, a place, a day."))
    )
    attachment_id = SelectField(_l("File that shows it"))
    effect_kind = SelectField(_l("What it harms"), choices=EFFECTS)
    effect = _area(
        _l("Effect"), 2000, DataRequired(_l("Say what it costs, with figures where known."))
    )
    cause_kind = SelectField(_l("Kind of cause"), choices=CAUSES)
    cause = _area(_l("Cause"), 2000, DataRequired(_l("Say where it comes from.")))
    severity = SelectField(_l("Severity"), choices=SEVERITIES, coerce=int, default=2)
    questions = SelectMultipleField(_l("Questions it rests on"))
    projects = SelectMultipleField(_l("Projects that answer it"))
    security = BooleanField(_l("A weakness that an attacker could use"))

    def offer(
        self,
        scenes: Sequence[SelectChoice],
        files: Sequence[SelectChoice],
        questions: Sequence[SelectChoice],
        projects: Sequence[SelectChoice],
    ) -> None:
        """Set what may be chosen."""
        self.scene.choices = [NONE, *scenes]
        self.attachment_id.choices = [NONE, *files]
        self.questions.choices = list(questions)
        self.projects.choices = list(projects)

    def show(self, finding: Finding, projects: Sequence[int]) -> None:
        """Show a finding as it is kept."""
        for name in (*FindingEntry.model_fields, "edition", "questions"):
            self[name].data = getattr(finding, name)
        self.attachment_id.data = str(finding.attachment_id or "")
        self.projects.data = [str(project) for project in projects]

    def columns(self) -> dict[str, Any]:
        """The columns of a finding as the form gives them."""
        held = {name: self[name].data for name in (*FindingEntry.model_fields, "questions")}
        return held | {"attachment_id": int(self.attachment_id.data or 0) or None}
