"""What the self-assessment answered already, so that the census does not ask it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from diagnose.needs.fields import Field, census_form
from diagnose.reading import questionnaire, raw_answers
from diagnose.records import Assessment, Status

HINTS: tuple[str, ...] = ("wish", "services", "demo_site")
TABLES = ("systems", "pains")
OURS = frozenset({"from_sheet", "no_needs"})
"""What submission adds to the facts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from sheet `assessment_id` of `at`: fields that need not be asked.

    `values` by field id as `Census.facts` keeps them; tables hold the ids that were ticked.
    `hints` are answers to other questions that a new need may begin with.
    """

    assessment_id: int | None
    at: datetime | None
    values: Mapping[str, Any]
    hints: Mapping[str, Any]


def known_of(session: Session, firm_id: int) -> Known:
    """What the firm's last submitted self-assessment tells."""
    sheet = session.exec(
        select(Assessment)
        .where(
            Assessment.firm_id == firm_id,
            Assessment.status == Status.SUBMITTED,
            Assessment.questionnaire == questionnaire().id,
        )
        .order_by(col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    ).first()
    if sheet is None or sheet.id is None:
        return Known(None, None, {}, {})
    return known_from(raw_answers(session, sheet.id), sheet.id, sheet.submitted_at)


def known_from(
    answers: Mapping[str, Any], assessment_id: int | None = None, at: datetime | None = None
) -> Known:
    """What these answers tell; unknown and not applicable tell nothing."""
    said = {q: raw for q, raw in answers.items() if not isinstance(raw, Mapping)}
    values = {field.id: _value(field, said) for field in census_form().fields if field.known_from}
    told = {id_: value for id_, value in values.items() if value is not None}
    hints = {question: said[question] for question in HINTS if question in said}
    return Known(assessment_id, at, told, hints)


def _value(field: Field, said: Mapping[str, Any]) -> Any:
    given: Sequence[Any] = [said[q] for q in field.known_from if q in said]
    if not given or field.known_from[0] not in said:
        return None
    if field.options:
        ticked = given[0] if isinstance(given[0], list) else [given[0]]
        return [id_ for id_ in ticked if id_ in field.options]
    if field.kind in {"whole", "decimal"}:
        return sum(given)
    return given[0]


def settled(facts: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The facts with what is known added; tables hold a row for each id that was ticked."""
    found = dict(facts)
    for id_, value in known.values.items():
        if id_ in TABLES:
            found[id_] = {each: {} for each in value} | facts.get(id_, {})
        else:
            found[id_] = value
    if known.assessment_id is not None:
        found["from_sheet"] = {"assessment": known.assessment_id, "fields": sorted(known.values)}
    return found


def unsettled(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the firm itself gave them: `settled` taken back."""
    known = facts.get("from_sheet", {}).get("fields", ())
    own = {id_: v for id_, v in facts.items() if id_ not in OURS and id_ not in known}
    tables = {id_: {e: row for e, row in facts.get(id_, {}).items() if row} for id_ in TABLES}
    return own | {id_: rows for id_, rows in tables.items() if rows}
