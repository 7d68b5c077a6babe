"""A section put on a page: its questions with their fields, states, problems and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diagnose.web.assessments.fields import LOOKS, offered, states
from diagnose.web.assessments.forms import (
    Asked,
    Beside,
    SectionForm,
    field_name,
    make_section_form,
    reason_name,
    state_name,
)
from diagnose.web.assessments.parsing import Given, gather
from questionnaires.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from questionnaires.model import Section
from questionnaires.sheets import Sheets, State
from questionnaires.text import Language


def empty_form(section: Section, kept: Mapping[str, object], edition: int) -> SectionForm:
    """The form of a section, filled with what is kept."""
    form = make_section_form(section)(formdata=None, edition=edition)
    for question in section.questions:
        form.fill(question, kept.get(question.id))
    return form


def read_form(form: SectionForm, section: Section) -> Given:
    """The answers a filled form gives."""
    return gather((question, form.said(question)) for question in section.questions)


def lay_out(
    form: SectionForm, section: Section, sheets: Sheets, beside: Beside, language: Language
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
            problem=beside.problems.get(question.id),
            elsewhere=beside.elsewhere.get(question.id),
            before=beside.before.get(question.id),
            files=beside.files.get(question.id, []),
            share=beside.shares.get(question.id),
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
