"""The page on which a section of a sheet is filled in."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.asking import empty_form, read_form
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.drafts import current, draft
from diagnose.web.assessments.forms import make_section_form
from diagnose.web.assessments.parsing import merge
from diagnose.web.assessments.section import Page, missed_by_us
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.reading import raw_answers


@blueprint.route("/<int:assessment_id>/sections/<section_id>", methods=["GET", "POST"])
@needs(Capability.FILL)
def fill(assessment_id: int, section_id: str) -> ResponseReturnValue:
    """Show one section and keep what is filled in."""
    assessment = draft(assessment_id)
    page = Page.of(assessment, section_id)
    asked_by = page.questionnaire
    kept = raw_answers(records(), assessment_id)
    if request.method == "GET":
        return page.show(empty_form(page.section, kept, assessment.edition), kept)
    form = make_section_form(page.section)()
    given = read_form(form, page.section)
    if not form.validate():
        flash(_("This page had expired, so nothing was saved. Press save once more."), "warn")
        return page.show(form, kept, problems=given.problems), 400
    then = request.form.get("then", "next")
    answers = {**given.answers, **page.confirmed(then, merge(asked_by, kept, given.answers).after)}
    changed = merge(asked_by, kept, answers).changed
    try:
        if changed:
            operations.save_answers(records(), assessment, changed, form.edition.data or 0)
    except ChangedMeanwhile:
        form.reopen(current(assessment).edition)
        kept = raw_answers(records(), assessment_id)
        elsewhere = missed_by_us(page.section, given.answers, kept)
        return page.show(form, kept, problems=given.problems, elsewhere=elsewhere), 409
    if given.problems:
        form.reopen(assessment.edition)
        kept = raw_answers(records(), assessment_id)
        return page.show(form, kept, problems=given.problems), 422
    return redirect(page.onward(then))
