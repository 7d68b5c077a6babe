"""What is written of a visit: its plan and record, and the signed paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from diagnose.records import Diagnosis, Purpose, Visit, note
from diagnose.web.access import actor
from diagnose.web.attachments.operations import take
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.worklist.diagnosis_page import latest_visit


def keep_visit(
    session: Session, diagnosis: Diagnosis, columns: Mapping[str, Any], edition: int
) -> Visit:
    """Keep the visit of a diagnosis. The log's row comes first: it keeps writers in line."""
    note(
        session,
        actor(),
        "visit.save",
        f"diagnosis:{diagnosis.id}",
        firm_id=diagnosis.firm_id,
        people=len(columns["people"]),
        edition=edition + 1,
    )
    session.expire_all()
    visit = latest_visit(session, diagnosis)
    if (visit.edition if visit else 0) != edition:
        session.rollback()
        raise ChangedMeanwhile
    if visit is None:
        visit = Visit.model_validate({"diagnosis_id": diagnosis.id, **columns})
    for name, value in columns.items():
        setattr(visit, name, value)
    visit.edition = edition + 1
    session.add(visit)
    session.commit()
    return visit


def keep_scan(session: Session, diagnosis: Diagnosis, visit: Visit, paper: FileStorage) -> None:
    """Keep the signed and sealed record, or raise `UploadRefused`."""
    file = take(
        session,
        paper,
        firm_id=diagnosis.firm_id,
        purpose=Purpose.VISIT_RECORD,
        diagnosis_id=diagnosis.id,
    )
    visit.scan_id = file.id
    visit.edition += 1
    note(
        session,
        actor(),
        "visit.scan",
        f"visit:{visit.id}",
        firm_id=diagnosis.firm_id,
        attachment=file.id,
    )
    session.commit()
