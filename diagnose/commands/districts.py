"""The district that a command is about."""

from __future__ import annotations

from sqlmodel import Session, col, select

from diagnose.commands.options import stop
from diagnose.records import Firm
from questionnaires.text import Language, Text

WHICH = Text("请用 --district 指明辖区：{names}", "Say which with --district: {names}")
NONE = Text("名录为空。", "The roster is empty.")


def chosen_district(session: Session, wanted: str, language: Language) -> str:
    """The district asked for, or the only one there is; ends the command where neither is."""
    names = session.exec(select(Firm.district).distinct().order_by(col(Firm.district))).all()
    if not names:
        stop(NONE, language)
    if wanted in names:
        return wanted
    if wanted or len(names) > 1:
        stop(WHICH.format(names=", ".join(names)), language)
    return names[0]
