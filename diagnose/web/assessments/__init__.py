"""An assessment filled in by a firm: its facts, the questionnaire, review, submission."""

from flask.blueprints import BlueprintSetupState

from diagnose.web.assessments import saving, starting, submitting, versions, views
from diagnose.web.assessments.blueprint import blueprint

__all__ = ["blueprint", "saving", "versions"]

KEEPING = (starting.begin, starting.firm, starting.discard, views.fill, submitting.review)


@blueprint.record_once
def let_forms_tell_of_expiry(state: BlueprintSetupState) -> None:
    """These forms check their token themselves, so that an expired page keeps what was typed."""
    for view in KEEPING:
        state.app.extensions["csrf"].exempt(view)
