"""Forms of an assessment: the firm's facts, one section of questions, submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from diagnose.records import Attachment, FirmFacts
from diagnose.web.assessments.fields import LOOKS, Choices, chosen, legibly, several
from diagnose.web.assessments.parsing import Said, spelt, spoken
from diagnose.web.assessments.wording import Share
from diagnose.web.editions import EditionForm
from questionnaires.model import Question, Section
from questionnaires.text import Text

FIRM_FIELDS = ("name", "industry", "employees", "revenue", "region")


class FirmForm(EditionForm):
    """The firm's facts, as typed; `questionnaires.check` judges them."""

    name = StringField(_l("Name of the firm"))
    industry = StringField(_l("Industry code"))
    employees = StringField(_l("Employees"))
    revenue = StringField(_l("Revenue last year"))
    region = StringField(_l("Street or park"))

    @classmethod
    def of(cls, facts: FirmFacts, edition: int = 0) -> FirmForm:
        """The form filled with known facts, or with what was typed over them."""
        known = facts.model_dump(include=set(FIRM_FIELDS), exclude_none=True)
        return cls(
            data={name: spelt(value) for name, value in known.items()} | {"edition": edition}
        )

    def typed(self) -> dict[str, object]:
        """What was typed, empty fields left out; an industry may be followed by its name."""
        values = {name: legibly(self[name].data or "") for name in FIRM_FIELDS}
        values["industry"] = values["industry"].split(" ")[0]
        return {name: value for name, value in values.items() if value}

    def complain(self, problems: Mapping[str, str]) -> None:
        """Put what is wrong beside the fields."""
        for name, problem in problems.items():
            self[name].errors = [problem]


def _tidy(typed: str | None) -> str:
    return legibly(typed or "")


class SubmitForm(EditionForm):
    """Handing in the sheet: the head of the firm vouches for it."""

    pledged_by = StringField(
        _l("Name of the head of the firm"),
        filters=[_tidy],
        validators=[DataRequired(_l("Please give the name.")), Length(max=100)],
    )
    pledged_post = StringField(
        _l("Post"),
        filters=[_tidy],
        validators=[DataRequired(_l("Please give the post.")), Length(max=100)],
    )
    truthful = BooleanField(
        _l("The answers are true to the best of our knowledge, and may be judged as they stand."),
        validators=[InputRequired(_l("Please confirm before you submit."))],
    )


class DiscardForm(EditionForm):
    """Deleting a draft."""

    sure = BooleanField(
        _l("Yes, delete the draft with its answers and files."),
        validators=[InputRequired(_l("Please confirm before you delete."))],
    )


class SectionForm(EditionForm):
    """One section; `make_section_form` adds the fields of its questions."""

    def said(self, question: Question) -> Said:
        """What the fields of a question hold."""
        state, reason = state_name(question), reason_name(question)
        given = chosen(self[field_name(question)]) + (chosen(self[state]) if state in self else [])
        return Said(given=given, reason=(self[reason].data or "") if reason in self else "")

    def fill(self, question: Question, raw: object) -> None:
        """Show a kept answer."""
        said, state, reason = spoken(raw), state_name(question), reason_name(question)
        if state in self and isinstance(raw, Mapping):
            self[state].data = said.given
        elif said.given:
            several_of = question.kind == "multi"
            self[field_name(question)].data = said.given if several_of else said.given[0]
        if reason in self:
            self[reason].data = said.reason


def field_name(question: Question) -> str:
    """The field that takes the answer; the prefix keeps ids apart from the form's own names."""
    return f"q.{question.id}"


def state_name(question: Question) -> str:
    """The field beside a typed answer that takes “unknown” or “not applicable”."""
    return f"{field_name(question)}.state"


def reason_name(question: Question) -> str:
    """The field that takes why a question does not apply."""
    return f"{field_name(question)}.reason"


def make_section_form(section: Section) -> type[SectionForm]:
    """The form of one section."""
    fields: dict[str, Any] = {}
    for question in section.questions:
        look = LOOKS[question.kind]
        fields[field_name(question)] = look.field()
        if not look.options:
            fields[state_name(question)] = several()
        if question.may_not_apply:
            fields[reason_name(question)] = StringField()
    return type("FilledSectionForm", (SectionForm,), fields)


@dataclass(frozen=True, slots=True)
class Before:
    """What the firm answered last time: in words, and as the fields hold it."""

    words: str
    said: Said


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the questions of a page, each by question.

    `problems` of what was given, `elsewhere` what another window kept, in words, `before` the
    answers of last time, `files` the evidence, `shares` what counts say of an answer.
    """

    problems: Mapping[str, Text]
    elsewhere: Mapping[str, str]
    before: Mapping[str, Before]
    files: Mapping[str, list[Attachment]]
    shares: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a page: its number in the questionnaire, its fields, how it stands."""

    question: Question
    number: int
    field: Field
    template: str
    options: Choices
    states: Choices
    state: Field | None
    reason: Field | None
    shown: bool
    problem: Text | None
    elsewhere: str | None
    before: Before | None
    files: list[Attachment]
    share: Share | None
