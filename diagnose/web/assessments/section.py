"""The page of one section: what surrounds its questions, and where each button leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.records import Assessment, Firm
from diagnose.web.assessments.asking import (
    condition_data,
    in_words,
    lay_out,
    settled_elsewhere,
)
from diagnose.web.assessments.forms import SectionForm
from diagnose.web.assessments.overview import overlook
from diagnose.web.languages import language
from diagnose.web.reading import questionnaire_of, raw_firm
from questionnaires.check import check_answers
from questionnaires.model import Questionnaire, Section
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """One section of one firm's sheet."""

    assessment: Assessment
    firm: Firm
    questionnaire: Questionnaire
    section: Section

    @classmethod
    def of(cls, assessment: Assessment, firm: Firm, section_id: str) -> Page:
        """The page of the section `section_id`, if the questionnaire has it."""
        questionnaire = questionnaire_of(assessment)
        for section in questionnaire.sections:
            if section.id == section_id:
                return cls(assessment, firm, questionnaire, section)
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
        firm = raw_firm(self.firm.uscc, self.assessment)
        sheets = check_answers(self.questionnaire, kept, firm).sheets
        return render_template(
            "assessments/section.html",
            form=form,
            page=self,
            asked=lay_out(form, self.section, sheets, problems or {}, elsewhere or {}, language()),
            problems=problems or {},
            elsewhere=elsewhere,
            overview=overlook(sheets),
            settled=settled_elsewhere(self.section, sheets, kept),
            condition_data=condition_data,
        )

    @property
    def number(self) -> int:
        """The section's place, from 1."""
        return self.questionnaire.sections.index(self.section) + 1

    @property
    def address_before(self) -> str:
        """The page before this one."""
        if self.number == 1:
            return url_for(".firm", assessment_id=self.assessment.id)
        return self._address(self.questionnaire.sections[self.number - 2])

    def onward(self, then: str) -> str:
        """Where a button leads after saving."""
        if then == "leave":
            flash(
                _("Saved. You can close this window and go on any day from the list here."), "good"
            )
            return url_for("start.show")
        if then == "back":
            return self.address_before
        if self.number == len(self.questionnaire.sections):
            return url_for(".review", assessment_id=self.assessment.id)
        return self._address(self.questionnaire.sections[self.number])

    def _address(self, section: Section) -> str:
        return url_for(".fill", assessment_id=self.assessment.id, section_id=section.id)


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
