"""The edition of a row that a page was opened on, as its form sends it back."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from questionnaires.normal import whole_number

NONE_KNOWN = -1
"""What stands for an edition that no page ever showed: it never is that of a row."""


class ChangedMeanwhile(Exception):  # names what the visitor meets
    """Somebody else changed what a page shows since it was opened, so nothing was written."""


def edition_of(typed: str | None) -> int:
    """The edition that a hidden field sent back, `NONE_KNOWN` where it was tampered with."""
    number = whole_number(typed or "")
    return NONE_KNOWN if number is None else number


class EditionField(IntegerField):  # type: ignore[misc]  # it brings no types
    """A hidden field; what is no edition is another one than the row's, so nothing is lost."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        if valuelist:
            self.data = edition_of(valuelist[0])


class EditionForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A form that says which edition of a row its page was opened on."""

    edition = EditionField(default=0)

    def reopen(self, edition: int) -> None:
        """Let the next sending of this form count from `edition`."""
        self.edition.raw_data, self.edition.data = None, edition
