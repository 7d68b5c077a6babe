"""Sheets that may still be changed, and what a page does when another window was faster."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from diagnose.records import Assessment, Status
from diagnose.web.access import find
from diagnose.web.database import records
from diagnose.web.editions import EditionForm
from diagnose.web.errors import closed


def draft(assessment_id: int) -> Assessment:
    """An assessment that may still be changed."""
    assessment = find(Assessment, assessment_id)
    if assessment.status != Status.DRAFT:
        raise closed(assessment_id)
    return assessment


def current(assessment: Assessment) -> Assessment:
    """The assessment as the other window left it."""
    records().refresh(assessment)
    if assessment.status != Status.DRAFT:
        assert assessment.id is not None
        raise closed(assessment.id)
    return assessment


def edited_elsewhere(form: EditionForm, assessment: Assessment) -> None:
    """Let the form be sent again, knowing of the other window's save."""
    form.reopen(assessment.edition)
    flash(_("The sheet was saved in another window meanwhile. Check, then press again."), "warn")
