"""The form of a visit: the plan, then what happened, as the signed record will say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from diagnose.records import Visit
from diagnose.web.editions import EditionForm
from diagnose.web.worklist.forms import tidy
from questionnaires.clock import HERE

SIDES = (SelectChoice("firm", _l("Firm")), SelectChoice("provider", _l("Our house")))
BLANK = 3
YEARS = range(2020, 2100)
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
MOST = 60
LONG = [Length(max=5000)]
LISTS = ("people", "interviews", "workshops", "documents")
TEXTS = ("place", "opening", "closing", "wishes", "limits")


def _line(label: Any, most: int = 100) -> StringField:
    return StringField(label, filters=[tidy], validators=[Length(max=most)])


def _area(label: Any) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=LONG)


def _of_our_day(_form: FlaskForm, field: DateField) -> None:
    """A mistyped year is told, rather than kept or too far off to be kept."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(_("Check the year."))


class PersonForm(Form):  # type: ignore[misc]  # it brings no types
    """Somebody present."""

    side = SelectField(_l("For"), choices=SIDES)
    name = _line(_l("Name of the person"))
    department = _line(_l("Department"))
    post = _line(_l("Post or certificate"))


class InterviewForm(Form):  # type: ignore[misc]  # it brings no types
    """One interview."""

    who = _line(_l("With whom"), 200)
    points = _line(_l("What was said"), 2000)


class WorkshopForm(Form):  # type: ignore[misc]  # it brings no types
    """One workshop or line that was seen."""

    name = _line(_l("Workshop or line"), 200)
    seen = _line(_l("What was seen"), 2000)


class DocumentForm(Form):  # type: ignore[misc]  # it brings no types
    """One document that was looked at."""

    title = _line(_l("Document"), 300)
    kept = BooleanField(_l("Copy kept with the firm's consent"))


class VisitForm(EditionForm):
    """A visit, planned and then recorded. Times are China time."""

    planned_on = DateField(_l("Day"), validators=[InputRequired(_l("Enter the day.")), _of_our_day])
    place = _line(_l("Place"), 300)
    started_at = DateTimeLocalField(
        _l("Began"), format=MINUTES, validators=[Optional(), _of_our_day]
    )
    ended_at = DateTimeLocalField(
        _l("Ended at"), format=MINUTES, validators=[Optional(), _of_our_day]
    )
    photos_allowed = BooleanField(_l("The firm allows photos where it says so"))
    people = FieldList(FormField(PersonForm), max_entries=MOST)
    opening = _area(_l("Opening meeting"))
    interviews = FieldList(FormField(InterviewForm), max_entries=MOST)
    workshops = FieldList(FormField(WorkshopForm), max_entries=MOST)
    documents = FieldList(FormField(DocumentForm), max_entries=MOST)
    wishes = _area(_l("What the firm wishes"))
    limits = _area(_l("What could not be seen and why"))
    closing = _area(_l("Closing meeting"))

    def validate_ended_at(self, field: DateTimeLocalField) -> None:
        """The end follows the beginning."""
        if field.data and self.started_at.data is None:
            raise ValidationError(_("Enter when the visit began, too."))
        if field.data and field.data <= self.started_at.data:
            raise ValidationError(_("The visit ends after it began."))

    def entries(self, name: str) -> list[dict[str, Any]]:
        """The lines of a list that are filled in; what a line is about tells."""
        key = KEYS[name]
        return [entry.form.data for entry in self[name] if entry.form[key].data]

    def columns(self) -> dict[str, Any]:
        """The columns of a visit as the form gives them."""
        plain = {name: self[name].data for name in (*TEXTS, "planned_on", "photos_allowed")}
        times = {name: _aware(self[name].data) for name in ("started_at", "ended_at")}
        return plain | times | {name: self.entries(name) for name in LISTS}

    def add_lines(self, name: str) -> None:
        """Room for more lines in one list."""
        for _number in range(min(BLANK, MOST - len(self[name].entries))):
            self[name].append_entry()


KEYS: Mapping[str, str] = {
    "people": "name",
    "interviews": "who",
    "workshops": "name",
    "documents": "title",
}
"""The field of a line that must be filled in for the line to count."""


def visit_form(
    visit: Visit | None, suggested: Sequence[Mapping[str, Any]], blank: int
) -> VisitForm:
    """The form of a visit as it is kept, with `blank` lines to fill in; a new one names us."""
    if visit is None:
        return VisitForm(formdata=None, data=_padded({"people": list(suggested)}, blank))
    kept = visit.model_dump(include={*TEXTS, *LISTS, "planned_on", "photos_allowed", "edition"})
    kept |= {"started_at": _here(visit.started_at), "ended_at": _here(visit.ended_at)}
    return VisitForm(formdata=None, data=_padded(kept, blank))


def _padded(data: dict[str, Any], blank: int) -> dict[str, Any]:
    return data | {name: [*data.get(name, []), *([{}] * blank)] for name in LISTS}


def _aware(typed: datetime | None) -> datetime | None:
    return typed.replace(tzinfo=HERE) if typed else None


def _here(moment: datetime | None) -> datetime | None:
    return moment.astimezone(HERE).replace(tzinfo=None) if moment else None
