"""What is wrong in a firm, as the consultants found it."""

from flask.blueprints import BlueprintSetupState

from diagnose.web.findings import views
from diagnose.web.findings.blueprint import blueprint

__all__ = ["blueprint"]


@blueprint.record_once
def let_forms_tell_of_expiry(state: BlueprintSetupState) -> None:
    """These forms check their token themselves, so that an expired page keeps what was typed."""
    for view in (views.add, views.edit):
        state.app.extensions["csrf"].exempt(view)
