"""Which files there are, and who may take one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from diagnose.records import (
    Account,
    Assessment,
    Attachment,
    Diagnosis,
    Finding,
    Kind,
    Purpose,
    Report,
)
from diagnose.web.reading import questionnaire_of
from questionnaires.model import Question


@dataclass(frozen=True, slots=True)
class Sampled:
    """A file that an officer may open, and the question it proves, if it proves one."""

    row: Attachment
    question: Question | None


def files_of_sheet(session: Session, assessment_id: int) -> Mapping[str, list[Attachment]]:
    """The evidence of a sheet that is there, by question."""
    found: dict[str, list[Attachment]] = {}
    for row in session.exec(
        select(Attachment)
        .where(
            col(Attachment.assessment_id) == assessment_id,
            col(Attachment.purpose) == Purpose.EVIDENCE,
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.id))
    ):
        found.setdefault(row.question, []).append(row)
    return found


def files_to_sample(session: Session, diagnosis: Diagnosis) -> list[Sampled]:
    """The files of a diagnosis and its sheet; none about security weaknesses."""
    rows = session.exec(
        select(Attachment)
        .where(
            or_(
                col(Attachment.diagnosis_id) == diagnosis.id,
                col(Attachment.assessment_id) == (diagnosis.assessment_id or -1),
            ),
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.question), col(Attachment.id))
    ).all()
    sheet = session.get(Assessment, diagnosis.assessment_id or -1)
    found = [Sampled(row, _question(sheet, row)) for row in rows]
    closed = _shows_weakness(session, rows)
    return [
        file
        for file in found
        if file.row.id not in closed and (file.question is None or not file.question.sensitive)
    ]


def is_sensitive(session: Session, row: Attachment) -> bool:
    """Whether a file proves a security weakness or an answer that names one."""
    question = _question(_sheet_of(session, row), row)
    asked = question is not None and question.sensitive
    return asked or bool(_shows_weakness(session, [row]))


def _shows_weakness(session: Session, rows: Iterable[Attachment]) -> set[int | None]:
    """The files among `rows` by which a finding shows a security weakness."""
    return set(
        session.exec(
            select(Finding.attachment_id).where(
                col(Finding.attachment_id).in_([row.id for row in rows]),
                col(Finding.security).is_(True),
            )
        )
    )


def may_remove(session: Session, row: Attachment, account: Account) -> bool:
    """Whether `account` is of the side that handed a file in, and no report rests on it yet."""
    uploader = session.get(Account, row.account_id) if row.account_id else None
    if uploader is None or uploader.kind != account.kind:
        return False
    same_house = {
        Kind.FIRM: uploader.firm_id == account.firm_id,
        Kind.CONSULTANT: uploader.provider_id == account.provider_id,
        Kind.OFFICER: uploader.district == account.district,
    }.get(Kind(account.kind), False)
    return same_house and not _reported(session, row)


def _reported(session: Session, row: Attachment) -> bool:
    issued = (
        select(Report.id)
        .join(Diagnosis)
        .where(
            or_(
                col(Diagnosis.id) == (row.diagnosis_id or -1),
                col(Diagnosis.assessment_id) == (row.assessment_id or -1),
            )
        )
    )
    return session.exec(issued).first() is not None


def _sheet_of(session: Session, row: Attachment) -> Assessment | None:
    if row.assessment_id is not None:
        return session.get(Assessment, row.assessment_id)
    diagnosis = session.get(Diagnosis, row.diagnosis_id or -1)
    return session.get(Assessment, diagnosis.assessment_id or -1) if diagnosis else None


def _question(sheet: Assessment | None, row: Attachment) -> Question | None:
    if sheet is None or not row.question:
        return None
    questionnaire = questionnaire_of(sheet)
    return questionnaire[row.question] if row.question in questionnaire.index else None
