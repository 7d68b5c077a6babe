"""What a firm may decide about a project of its plan, and until when."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from diagnose.records import Stage

CHOICES = {
    Stage.ADOPTED: _l("Adopt: we will do it"),
    Stage.POSTPONED: _l("Postpone: not now, perhaps later"),
    Stage.REJECTED: _l("Reject: we will not do it"),
}
NEED_REASON = frozenset({Stage.POSTPONED, Stage.REJECTED})
UNDECIDED = frozenset({Stage.SUGGESTED})
PREPARED = frozenset({Stage.ADOPTED, Stage.POOLED})
"""Adopted, and not contracted yet: progress is reported here, later with the months."""
DECIDABLE = UNDECIDED | PREPARED | NEED_REASON
"""From the contract on, minds are changed by ending the project."""
