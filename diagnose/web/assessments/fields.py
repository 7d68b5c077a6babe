"""How each kind of question is put on a page: its form field, its look, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from flask_babel import gettext as _
from wtforms import Field, SelectMultipleField, StringField

from questionnaires.model import Question
from questionnaires.normal import clean_text
from questionnaires.text import Language

UNKNOWN = "~unknown"
NOT_APPLICABLE = "~not_applicable"
STATES = (UNKNOWN, NOT_APPLICABLE)

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Look:
    """One kind on a page.

    `field` holds what is given, `template` names the macro that draws it. Kinds with `options`
    offer the states “unknown” and “not applicable” among them, the others beside the field.
    """

    field: Callable[[], Any]
    template: str
    options: Callable[[Question, Language], Choices] | None = None


def states(question: Question) -> Choices:
    """The states a firm may give instead of an answer."""
    found = [(UNKNOWN, _("I do not know"))] if offers_unknown(question) else []
    if question.may_not_apply:
        found.append((NOT_APPLICABLE, _("Does not apply to us")))
    return found


def offers_unknown(question: Question) -> bool:
    """Whether “unknown” says more than an empty field would."""
    return question.required or question.kind != "text"


def _options(question: Question, language: Language) -> Choices:
    return [(option.id, option.label.to(language)) for option in question.options]


def _yes_or_no(_question: Question, _language: Language) -> Choices:
    return [("yes", _("Yes")), ("no", _("No"))]


def several() -> Any:
    """A field that takes several values; what they may be is the questionnaire's to judge."""
    return SelectMultipleField(choices=[], validate_choice=False)


_NUMBER = Look(StringField, "number")

LOOKS: Mapping[str, Look] = {
    "single": Look(StringField, "radios", _options),
    "multi": Look(several, "checkboxes", _options),
    "yesno": Look(StringField, "radios", _yes_or_no),
    "whole": _NUMBER,
    "decimal": _NUMBER,
    "percentage": _NUMBER,
    "date": Look(StringField, "date"),
    "text": Look(StringField, "text"),
}


def offered(question: Question, language: Language) -> Choices:
    """The options of a question as its page lists them; none where it is typed."""
    options = LOOKS[question.kind].options
    return options(question, language) if options else []


def chosen(field: Field) -> list[str]:
    """What was ticked or typed in a field, blanks left out."""
    data = field.data if isinstance(field.data, list) else [field.data]
    return legible(value for value in data if value is not None)


def legible(values: Iterable[str]) -> list[str]:
    """Values as they are kept, blanks left out."""
    return [kept for value in values if (kept := legibly(value))]


def legibly(typed: str) -> str:
    """What was typed as every text is kept, see `clean_text`.

    '' where nothing is left that can be seen, such as zero-width spaces alone.
    """
    kept = clean_text(typed)
    return kept if any(category(char)[0] not in "CZ" for char in kept) else ""
