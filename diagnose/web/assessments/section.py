"""The page of one section: what surrounds its questions, and where each button leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.records import Assessment
from diagnose.web.assessments.asking import condition_data, lay_out, settled_elsewhere
from diagnose.web.assessments.forms import Before, Beside, SectionForm
from diagnose.web.assessments.last_year import LastTime
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.parsing import spoken
from diagnose.web.assessments.wording import in_words, sentences, share_of
from diagnose.web.attachments.listing import files_of_sheet
from diagnose.web.database import records
from diagnose.web.languages import language
from diagnose.web.reading import questionnaire_of
from questionnaires.check import check_answers
from questionnaires.model import Questionnaire, Section
from questionnaires.text import Text

ATTACH = "attach."
STILL = "still."
ALL = "*"


@dataclass(frozen=True, slots=True)
class Page:
    """One section of one firm's sheet."""

    assessment: Assessment
    questionnaire: Questionnaire
    section: Section

    @classmethod
    def of(cls, assessment: Assessment, section_id: str) -> Page:
        """The page of the section `section_id`, if the questionnaire has it."""
        questionnaire = questionnaire_of(assessment)
        for section in questionnaire.sections:
            if section.id == section_id:
                return cls(assessment, questionnaire, section)
        raise NotFound

    def show(
        self,
        form: SectionForm,
        kept: Mapping[str, object],
        *,
        problems: Mapping[str, Text] | None = None,
        elsewhere: Mapping[str, str] | None = None,
    ) -> str:
        """The page with its form; navigation and routing follow from what is kept."""
        sheets = check_answers(self.questionnaire, kept).sheets
        last = LastTime(records(), self.assessment)
        beside = self._beside(kept, last, problems or {}, elsewhere or {})
        return render_template(
            "assessments/section.html",
            form=form,
            page=self,
            asked=lay_out(form, self.section, sheets, beside, language()),
            last=last,
            beside=beside,
            conflict=elsewhere is not None,
            overview=overlook(sheets),
            settled=settled_elsewhere(self.section, sheets, kept),
            condition_data=condition_data,
            kept_on_page={
                question.id: spoken(kept.get(question.id)).model_dump()
                for question in self.section.questions
            },
            words=sentences(),
        )

    def _beside(
        self,
        kept: Mapping[str, object],
        last: LastTime,
        problems: Mapping[str, Text],
        elsewhere: Mapping[str, str],
    ) -> Beside:
        assert self.assessment.id is not None
        shares = {question.id: share_of(question, kept) for question in self.section.questions}
        return Beside(
            problems=problems,
            elsewhere=elsewhere,
            before={
                id_: Before(in_words(self.questionnaire[id_], raw, language()), spoken(raw))
                for id_, raw in last.offered(self.section.questions, kept).items()
            },
            files=files_of_sheet(records(), self.assessment.id),
            shares={id_: found for id_, found in shares.items() if found is not None},
        )

    @property
    def number(self) -> int:
        """The section's place, from 1."""
        return self.questionnaire.sections.index(self.section) + 1

    def confirmed(self, then: str, kept: Mapping[str, object]) -> dict[str, object]:
        """The answers of last time that a button says still hold: one question's, or all shown."""
        if not then.startswith(STILL):
            return {}
        wanted = then.removeprefix(STILL)
        offered = LastTime(records(), self.assessment).offered(self.section.questions, kept)
        return {id_: raw for id_, raw in offered.items() if wanted in (ALL, id_)}

    def onward(self, then: str) -> str:
        """Where a button leads after saving."""
        if then.startswith(STILL):
            return self._address(self.section, then.removeprefix(STILL).strip(ALL) or None)
        if then.startswith(ATTACH):
            question = then.removeprefix(ATTACH)
            sheet = self.assessment.id
            return url_for("attachments.evidence", assessment_id=sheet, question=question)
        if then == "leave":
            flash(_("Saved. You can close this window and go on any day."), "good")
            return url_for(".mine")
        step = -1 if then == "back" else 1
        return self._neighbour(self.number - 1 + step)

    def _neighbour(self, at: int) -> str:
        if at < 0:
            return url_for(".firm", assessment_id=self.assessment.id)
        if at == len(self.questionnaire.sections):
            return url_for(".review", assessment_id=self.assessment.id)
        return self._address(self.questionnaire.sections[at])

    def _address(self, section: Section, anchor: str | None = None) -> str:
        return url_for(
            ".fill", assessment_id=self.assessment.id, section_id=section.id, _anchor=anchor
        )


def missed_by_us(
    section: Section,
    ours: Mapping[str, object],
    kept: Mapping[str, object],
) -> dict[str, str]:
    """What the other window kept where it differs from ours, in words, by question."""
    return {
        question.id: in_words(question, kept[question.id], language())
        for question in section.questions
        if question.id in kept and ours.get(question.id) != kept[question.id]
    }
