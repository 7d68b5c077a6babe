"""Many sheets into the database at once: what they say of firms, answers and judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col

from diagnose.records.answer import Answer, answer_row
from diagnose.records.assessment import Assessment, Status
from diagnose.records.firm import FirmEntry, FirmFacts
from diagnose.records.judgement import Judgement, judgement_row
from models.firms import profile_firms
from models.scoring import Scorer, load_standard
from questionnaires.sheets import Sheets
from questionnaires.writers import raw_answers, raw_firm

STANDARDS = ("sme-2024",)


def entries_of(sheets: Sheets) -> list[FirmEntry]:
    """What sheets say of their firms."""
    rows = range(len(sheets))
    return [FirmEntry.model_validate(raw_firm(sheets.firms, row)) for row in rows]


def import_sheets(
    session: Session,
    sheets: Sheets,
    firm_ids: Sequence[int],
    moment: datetime,
    standards: Sequence[str] = STANDARDS,
) -> None:
    """Keep the sheets of known firms as submitted at a moment, and judge them. Does not commit."""
    entries = entries_of(sheets)
    statement = insert(Assessment).returning(col(Assessment.id), sort_by_parameter_order=True)
    rows = _assessments(sheets, entries, firm_ids, moment)
    ids = [int(id_) for id_ in session.scalars(statement, rows).all() if id_ is not None]
    session.exec(insert(Answer), params=list(_answers(sheets, ids)))
    for standard in standards:
        scores = Scorer(load_standard(standard), sheets.questionnaire).score(sheets)
        judgements = [judgement_row(id_, scores, row) for row, id_ in enumerate(ids)]
        session.exec(insert(Judgement), params=judgements)


def _assessments(
    sheets: Sheets, entries: Sequence[FirmEntry], firm_ids: Sequence[int], moment: datetime
) -> list[dict[str, Any]]:
    shared = {
        "questionnaire": sheets.questionnaire.id,
        "questionnaire_version": sheets.questionnaire.version,
        "questionnaire_hash": sheets.questionnaire.hash,
        "status": Status.SUBMITTED.value,
        "edition": 1,
        "started_at": moment,
        "saved_at": moment,
        "submitted_at": moment,
    }
    sizes = profile_firms(sheets.firms).size.tolist()
    return [
        entry.model_dump(include=set(FirmFacts.model_fields))
        | shared
        | {"firm_id": id_, "size": size}
        for entry, id_, size in zip(entries, firm_ids, sizes, strict=True)
    ]


def _answers(sheets: Sheets, ids: Sequence[int]) -> Iterable[dict[str, Any]]:
    for row, id_ in enumerate(ids):
        for question, raw in raw_answers(sheets, row).items():
            yield answer_row(id_, question, raw)
