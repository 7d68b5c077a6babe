"""Words and cells that all editions share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diagnose.coverage.counting import tenths
from diagnose.roster.standing import NEVER
from diagnose.workflow import MACHINE
from questionnaires.text import Text
from reports.phrases import Phrasebook

Figures = Mapping[str, Any]

say = Phrasebook("bulletins")
UNOPENED = Text("未建诊断", "No diagnosis opened")
NONE = "—"


def state_name(state: str) -> Text:
    """How a state of a diagnosis is called."""
    return UNOPENED if state == NEVER else MACHINE.states[state].title


def share(done: int | None, of: int | None) -> str:
    """Per cent cut after the first decimal, or a dash where nobody is due."""
    if done is None or of is None:
        return NONE
    found = tenths(done, of)
    return NONE if found is None else f"{found:.1f}%"


def amount(value: float) -> str:
    """万元 as they stand in tables."""
    return f"{value:,.1f}"
