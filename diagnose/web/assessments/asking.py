"""A section put on a page: its questions with their fields, states, problems and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from diagnose.web.assessments.fields import LOOKS, offered, states
from diagnose.web.assessments.forms import (
    Asked,
    SectionForm,
    field_name,
    make_section_form,
    reason_name,
    state_name,
)
from questionnaires.check import check_answers
from questionnaires.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from questionnaires.kinds import KINDS
from questionnaires.model import Question, Questionnaire, Section
from questionnaires.sheets import Sheets, State
from questionnaires.text import Language, Text


@dataclass(frozen=True, slots=True)
class Given:
    """What a section's page gave: answers to keep, and what is wrong with the others."""

    answers: Mapping[str, object]
    problems: Mapping[str, Text]


def empty_form(section: Section, kept: Mapping[str, object], edition: int) -> SectionForm:
    """The form of a section, filled with what is kept."""
    form = make_section_form(section)(formdata=None, edition=edition)
    for question in section.questions:
        form.fill(question, kept.get(question.id))
    return form


def read_form(
    form: SectionForm, questionnaire: Questionnaire, section: Section, kept: Mapping[str, object]
) -> Given:
    """The answers a filled form gives, checked together with all that is kept."""
    asked: dict[str, object] = {}
    problems: dict[str, Text] = {}
    for question in section.questions:
        asked[question.id], wrong = form.answer(question)
        if wrong:
            problems[question.id] = wrong
    checked = check_answers(questionnaire, _present({**kept, **asked}))
    problems = {**{q: checked.problems[q] for q in asked if q in checked.problems}, **problems}
    fit = [question for question in section.questions if question.id not in problems]
    return Given(
        {question.id: _plainly(question, asked[question.id]) for question in fit}, problems
    )


def _plainly(question: Question, raw: object) -> object:
    """A good answer in the one form in which it is kept, None where it is blank."""
    if raw is None or isinstance(raw, Mapping):
        return raw
    kind = KINDS[question.kind]
    value = kind.read(question, raw)
    # NaN, the blank of numbers, is the one value that differs from itself
    return None if value == kind.blank or value != value else kind.write(question, value)  # noqa: PLR0124


def _present(answers: Mapping[str, object]) -> dict[str, object]:
    return {question: raw for question, raw in answers.items() if raw is not None}


def lay_out(
    form: SectionForm,
    section: Section,
    sheets: Sheets,
    problems: Mapping[str, Text],
    elsewhere: Mapping[str, str],
    language: Language,
) -> list[Asked]:
    """The questions of a section in their order, each with all that its page shows."""
    index = sheets.questionnaire.index
    return [
        Asked(
            question=question,
            number=index[question.id] + 1,
            field=form[field_name(question)],
            template=LOOKS[question.kind].template,
            options=offered(question, language),
            states=states(question),
            state=_field(form, state_name(question)),
            reason=_field(form, reason_name(question)),
            shown=sheets.states[0, index[question.id]] != State.OFF_ROUTE,
            problem=problems.get(question.id),
            elsewhere=elsewhere.get(question.id),
        )
        for question in section.questions
    ]


def _field(form: SectionForm, name: str) -> Any:
    return form[name] if name in form else None  # noqa: SIM401  # a form has no get


def condition_data(condition: Condition) -> dict[str, Any]:
    """A condition as the page's script reads it."""
    match condition:
        case Is(question, options):
            return {"question": question, "is": list(options)}
        case AtLeast(question, minimum):
            return {"question": question, "atLeast": minimum}
        case All(parts):
            return {"all": [condition_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_data(part) for part in parts]}
        case Not(part):
            return {"not": condition_data(part)}


def settled_elsewhere(
    section: Section, sheets: Sheets, kept: Mapping[str, object]
) -> dict[str, object]:
    """Answers of other sections that this section's conditions ask for.

    None where the question is open; a question off route is left out.
    """
    here = {question.id for question in section.questions}
    wanted = {
        leaf
        for question in section.questions
        if question.when
        for leaf in _questions_of(question.when)
    }
    index = sheets.questionnaire.index
    on_route = [q for q in sorted(wanted - here) if sheets.states[0, index[q]] != State.OFF_ROUTE]
    return {q: kept.get(q) if sheets.answered(q)[0] else None for q in on_route}


def _questions_of(condition: Condition) -> Iterator[str]:
    match condition:
        case Is(question, _options) | AtLeast(question, _options):
            yield question
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _questions_of(part)
        case Not(part):
            yield from _questions_of(part)


def in_words(question: Question, raw: object, language: Language) -> str:
    """A kept answer as a sentence shows it."""
    if isinstance(raw, Mapping):
        words = [_("I do not know") if raw["state"] == "unknown" else _("Does not apply to us")]
    elif isinstance(raw, bool):
        words = [_("Yes") if raw else _("No")]
    else:
        labels = {option.id: option.label.to(language) for option in question.options}
        values = raw if isinstance(raw, list) else [raw]
        words = [labels.get(str(value), str(value)) for value in values]
    return ("；" if language == "zh" else "; ").join(words)
