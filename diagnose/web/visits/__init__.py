"""The visit: its agenda, its record, its signed paper."""

from flask.blueprints import BlueprintSetupState

from diagnose.web.visits import views
from diagnose.web.visits.blueprint import blueprint

__all__ = ["blueprint"]


@blueprint.record_once
def let_the_form_tell_of_expiry(state: BlueprintSetupState) -> None:
    """The form checks its token itself, so that an expired page keeps what was typed."""
    state.app.extensions["csrf"].exempt(views.edit)
