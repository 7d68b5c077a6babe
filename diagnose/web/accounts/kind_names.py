"""What the kinds of account are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from diagnose.records import Kind
from diagnose.web.accounts.blueprint import blueprint

KINDS: Mapping[Kind, LazyString] = {
    Kind.FIRM: _l("Firm"),
    Kind.CONSULTANT: _l("Consultant"),
    Kind.REVIEWER: _l("Reviewer"),
    Kind.OFFICER: _l("Officer of the bureau"),
    Kind.ADMINISTRATOR: _l("Administrator"),
}


@blueprint.app_template_global()
def kind_name(kind: str) -> LazyString:
    """The name of a kind of account."""
    return KINDS[Kind(kind)]
