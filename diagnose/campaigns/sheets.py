"""Open answer sheets taken along to the questionnaire version that their campaign asks by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, delete, exists, func, literal
from sqlmodel import Session, col, select

from diagnose.reading import raw_answers
from diagnose.records import (
    Actor,
    Answer,
    Assessment,
    AuditEntry,
    Campaign,
    CampaignFirm,
    CampaignStage,
    Status,
    note,
)
from diagnose.records.claiming import claim
from questionnaires.model import Question, Questionnaire
from questionnaires.text import LANGUAGES, Language, Text
from questionnaires.versions import carry, load_version

BLANK: Mapping[str, Text] = {
    "unknown": Text("不清楚", "I do not know"),
    "not_applicable": Text("不适用", "Does not apply to us"),
}
TRUE, FALSE = Text("是", "Yes"), Text("否", "No")


def drafts_behind(session: Session, campaign: Campaign) -> int:
    """How many drafts of the campaign's firms rest on another version and may be moved."""
    return session.scalar(select(func.count()).select_from(_behind(campaign).subquery())) or 0


def drafts_by_version(session: Session, campaign: Campaign) -> dict[str, int]:
    """How many drafts of the campaign's firms rest on each version of its questionnaire."""
    rows = session.execute(
        select(Assessment.questionnaire_version, func.count())
        .where(*_of_campaign(campaign))
        .group_by(Assessment.questionnaire_version)
    )
    return {row[0]: row[1] for row in rows}


def move_drafts(session: Session, actor: Actor, campaign: Campaign) -> tuple[int, int]:
    """Move every draft that may be moved; how many were, and how many were left. Commits each.

    A firm that chose to stay keeps its version; so does one whose version is not here any more.
    """
    moved = left = 0
    for assessment in session.exec(_behind(campaign).order_by(col(Assessment.id))).all():
        if move_sheet(session, actor, assessment, campaign.questionnaire_version) is None:
            left += 1
        else:
            moved += 1
        session.commit()
    return moved, left


def move_sheet(session: Session, actor: Actor, assessment: Assessment, version: str) -> int | None:
    """Move one draft to `version`; how many answers were left behind, None where it stays.

    What cannot go along is kept in words beside the sheet. A sheet that was submitted, or saved
    while this went on, is not touched. The caller commits.
    """
    before = load_version(assessment.questionnaire, assessment.questionnaire_version)
    after = load_version(assessment.questionnaire, version)
    if before is None or after is None or not _claim(session, assessment, after):
        return None
    carried = carry(before, after, raw_answers(session, assessment.id or 0))
    session.exec(
        delete(Answer).where(
            col(Answer.assessment_id) == assessment.id, col(Answer.question).in_(carried.left)
        )
    )
    told = {id_: _told(before[id_], raw, before) for id_, raw in carried.left.items()}
    assessment.earlier = dict(assessment.earlier) | told
    session.add(assessment)
    note(
        session, actor, "sheet.move", f"assessment:{assessment.id}",
        firm_id=assessment.firm_id, version=after.version, before=before.version,
        kept=len(carried.kept), left=len(carried.left),
    )  # fmt: skip
    return len(carried.left)


def stay(session: Session, actor: Actor, assessment: Assessment) -> None:
    """Note that a firm goes on with the version it began; the caller commits."""
    subject = f"assessment:{assessment.id}"
    version = assessment.questionnaire_version
    note(session, actor, "sheet.stay", subject, firm_id=assessment.firm_id, version=version)


def offered_version(session: Session, assessment: Assessment) -> str | None:
    """The version to which the firm may move its draft: its open campaign's, where it differs."""
    return session.exec(
        select(Campaign.questionnaire_version)
        .join(CampaignFirm, col(CampaignFirm.campaign_id) == Campaign.id)
        .where(
            CampaignFirm.firm_id == assessment.firm_id,
            Campaign.stage == CampaignStage.OPEN,
            Campaign.questionnaire == assessment.questionnaire,
            Campaign.questionnaire_version != assessment.questionnaire_version,
        )
        .order_by(col(Campaign.opens_on).desc(), col(Campaign.id).desc())
    ).first()


def chose_to_stay(session: Session, assessment: Assessment) -> bool:
    """Whether the firm said that it goes on with its version."""
    query = select(AuditEntry.id).where(
        AuditEntry.subject == f"assessment:{assessment.id}", AuditEntry.action == "sheet.stay"
    )
    return session.exec(query).first() is not None


def _of_campaign(campaign: Campaign) -> tuple[Any, ...]:
    listed = select(CampaignFirm.firm_id).where(CampaignFirm.campaign_id == campaign.id)
    return (
        col(Assessment.firm_id).in_(listed),
        Assessment.status == Status.DRAFT,
        Assessment.questionnaire == campaign.questionnaire,
    )


def _behind(campaign: Campaign) -> Any:
    stayed = exists().where(
        col(AuditEntry.subject) == literal("assessment:") + cast(col(Assessment.id), String),
        col(AuditEntry.action) == "sheet.stay",
    )
    return select(Assessment).where(
        *_of_campaign(campaign),
        Assessment.questionnaire_version != campaign.questionnaire_version,
        ~stayed,
    )


def _claim(session: Session, assessment: Assessment, after: Questionnaire) -> bool:
    """Put the draft on the new version, unless it was saved or submitted meanwhile."""
    moved = claim(
        session,
        assessment,
        assessment.edition,
        col(Assessment.status) == Status.DRAFT,
        questionnaire_version=after.version,
        questionnaire_hash=after.hash,
    )
    if not moved:
        session.refresh(assessment)
    return moved


def _told(question: Question, raw: object, before: Questionnaire) -> dict[str, Any]:
    return {
        "version": before.version,
        "label": {tongue: question.label.to(tongue) for tongue in LANGUAGES},
        "words": {tongue: _in_words(question, raw, tongue) for tongue in LANGUAGES},
    }


def _in_words(question: Question, raw: object, tongue: Language) -> str:
    if isinstance(raw, Mapping):
        return BLANK[str(raw["state"])].to(tongue)
    if isinstance(raw, bool):
        return (TRUE if raw else FALSE).to(tongue)
    labels = {option.id: option.label.to(tongue) for option in question.options}
    values = raw if isinstance(raw, list) else [raw]
    return ("；" if tongue == "zh" else "; ").join(labels.get(str(v), str(v)) for v in values)
