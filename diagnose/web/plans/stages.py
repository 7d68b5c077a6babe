"""The stages of a project in the firm's hands, in words, and what may follow what."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from diagnose.records import Stage

NAMES = {
    Stage.SUGGESTED: _l("waits for a decision"),
    Stage.ADOPTED: _l("adopted"),
    Stage.POSTPONED: _l("postponed"),
    Stage.REJECTED: _l("rejected"),
    Stage.UNDER_WAY: _l("being carried out"),
    Stage.FINISHED: _l("finished"),
}
CHOICES = {
    Stage.ADOPTED: _l("Adopt: we will do it"),
    Stage.POSTPONED: _l("Postpone: not now, perhaps later"),
    Stage.REJECTED: _l("Reject: we will not do it"),
}
NEED_REASON = frozenset({Stage.POSTPONED, Stage.REJECTED})
AT_WORK = frozenset({Stage.ADOPTED, Stage.UNDER_WAY, Stage.FINISHED})
WHOLE = 100  # per cent


def stage_at(progress: int, *, finished: bool) -> Stage:
    """The stage that an adopted project is at."""
    if finished:
        return Stage.FINISHED
    return Stage.UNDER_WAY if progress else Stage.ADOPTED
