"""How each kind of question is asked and answered in cells: what is shown, allowed and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from questionnaires.kinds import KINDS
from questionnaires.kinds.decimal import Decimal
from questionnaires.kinds.text import DEFAULT_LENGTH
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.offline.layout import NO, YES, option_labels
from questionnaires.problems import Problem, Template
from questionnaires.text import LANGUAGES, Language

Validation = dict[str, Any]

FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier days are kept as text

UNCLEAR_TICK = Template(
    "unclear-tick",
    "“{value}”看不出是选了还是没选，请改成 √ 或清空。",
    '"{value}" could mean chosen or not; put √ or leave it empty.',
)
NOT_LISTED = Template(
    "not-listed",
    "“{value}”不在选项里，请从下拉框里选一项。",
    '"{value}" is none of the options; choose one from the list.',
)
_TICKED = frozenset(
    {"√", "✓", "✔", "☑", "✅", "v", "y", "yes", "true", "1", "是", "选", "对", "■", "●"}
)
_NOT_TICKED = frozenset({"", "0", "n", "no", "false", "否", "无", "☐", "□", "○", "-", "—", "/"})


@dataclass(frozen=True, slots=True)
class Cells:
    """One kind in the form.

    `show` gives the content of the answer cell, `choices` what it may be chosen from, `rule` what
    Excel lets it hold; `read` takes a cell back to what `Kind.read` understands, or
    says what is wrong.
    """

    show: Callable[[Question, Any, Language], Any]
    choices: Callable[[Question, Language], list[str]] = lambda _question, _language: []
    rule: Callable[[Question], Validation] = lambda _question: {}
    read: Callable[[Question, object], object] = lambda _question, cell: cell
    number_format: str = "@"


def _labels(question: Question, language: Language) -> list[str]:
    ids = tuple(option.id for option in question.options)
    return option_labels(tuple(option.label for option in question.options), ids, language)


def _folded(cell: object) -> str:
    return "".join(plain(str(cell)).lower().split())


def _show_single(question: Question, raw: Any, language: Language) -> str:
    return _labels(question, language)[question.option_index[raw]]


def _read_single(question: Question, cell: object) -> object:
    """The id of the option whose label, in either language, the cell holds."""
    for language in LANGUAGES:
        for label, option in zip(_labels(question, language), question.options, strict=True):
            if _folded(label) == _folded(cell):
                return option.id
    return _listed(question, cell)


def _listed(question: Question, cell: object) -> object:
    """A cell that `Kind.read` understands, or that it is none of the list."""
    found = KINDS[question.kind].read(question, cell)
    return NOT_LISTED.of(value=cell) if isinstance(found, Problem) else cell


def _show_yesno(_question: Question, raw: Any, language: Language) -> str:
    return (YES if raw else NO).to(language)


def _yes_or_no(_question: Question, language: Language) -> list[str]:
    return [YES.to(language), NO.to(language)]


def _show_number(_question: Question, raw: Any, _language: Language) -> int | float | str:
    # XlsxWriter keeps 16 digits; a number that needs 17 is kept as text
    return raw if float(f"{raw:.16G}") == raw else repr(raw)


def _number_rule(question: Question) -> Validation:
    kind = KINDS[question.kind]
    assert isinstance(kind, Decimal)
    low, high = kind.bounds(question)
    validate = "integer" if question.kind == "whole" else "decimal"
    return {"validate": validate, "criteria": "between", "minimum": low, "maximum": high}


def _show_date(_question: Question, raw: Any, _language: Language) -> date | str:
    day = date.fromisoformat(raw)
    return day if day >= FIRST_DAY else str(raw)


def _date_rule(_question: Question) -> Validation:
    last = date(2100, 12, 31)
    return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": last}


def _text_rule(question: Question) -> Validation:
    most = question.length or DEFAULT_LENGTH
    return {"validate": "length", "criteria": "<=", "value": most}


def _show_as_is(_question: Question, raw: Any, _language: Language) -> Any:
    return raw


_NUMBER = Cells(_show_number, rule=_number_rule, number_format="General")

CELLS: Mapping[str, Cells] = MappingProxyType(
    {
        "single": Cells(_show_single, choices=_labels, read=_read_single),
        "yesno": Cells(_show_yesno, choices=_yes_or_no, read=_listed),
        "whole": _NUMBER,
        "decimal": _NUMBER,
        "percentage": _NUMBER,
        "date": Cells(_show_date, rule=_date_rule, number_format="yyyy-mm-dd"),
        "text": Cells(_show_as_is, rule=_text_rule),
    }
)
"""Kinds answered in one cell; of `multi` every option has a row to tick."""


def is_ticked(cell: object) -> bool | Problem:
    """Whether an option's cell says that it is chosen."""
    if isinstance(cell, bool | int | float):
        return bool(cell)
    mark = _folded(cell)
    if mark in _TICKED:
        return True
    return False if mark in _NOT_TICKED else UNCLEAR_TICK.of(value=cell)
