"""How the cells of a column are read, many at once: each a value (None: blank) or a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from diagnose.roster.intake.fields import Field, folded
from models.firms import industry_codes
from questionnaires.clock import today
from questionnaires.firmfields import Industry, Line, Uscc
from questionnaires.kinds import KINDS
from questionnaires.kinds.base import MEMO_SIZE, Kind
from questionnaires.kinds.choices import as_code
from questionnaires.model import Question
from questionnaires.problems import Problem, Template
from questionnaires.text import Text

NOT_LISTED = Template(
    "unknown-industry",
    "“{value}”不是 GB/T 4754—2017 采矿、制造、电热燃水（B–D 门类）的行业代码。",
    '"{value}" is not an industry code of GB/T 4754-2017, sections B to D (mining, '
    "manufacturing, energy and water).",
)
UNKNOWN_WORD = Template(
    "unknown-word",
    "不认识“{value}”，可以写：{known}。",
    '"{value}" is not known; write one of: {known}.',
)
TO_COME = Template(
    "future-day",
    "{value} 还没有到，入规日期不能晚于今天。",
    "{value} is still to come; a firm cannot have entered later than today.",
)
_DAY = re.compile("([12][0-9]{3})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile("[2-6][0-9]{4}")  # 1954 to 2091
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
_SEVERAL = re.compile(r"[、,，;；|/\s]+")

Values = tuple[list[Any], list[tuple[int, Problem]]]
Reader = Callable[[list[object]], Values]
"""Cells of a column → their values, and the places of those that mean nothing."""


def reader(meant: Field) -> Reader:
    """How columns that hold `meant` are read."""
    return _READERS[meant.kind](meant)


def _by_column(kind: Kind, meant: Field) -> Reader:
    """Texts, which differ from row to row: plain ones are taken as they are."""
    question = _question(meant)
    encode = kind.encoder(question)

    def read(raws: list[object]) -> Values:
        column, care = encode(raws)
        values = [value or None for value in column.tolist()]
        problems = []
        for at in care:
            value = kind.read(question, raws[at])
            if isinstance(value, Problem):
                problems.append((at, value))
            else:
                values[at] = value or None
        return values, problems

    return read


def _by_value(one: Callable[[object], Any]) -> Reader:
    """Values that come again and again: each is read once."""
    known: dict[object, Any] = {None: None, "": None}

    def read(raws: list[object]) -> Values:
        values: list[Any] = [None] * len(raws)
        problems = []
        for at, raw in enumerate(raws):
            value = known[raw] if raw in known else one(raw)
            if isinstance(value, Problem):
                problems.append((at, value))
                continue
            values[at] = value
            if len(known) < MEMO_SIZE:
                known[raw] = value
        return values, problems

    return read


def _question(meant: Field) -> Question:
    return Question(
        meant.id,
        meant.kind,
        meant.title,
        required=False,
        length=meant.length,
        minimum=0,
        maximum=meant.maximum,
    )


def _group(meant: Field) -> Reader:
    """Names that many rows share: streets, parks, chains, grid officers."""
    kind, question = Line(), _question(meant)

    def one(raw: object) -> str | Problem | None:
        return kind.read(question, raw) or None

    return _by_value(one)


def _number(meant: Field) -> Reader:
    kind, question, most = KINDS[meant.kind], _question(meant), meant.maximum or 0

    def one(raw: object) -> float | Problem | None:
        quick = _plainly(raw)
        takes = quick is not None and quick <= most
        if takes and (meant.kind == "decimal" or quick.is_integer()):  # type: ignore[union-attr]  # as above
            value: Any = quick
        else:
            value = kind.read(question, raw)
        if isinstance(value, Problem):
            return value
        if kind.is_blank(value):
            return None
        return int(value) if meant.kind == "whole" else round(value * meant.factor, 6)

    return _by_value(one)


def _plainly(raw: object) -> float | None:
    """The number that plain digits spell, which is quicker than all that else may be written."""
    plain = isinstance(raw, str) and raw.isascii() and raw.replace(".", "", 1).isdigit()
    return float(str(raw)) if plain else None


def _industry(meant: Field) -> Reader:
    kind, question, codes = Industry(), _question(meant), frozenset(industry_codes())

    def one(raw: object) -> str | Problem | None:
        code = kind.read(question, raw)
        if isinstance(code, Problem) or not code:
            return code or None
        for spelt in (code, f"0{code}"):  # Excel takes the first nought of 0610
            if spelt in codes:
                return spelt
        return NOT_LISTED.of(value=raw)

    return _by_value(one)


def _serial(raw: object) -> date | None:
    """The day that Excel means by a number, of a cell that was not formatted as a day."""
    code = as_code(raw) or ""
    if not _SERIAL.fullmatch(code):
        return None
    return date.fromordinal(_DAY_NOUGHT + int(code))


def _date(meant: Field) -> Reader:
    kind, question = KINDS["date"], _question(meant)

    def one(raw: object) -> date | Problem | None:
        day = _serial(raw)
        if day is not None:
            return day if day <= today() else TO_COME.of(value=day)
        match = _DAY.fullmatch(as_code(raw) or "")
        number = kind.read(question, "-".join(match.groups()) if match else raw)
        if isinstance(number, Problem):
            return number
        if kind.is_blank(number):
            return None
        day = date.fromordinal(number)
        return day if day <= today() else TO_COME.of(value=day)

    return _by_value(one)


def _word(meant: Field) -> Reader:
    def one(raw: object) -> str | Problem | None:
        word = folded(str(raw))
        found: str | None = meant.words.get(word)
        return found if found or not word else _unknown(meant, raw)

    return _by_value(one)


def _flags(meant: Field) -> Reader:
    def one(raw: object) -> int | Problem | None:
        words = [folded(word) for word in _SEVERAL.split(str(raw))]
        flags = [meant.words.get(word) for word in words if word]
        if None in flags:
            return _unknown(meant, raw)
        return sum(set(flags)) if flags else None  # type: ignore[arg-type]  # None was sent away

    return _by_value(one)


def _unknown(meant: Field, raw: object) -> Problem:
    known = "、".join(_first_words(meant))
    return UNKNOWN_WORD.of(value=raw, known=Text(known, known))


def _first_words(meant: Field) -> tuple[str, ...]:
    """One word for each value."""
    firsts = {value: word for word, value in reversed(list(meant.words.items()))}
    return tuple(firsts.values())


_READERS: Mapping[str, Callable[[Field], Reader]] = MappingProxyType(
    {
        "uscc": lambda meant: _by_column(Uscc(), meant),
        "line": lambda meant: _by_column(Line(), meant),
        "group": _group,
        "industry": _industry,
        "whole": _number,
        "decimal": _number,
        "date": _date,
        "word": _word,
        "flags": _flags,
    }
)
