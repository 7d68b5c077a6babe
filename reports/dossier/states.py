"""Answer states in words."""

from __future__ import annotations

from questionnaires.sheets import State
from questionnaires.text import Text
from reports.dossier.case import Case
from reports.phrases import Phrasebook

say = Phrasebook("findings")


def state_text(case: Case, question: str) -> Text:
    """What is known of an answer, with the reason where it does not apply."""
    state = case.state(question)
    if state == State.NOT_APPLICABLE and (reason := case.reason(question)):
        return say("state.not_applicable_because", reason=reason)
    return say(f"state.{state.name.lower()}")
