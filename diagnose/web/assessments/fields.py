"""How each kind of question is put on a page: its form field, its look, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField

from questionnaires.model import Question
from questionnaires.text import Language

UNKNOWN = "~unknown"
NOT_APPLICABLE = "~not_applicable"
STATES = (UNKNOWN, NOT_APPLICABLE)

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Look:
    """One kind on a page.

    `field` builds the form field; `template` names the macro that draws it. Kinds with `choices`
    offer the states “unknown” and “not applicable” among them, the others beside the field.
    """

    field: Callable[[Question, Choices], Any]
    template: str
    choices: Callable[[Question, Language], Choices] | None = None

    def build(self, question: Question, language: Language) -> Any:
        """The unbound form field of one question."""
        choices = self.choices(question, language) if self.choices else []
        return self.field(question, choices + states(question) if choices else choices)


def states(question: Question) -> Choices:
    """The states a firm may give instead of an answer."""
    offered = [(UNKNOWN, _("I do not know"))] if offers_unknown(question) else []
    if question.may_not_apply:
        offered.append((NOT_APPLICABLE, _("Does not apply to us")))
    return offered


def offers_unknown(question: Question) -> bool:
    """Whether “unknown” says more than an empty field would."""
    return question.required or question.kind != "text"


def _options(question: Question, language: Language) -> Choices:
    return [(option.id, option.label.to(language)) for option in question.options]


def _yes_or_no(_question: Question, _language: Language) -> Choices:
    return [("yes", _("Yes")), ("no", _("No"))]


def _one(question: Question, choices: Choices) -> Any:
    return RadioField(question.id, choices=choices, validate_choice=False)


def _several(question: Question, choices: Choices) -> Any:
    return SelectMultipleField(question.id, choices=choices, validate_choice=False)


def _line(question: Question, _choices: Choices) -> Any:
    return StringField(question.id)


def _text(question: Question, _choices: Choices) -> Any:
    return TextAreaField(question.id)


_NUMBER = Look(_line, "number")

LOOKS: Mapping[str, Look] = {
    "single": Look(_one, "radios", _options),
    "multi": Look(_several, "checkboxes", _options),
    "yesno": Look(_one, "radios", _yes_or_no),
    "whole": _NUMBER,
    "decimal": _NUMBER,
    "percentage": _NUMBER,
    "date": Look(_line, "date"),
    "text": Look(_text, "text"),
}


def chosen(field: Field) -> list[str]:
    """What was ticked or typed in a field, blanks left out."""
    data = field.data if isinstance(field.data, list) else [field.data]
    return [value for value in data if value is not None and str(value).strip()]
