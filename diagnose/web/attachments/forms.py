"""Forms of files: handing in, taking back, opening for a sample."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

WHY = (
    SelectChoice("sample", _l("Drawn for a sample check")),
    SelectChoice("complaint", _l("To look into a complaint or objection")),
    SelectChoice("audit", _l("For an audit of the programme")),
)
PURPOSES = {
    "evidence": _l("Evidence files"),
    "confidentiality": _l("Confidentiality pledge"),
    "visit_record": _l("Signed visit record"),
    "confirmation": _l("Signed confirmation"),
    "proof": _l("Proof of the bureau"),
}


class UploadForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """One file."""

    file = FileField(_l("File"))


class RemoveForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Taking a file back; `back` is the page to return to."""

    back = HiddenField()


class SampleForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why an officer opens a file."""

    why = RadioField(
        _l("Why do you open it?"),
        choices=list(WHY),
        validators=[InputRequired(_l("Say why before you open a file."))],
    )
