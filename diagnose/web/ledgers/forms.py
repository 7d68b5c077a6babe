"""Forms of the ledgers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class ColumnsForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The columns of a ledger; its lines are read by `choosing`."""


class UploadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A file of columns."""

    file = FileField(_l("File of columns"), validators=[FileRequired(_l("Choose a file."))])
