"""Forms of the moves: a reason where one is asked for, the log of contacts, a signed paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from diagnose.web.assessments.fields import legibly
from diagnose.web.editions import EditionForm

CAUSES = (
    SelectChoice("", _l("Choose…")),
    SelectChoice("refuses", _l("The firm refuses")),
    SelectChoice("unreachable", _l("The firm cannot be reached")),
    SelectChoice("closed", _l("The firm has closed or moved away")),
    SelectChoice("other", _l("Another reason")),
)
CHANNELS = (
    SelectChoice("", _l("Choose…")),
    SelectChoice("phone", _l("By telephone")),
    SelectChoice("message", _l("By message")),
    SelectChoice("letter", _l("By letter")),
    SelectChoice("visit", _l("At the door")),
    SelectChoice("street", _l("Through the street or park")),
)
TRIES = 3


def tidy(typed: str | None) -> str:
    """What was typed as it is kept: legible, no blanks around it."""
    return legibly(typed or "")


class MoveForm(EditionForm):
    """A move, the edition its page was opened on, and why."""

    move = HiddenField()
    reason = TextAreaField(_l("Why"), filters=[tidy], validators=[Length(max=1000)])


class TryForm(Form):  # type: ignore[misc]  # it brings no types
    """One try to reach the firm."""

    day = DateField(_l("Day"), validators=[Optional()])
    channel = SelectField(_l("How"), choices=CHANNELS)


class DeclineForm(MoveForm):
    """Handing a diagnosis back: a cause, words, and when contact was tried."""

    cause = SelectField(_l("What keeps you from it"), choices=CAUSES)
    tries = FieldList(FormField(TryForm), min_entries=TRIES, max_entries=20)

    @property
    def facts(self) -> dict[str, object]:
        """What the log keeps: codes and days, no words."""
        tries = [
            {"on": entry.form.day.data.isoformat(), "by": entry.form.channel.data}
            for entry in self.tries
            if entry.form.day.data and entry.form.channel.data
        ]
        return {"cause": self.cause.data, "tries": tries}


class PaperForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A signed paper, scanned."""

    paper = FileField(_l("The signed paper"))
