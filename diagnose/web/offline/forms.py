"""Forms of the offline form: bringing it back, and taking over what it says."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectMultipleField

from diagnose.web.editions import EditionForm


class BringBackForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The filled-in workbook."""

    file = FileField(_l("The filled-in form"))


class TakeOverForm(EditionForm):
    """The questions whose answers are taken from the form."""

    question = SelectMultipleField(choices=[], validate_choice=False)
