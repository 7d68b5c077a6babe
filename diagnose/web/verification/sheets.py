"""A sheet as the firm answered it and as it was verified, judged both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from diagnose.agenda import Agenda, Entry, agenda_of
from diagnose.reading import judge, raw_answers, raw_firm, verifications
from diagnose.records import Assessment, Attachment, Diagnosis, Firm, Verification
from diagnose.web.attachments.listing import files_of_sheet
from diagnose.web.errors import ToldConflict, Trouble
from diagnose.web.reading import questionnaire_of
from models.scoring.results import Scores, Traits
from questionnaires.check import check_answers
from questionnaires.model import Question, Questionnaire, Section
from questionnaires.sheets import Sheets

OPEN_IN = ("on_site", "visited", "drafting")
"""The states in which answers may be verified: after the check-in, before the report is out."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question: what the firm said, what was found, and why it is looked at."""

    question: Question
    number: int
    own: object
    found: Verification | None
    entry: Entry | None
    files: list[Attachment]
    own_share: float | None
    share: float | None

    @property
    def raised(self) -> bool:
        """Whether the verified answer is better than the firm's own."""
        return bool(self.found and self.found.changed) and (self.share or 0) > (self.own_share or 0)

    @property
    def lowered(self) -> bool:
        """Whether it is worse."""
        return bool(self.found and self.found.changed) and (self.share or 0) < (self.own_share or 0)


@dataclass(frozen=True)
class Verified:
    """A submitted sheet with what consultants found true."""

    assessment: Assessment
    questionnaire: Questionnaire
    own: Mapping[str, object]
    found: Mapping[str, Verification]
    files: Mapping[str, list[Attachment]]
    agenda: Agenda
    own_sheet: Sheets
    sheet: Sheets

    @cached_property
    def own_scores(self) -> Scores:
        """The sheet judged as the firm answered it."""
        return judge().scorer.score(self.own_sheet)

    @cached_property
    def scores(self) -> Scores:
        """The sheet judged on the verified answers, the firm's own where there are none."""
        return judge().scorer.score(self.sheet)

    def section(self, section_id: str) -> Section | None:
        """The section of that id."""
        return next((s for s in self.questionnaire.sections if s.id == section_id), None)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every question by id, in the questionnaire's order."""
        entries = {entry.question: entry for entry in self.agenda}
        before = _shares(judge().scorer.traits(self.own_sheet))
        after = _shares(judge().scorer.traits(self.sheet))
        return {
            question.id: Row(
                question=question,
                number=number,
                own=self.own.get(question.id),
                found=self.found.get(question.id),
                entry=entries.get(question.id),
                files=self.files.get(question.id, []),
                own_share=before.get(question.id),
                share=after.get(question.id),
            )
            for number, question in enumerate(self.questionnaire.questions, 1)
        }


def stamp_of(found: Mapping[str, Verification], section: Section) -> str:
    """How a section stands: its count and its last change, to notice another's saving."""
    held = [found[question.id] for question in section.questions if question.id in found]
    last = max((kept.verified_at for kept in held), default=None)
    return f"{len(held)}.{last.isoformat() if last else ''}"


def read_verified(session: Session, diagnosis: Diagnosis, firm: Firm) -> Verified:
    """The sheet of a diagnosis; a page that says so where the firm has not handed one in."""
    if diagnosis.assessment_id is None:
        raise ToldConflict(NOT_HANDED_IN)
    assessment = session.get_one(Assessment, diagnosis.assessment_id)
    questionnaire = questionnaire_of(assessment)
    own = raw_answers(session, diagnosis.assessment_id)
    found = verifications(session, diagnosis.assessment_id)
    facts = raw_firm(firm.uscc, assessment)
    merged = own | {question: held.raw for question, held in found.items()}
    return Verified(
        assessment=assessment,
        questionnaire=questionnaire,
        own=own,
        found=found,
        files=files_of_sheet(session, diagnosis.assessment_id),
        agenda=agenda_of(session, diagnosis),
        own_sheet=check_answers(questionnaire, own, facts).sheets,
        sheet=check_answers(questionnaire, merged, facts).sheets,
    )


def _shares(traits: Traits) -> dict[str, float]:
    """What each answer gives of the most it could, open ones left out."""
    shares = zip(traits.item_ids, traits.items[0].tolist(), strict=True)
    return {question: share for question, share in shares if share == share}  # noqa: PLR0124  # NaN


NOT_HANDED_IN = Trouble(
    _l("The self-assessment is not here yet"),
    _l(
        "The firm has not handed in its self-assessment, so there is nothing to verify. Remind "
        "the firm; as soon as it submits, its answers appear here."
    ),
)
