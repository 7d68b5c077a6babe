"""The firms a result is compared with: for now the fictional district, where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from diagnose.reading import judge, questionnaire, raw_firm
from diagnose.records import Answer, Assessment, Firm
from diagnose.story import Until
from models.peers import Grouping
from questionnaires.check import RawSheet, check_rows
from questionnaires.sheets import Sheets

Stamp = tuple[object, ...]


@dataclass(frozen=True)
class Pool:
    """The sheets of a district, which row is whose, and the groups found in it."""

    rows: tuple[RawSheet, ...]
    sheets: Sheets
    places: Mapping[str, int]
    grouping: Grouping | None

    def with_firm(self, own: RawSheet) -> tuple[Sheets, int]:
        """The sheets with one more firm at the end, and the row of that firm."""
        sheets = check_rows(questionnaire(), [*self.rows, own]).sheets
        return sheets, len(sheets) - 1


def stamp_of(session: Session) -> Stamp:
    """What changes whenever the pool does."""
    found = session.exec(
        select(func.count(), func.max(Assessment.id), func.max(Assessment.saved_at))
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(col(Firm.fictional))
    ).one()
    return tuple(found)


def read_pool(session: Session) -> Pool:
    """The fictional district as it stands."""
    found = session.exec(
        select(Assessment, Firm.uscc)
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(col(Firm.fictional))
        .order_by(col(Assessment.id))
    ).all()
    answers: dict[int, dict[str, object]] = defaultdict(dict)
    for answer in session.exec(
        select(Answer)
        .join(Assessment, col(Assessment.id) == col(Answer.assessment_id))
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(col(Firm.fictional))
    ):
        answers[answer.assessment_id][answer.question] = answer.raw
    rows = tuple(
        RawSheet(line, raw_firm(uscc, held), answers[held.id])
        for line, (held, uscc) in enumerate(found, 1)
        if held.id is not None
    )
    sheets = check_rows(questionnaire(), rows).sheets
    grouping = judge().diagnose(sheets, Until.PEERS).grouping if len(sheets) else None
    places = {uscc: row for row, uscc in enumerate(sheets.firms.uscc.tolist())}
    return Pool(rows, sheets, places, grouping)
