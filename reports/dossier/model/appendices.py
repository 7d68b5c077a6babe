"""Appendices: answers, method, what was estimated and what is unknown, notice on data."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question as answered: `state` of the answer, points where it is scored (else None).

    `label` begins with `number`, by which problems and cards refer to the question.
    """

    question: str
    label: Text
    answer: Text
    state: Text
    points: float | None
    full: float | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """The answers of one section of the questionnaire."""

    title: Text
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One number or rule, where it comes from and how sure it is (`mark` in words)."""

    what: Text
    value: Text
    source: Text
    mark: Text


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures come about; `marks` explains the words used in `MethodRow.mark`."""

    paragraphs: tuple[Text, ...]
    marks: tuple[tuple[Text, Text], ...]
    rows: tuple[MethodRow, ...]


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One class of statement that is estimated or not known, and what follows from that."""

    what: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Estimates:
    """What was estimated, and what is unknown (each may be empty; the leads read alone)."""

    estimated_lead: Text
    estimated: tuple[EstimateRow, ...]
    unknown_lead: Text
    unknown: tuple[EstimateRow, ...]
