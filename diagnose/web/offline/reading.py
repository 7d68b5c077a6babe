"""A workbook that is brought back: looked at like any upload, then read."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from diagnose.uploads import UploadRefused, inspect
from diagnose.uploads.refusals import NONE, TOO_LARGE
from questionnaires.model import Questionnaire
from questionnaires.offline import FormReading, FormRefused, read_form
from questionnaires.offline.reading import BROKEN


def read_upload(upload: FileStorage | None, questionnaire: Questionnaire, uscc: str) -> FormReading:
    """What the form says; raises `UploadRefused` or `FormRefused`, each with its sentence."""
    if upload is None or not upload.filename:
        raise UploadRefused(NONE)
    try:
        found = inspect(upload.stream, upload.filename)
    except UploadRefused as refused:
        if refused.message == TOO_LARGE:
            raise
        raise FormRefused(BROKEN) from None
    if ".xlsx" not in found.suffixes:
        raise FormRefused(BROKEN)
    return read_form(upload.stream.read(), questionnaire, uscc)
