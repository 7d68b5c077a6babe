"""Forms of the bureau's work on needs."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from diagnose.records import NeedStage
from diagnose.web.editions import EditionForm
from diagnose.web.languages import told
from diagnose.web.worklist.forms import tidy
from models.roadmap import load_catalogue

LONG = Length(max=1000, message=_l("Please keep to 1,000 characters."))


class MatchForm(EditionForm):
    """The project type that answers a need, as a person confirms it."""

    type = SelectField(_l("Project type"), validators=[InputRequired(_l("Choose a project type."))])
    outcome = TextAreaField(_l("Note to the firm"), filters=[tidy], validators=[LONG])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = load_catalogue().projects
        self.type.choices = [SelectChoice(p.id, told(p.name)) for p in projects]


class CloseForm(EditionForm):
    """What became of a need."""

    stage = SelectField(
        _l("What became of it"),
        choices=[
            SelectChoice(NeedStage.MET, _l("Met")),
            SelectChoice(NeedStage.UNMET, _l("Cannot be met")),
            SelectChoice(NeedStage.WITHDRAWN, _l("The firm withdrew it")),
            SelectChoice(NeedStage.OPEN, _l("Take it up again")),
        ],
    )
    outcome = TextAreaField(_l("How, or why not"), filters=[tidy], validators=[LONG])

    def validate_outcome(self, field: TextAreaField) -> None:
        """Whoever closes a need says how; the firm reads it."""
        if self.stage.data != NeedStage.OPEN and not field.data:
            raise ValidationError(_("Say how or why; the firm reads it."))
