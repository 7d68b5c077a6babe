"""A draft and a newer version of its questionnaire: the firm moves to it, or stays."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.access import Capability
from diagnose.campaigns.sheets import chose_to_stay, move_sheet, offered_version, stay
from diagnose.records import Assessment
from diagnose.web.access import actor, needs
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.drafts import draft
from diagnose.web.database import records
from diagnose.web.fields import PlainForm
from questionnaires.versions import compare, load_version

MOVE, STAY = "move", "stay"


@blueprint.route("/<int:assessment_id>/version", methods=["GET", "POST"])
@needs(Capability.FILL)
def version(assessment_id: int) -> ResponseReturnValue:
    """Show what the newer version changes, and take the firm's choice."""
    assessment, form = draft(assessment_id), PlainForm()
    wanted = movable_to(assessment)
    if wanted is None:
        flash(_("This sheet rests on the version that is asked by now."), "info")
        return redirect(url_for(".mine"))
    if not form.validate_on_submit() or request.form.get("choice") not in (MOVE, STAY):
        return _page(assessment, wanted, form), 400 if form.errors else 200
    if request.form["choice"] == STAY:
        stay(records(), actor(), assessment)
        records().commit()
        flash(_("You go on with the version you began. You can still move later."), "info")
        return redirect(url_for(".mine"))
    left = move_sheet(records(), actor(), assessment, wanted)
    if left is None:
        records().rollback()
        flash(_("The sheet was saved in another window meanwhile. Please choose again."), "warn")
        return redirect(url_for(".version", assessment_id=assessment_id))
    records().commit()
    flash(_said(left), "good")
    return redirect(url_for(".mine"))


def movable_to(assessment: Assessment) -> str | None:
    """The version a draft can be moved to, where both are here; None: there is nothing to do."""
    wanted = offered_version(records(), assessment)
    here = wanted and all(
        load_version(assessment.questionnaire, each)
        for each in (wanted, assessment.questionnaire_version)
    )
    return wanted if here else None


def _page(assessment: Assessment, wanted: str, form: PlainForm) -> str:
    before = load_version(assessment.questionnaire, assessment.questionnaire_version)
    after = load_version(assessment.questionnaire, wanted)
    assert before is not None
    assert after is not None
    return render_template(
        "assessments/version.html",
        assessment=assessment,
        wanted=wanted,
        it=compare(before, after),
        stayed=chose_to_stay(records(), assessment),
        form=form,
    )


def _said(left: int) -> str:
    if not left:
        return str(_("The sheet was moved; all your answers went along."))
    said = ngettext(
        "The sheet was moved. One answer could not go along; it is shown where it was given.",
        "The sheet was moved. %(num)s answers could not go along; they are shown beside it.",
        left,
    )
    return str(said)
