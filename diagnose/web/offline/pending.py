"""What a form said, kept in the store between its upload and its being taken over.

The visitor's session knows only where; whoever has no such session finds nothing.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict

from flask import session

from diagnose.jobs.upkeep import FORMS
from diagnose.records.columns import now
from diagnose.web.attachments.operations import store
from questionnaires.offline import FormProblem, FormReading
from questionnaires.text import Text

_PLACE = "offline"


def keep(assessment_id: int, reading: FormReading) -> None:
    """Keep what a form said; what was kept before in this session goes."""
    forget()
    key = f"{FORMS}/{now():%Y-%m-%d}/{secrets.token_hex(16)}.json"
    content = json.dumps({"assessment": assessment_id, **asdict(reading)}, ensure_ascii=False)
    store().put(key, content.encode())
    session[_PLACE] = key


def kept(assessment_id: int) -> FormReading | None:
    """What the form said that was brought back last, if it was for this sheet."""
    key = session.get(_PLACE)
    if not key:
        return None
    try:
        held = json.loads(store().get(key))
    except FileNotFoundError:
        return None
    if held.pop("assessment") != assessment_id:
        return None
    problems = tuple(
        FormProblem(**{**found, "text": Text(**found["text"])}) for found in held.pop("problems")
    )
    return FormReading(**held, problems=problems)


def forget() -> None:
    """Delete what is kept for this session."""
    key = session.pop(_PLACE, None)
    if key:
        store().remove(key)
