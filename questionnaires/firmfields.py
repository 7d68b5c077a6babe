"""The firm block of an answer sheet: its fields are read like questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from questionnaires.kinds import KINDS
from questionnaires.kinds.base import Encoder, Kind
from questionnaires.kinds.choices import as_code
from questionnaires.kinds.text import Text as TextKind
from questionnaires.model import Question
from questionnaires.normal import clean_line
from questionnaires.problems import (
    BAD_INDUSTRY,
    BAD_USCC,
    EXCEL_NUMBER,
    WRONG_TYPE,
    Problem,
)
from questionnaires.text import Text

_INDUSTRY = re.compile("[A-Ta-t]?([0-9]{2,4})")
_USCC_LENGTH = 18
_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, at, 31) for at in range(_USCC_LENGTH - 1)])  # GB 32100-2015
_VALUES = np.full(256, -1)
_VALUES[list(_ALPHABET)] = np.arange(len(_ALPHABET))
_DIGITS = 8  # the authority, the sort of entity and the region are digits
_SPACING = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u3000")
_WHY: Mapping[type[ValidationError], Text] = MappingProxyType(
    {
        InvalidLength: Text("应为 18 位", "it must have 18 characters"),
        InvalidFormat: Text(
            "前 8 位应为数字，其余为数字或除 I、O、S、V、Z 外的大写字母",
            "the first 8 are digits, the rest digits or capitals but I, O, S, V, Z",
        ),
        InvalidChecksum: Text(
            "最后一位校验码不符，请核对有无录错",
            "its last character, the check digit, does not fit; look for a typing error",
        ),
    }
)


class Line(TextKind):
    """Text on one line, without tabs and breaks."""

    name = "line"

    def clean(self, typed: str) -> str:
        """The text as it is kept."""
        return clean_line(typed)


class Uscc(Line):
    """A unified social credit code with its check digit (GB 32100-2015)."""

    name = "uscc"

    def read(self, question: Question, raw: object) -> str | Problem:
        """A code, full-width, in small letters or spaced out; '' where none is given."""
        if isinstance(raw, float):  # which holds 15 digits of the 18
            return EXCEL_NUMBER.of(value=raw)
        typed = as_code(raw)
        if typed is None:
            return WRONG_TYPE.of(value=raw, expected=question.label)
        code = typed.translate(_SPACING).upper()
        if not code:
            return ""
        try:
            return str(stdnum_uscc.validate(code))
        except ValidationError as error:
            return BAD_USCC.of(value=raw, why=_WHY[type(error)])

    def encoder(self, question: Question) -> Encoder:
        """Works out the check digits of all plainly written codes in one array operation."""

        def encode(raws: list[object]) -> tuple[NDArray[Any], list[int]]:
            column = np.full(len(raws), "", dtype=object)
            column[:] = [raw if _plainly(raw) else "" for raw in raws]
            at = np.flatnonzero(column != "")
            column[at[~valid_codes(column[at])]] = ""
            taken = column != ""
            return column, [
                row for row in np.flatnonzero(~taken).tolist() if raws[row] not in (None, "")
            ]

        return encode


def _plainly(raw: object) -> bool:
    return type(raw) is str and len(raw) == _USCC_LENGTH and raw.isascii()


def valid_codes(codes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """(n,) which of the codes, each of 18 ASCII characters, `stdnum.cn.uscc` would accept."""
    letters = np.frombuffer("".join(codes).encode("ascii"), dtype=np.uint8)
    values = _VALUES[letters.reshape(-1, _USCC_LENGTH)]
    formed = (values >= 0).all(axis=1) & (values[:, :_DIGITS] < 10).all(axis=1)  # noqa: PLR2004  # a digit
    check = -(values[:, :-1] @ _WEIGHTS) % len(_ALPHABET)
    return np.asarray(formed & (check == values[:, -1]))


class Industry(Line):
    """A GB/T 4754 code of 2 to 4 digits; the letter of its section is dropped."""

    name = "industry"

    def read(self, question: Question, raw: object) -> str | Problem:
        """`3484`, `C3484`, or the number that Excel made of it; '' where none is given."""
        code = as_code(raw)
        if code == "":
            return code
        match = _INDUSTRY.fullmatch(code) if code is not None else None
        return match[1] if match else BAD_INDUSTRY.of(value=raw)

    def encoder(self, question: Question) -> Encoder:
        """Looks codes up."""
        return Kind.encoder(self, question)


FIELDS: tuple[tuple[Question, Kind], ...] = (
    (Question("uscc", "uscc", Text("统一社会信用代码", "The unified social credit code")), Uscc()),
    (Question("name", "line", Text("企业名称", "The firm's name"), length=200), Line()),
    (
        Question("industry", "industry", Text("行业代码", "The industry"), required=False),
        Industry(),
    ),
    (
        Question("region", "line", Text("所在区域", "The region"), length=100, required=False),
        Line(),
    ),
    (
        Question("employees", "whole", Text("从业人员", "Employees"), minimum=0, required=False),
        KINDS["whole"],
    ),
    (
        Question("revenue", "decimal", Text("营业收入", "Revenue"), minimum=0, required=False),
        KINDS["decimal"],
    ),
)
FIELD_IDS = tuple(question.id for question, _ in FIELDS)
