"""The forms of issuing, checking and mending."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from diagnose.web.editions import edition_of


class MoveForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A step made from a page that was opened on an edition of the diagnosis."""

    edition = HiddenField()

    @property
    def opened_on(self) -> int:
        """The edition of the page; -1 where it was tampered with."""
        return edition_of(self.edition.data)


class ReturnForm(MoveForm):
    """Back to the author, with the reason."""

    reason = TextAreaField(
        _l("What has to be mended"),
        validators=[DataRequired(_l("Please give the reason.")), Length(max=1000)],
    )
