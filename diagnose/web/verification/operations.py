"""What is written when answers are verified."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from diagnose.reading import verifications
from diagnose.records import Diagnosis, Purpose, Verification, note
from diagnose.records.columns import now
from diagnose.web.access import actor, me
from diagnose.web.attachments.operations import take
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.verification.parsing import Finding, attach, columns, differs
from diagnose.web.verification.sheets import Verified, stamp_of
from questionnaires.model import Section


def keep_findings(
    session: Session,
    diagnosis: Diagnosis,
    sheet: Verified,
    section: Section,
    findings: Mapping[str, Finding],
    stamp: str,
) -> int:
    """Keep what was found in one section; how many answers that changed.

    The log's row comes first: it makes later writers wait, so that what is read then holds.
    """
    touched = {q: f for q, f in findings.items() if differs(sheet.found.get(q), f)}
    if not touched:
        return 0
    note(
        session,
        actor(),
        "verification.save",
        f"assessment:{diagnosis.assessment_id}",
        firm_id=diagnosis.firm_id,
        diagnosis=diagnosis.id,
        section=section.id,
        questions=sorted(touched),
        changed=sorted(q for q, f in touched.items() if f.changed),
    )
    session.expire_all()
    assert diagnosis.assessment_id is not None
    if stamp != stamp_of(verifications(session, diagnosis.assessment_id), section):
        session.rollback()
        raise ChangedMeanwhile
    for question, finding in touched.items():
        _keep(session, diagnosis, question, finding, sheet.found.get(question))
    session.commit()
    return len(touched)


def _keep(
    session: Session,
    diagnosis: Diagnosis,
    question: str,
    finding: Finding,
    kept: Verification | None,
) -> None:
    if finding.raw is None:
        session.delete(kept)
        return
    if finding.upload is not None:
        file = take(
            session,
            finding.upload,
            firm_id=diagnosis.firm_id,
            purpose=Purpose.EVIDENCE,
            diagnosis_id=diagnosis.id,
            assessment_id=diagnosis.assessment_id,
            question=question,
        )
        finding = attach(finding, file)
    held = columns(finding) | {"account_id": me().id, "verified_at": now()}
    key = {"assessment_id": diagnosis.assessment_id, "question": question}
    row = kept or Verification.model_validate(key | held)
    for name, value in held.items():
        setattr(row, name, value)
    session.add(row)
