"""Forms of an assessment: the firm's facts, one section of questions, submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from diagnose.records import Assessment
from diagnose.web.assessments.fields import (
    LOOKS,
    NOT_APPLICABLE,
    STATES,
    UNKNOWN,
    Choices,
    chosen,
    legibly,
    several,
)
from questionnaires.model import Question, Section
from questionnaires.text import Text

FIRM_FIELDS = ("name", "uscc", "industry", "employees", "revenue", "region")


class EditionForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A form that says which save of the assessment it was opened on."""

    edition = IntegerField(widget=HiddenInput(), default=0)

    def reopen(self, edition: int) -> None:
        """Let the next sending of this form count from `edition`."""
        self.edition.raw_data = None
        self.edition.data = edition


class FirmForm(EditionForm):
    """The firm's facts, as typed; `questionnaires.check` judges them."""

    name = StringField(_l("Name of the firm"))
    uscc = StringField(_l("Unified social credit code"))
    industry = StringField(_l("Industry code"))
    employees = StringField(_l("Employees"))
    revenue = StringField(_l("Revenue last year"))
    region = StringField(_l("Street or park"))

    @classmethod
    def of(cls, assessment: Assessment, uscc: str) -> FirmForm:
        """The form filled with the kept facts, or with what was typed over them."""
        facts = assessment.model_dump(include=set(FIRM_FIELDS), exclude_none=True)
        spelt = {name: _spelt(value) for name, value in facts.items()}
        return cls(data={**spelt, "uscc": uscc, "edition": assessment.edition})

    def typed(self) -> dict[str, object]:
        """What was typed, empty fields left out; an industry may be followed by its name."""
        values = {name: legibly(self[name].data or "").strip() for name in FIRM_FIELDS}
        values["industry"] = values["industry"].split(" ")[0]
        return {name: value for name, value in values.items() if value}

    def complain(self, problems: Mapping[str, str]) -> None:
        """Put what is wrong beside the fields."""
        for name, problem in problems.items():
            self[name].errors = [problem]


class SubmitForm(EditionForm):
    """Handing in the sheet."""

    truthful = BooleanField(
        _l("The answers are true to the best of our knowledge, and may be judged as they stand."),
        validators=[InputRequired(_l("Please confirm before you submit."))],
    )


class SectionForm(EditionForm):
    """One section; `make_section_form` adds the fields of its questions."""

    def answer(self, question: Question) -> tuple[object, Text | None]:
        """What was given to a question as answer sheets hold it (None: nothing), and what is wrong.

        An answer and a state at once contradict each other: the visitor has to choose.
        """
        given = chosen(self[field_name(question)])
        values = [value for value in given if value not in STATES]
        said = [value for value in given if value in STATES] + chosen_state(self, question)
        if len(said) + bool(values) > 1:
            return None, CONTRADICTION
        if said == [UNKNOWN]:
            return {"state": "unknown"}, None
        if said == [NOT_APPLICABLE]:
            reason = legibly(self[reason_name(question)].data or "")
            return {"state": "not_applicable", "reason": reason.strip()}, None
        if not values:
            return None, None
        return (values if question.kind == "multi" else values[0]), None

    def fill(self, question: Question, raw: object) -> None:
        """Show a kept answer."""
        field = self[field_name(question)]
        many = question.kind == "multi"
        if isinstance(raw, Mapping):
            state = UNKNOWN if raw["state"] == "unknown" else NOT_APPLICABLE
            name = state_name(question)
            if name in self:
                self[name].data = [state]
            else:
                field.data = [state] if many else state
            if reason_name(question) in self:
                self[reason_name(question)].data = raw.get("reason", "")
        elif raw is not None:
            field.data = raw if many else _spelt(raw)


CONTRADICTION = Text(
    "既作了答，又选了“不清楚”或“不适用”，请只留一个。",
    "There is an answer and also “I do not know” or “does not apply”; keep only one of them.",
)


def field_name(question: Question) -> str:
    """The field that takes the answer; the prefix keeps ids apart from the form's own names."""
    return f"q.{question.id}"


def state_name(question: Question) -> str:
    """The field beside a typed answer that takes “unknown” or “not applicable”."""
    return f"{field_name(question)}.state"


def reason_name(question: Question) -> str:
    """The field that takes why a question does not apply."""
    return f"{field_name(question)}.reason"


def chosen_state(form: FlaskForm, question: Question) -> list[str]:
    """The states ticked beside a typed answer."""
    name = state_name(question)
    return chosen(form[name]) if name in form else []


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


def _spelt(raw: object) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return f"{raw:.15g}" if isinstance(raw, float) else str(raw)


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
    problem: Text | None = None
    elsewhere: str | None = None
