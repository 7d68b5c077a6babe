"""What the forms of several areas are made of: lines, texts, days, a letterhead, a button."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from questionnaires.normal import clean_line, clean_text

TOO_LONG = _l("At most %(max)d characters.")
BAD_DAY = _l("Enter a day, such as 2026-12-31.")


def on_one_line(typed: str | None) -> str | None:
    """What is kept of a line: no controls, no blanks around it."""
    return clean_line(typed) if typed else typed


def as_text(typed: str | None) -> str | None:
    """What is kept of a text: likewise, its line breaks too."""
    return clean_text(typed) if typed else typed


def line(label: Any, most: int, *needed: Any) -> StringField:
    """A text on one line, of at most so many characters."""
    limits = [*needed, Length(max=most, message=TOO_LONG)]
    return StringField(label, filters=[on_one_line], validators=limits)


def text(label: Any, most: int, *needed: Any, mark: str | None = None) -> TextAreaField:
    """A text of several lines; `mark` is its id on a page where its name is taken."""
    limits = [*needed, Length(max=most, message=TOO_LONG)]
    return TextAreaField(label, id=mark, filters=[as_text], validators=limits)


class DayField(DateField):  # type: ignore[misc]  # it brings no types
    """A day, with a message that says how to type it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(BAD_DAY) from None


class HeadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Who writes a letter."""

    bureau = line(
        _l("Name of the bureau"), 100, DataRequired(_l("Enter the name under which you write."))
    )
    contact = line(_l("Contact for questions"), 200)


class PlainForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A button: nothing but the proof that it came from our page."""


def status_of(form: FlaskForm, otherwise: int = 200) -> int:
    """The status of a page that shows `form`: 400 expired, 422 to be corrected."""
    if form.errors:
        return 400 if "csrf_token" in form.errors else 422
    return otherwise
