"""What comes out of reading answer sheets: the sheets, and what could not be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from questionnaires.sheets import Sheets
from questionnaires.text import Text


class RawSheet(NamedTuple):
    """One row as it was read: its line in the file, the firm block, the answers by question."""

    line: int
    firm: Mapping[str, object]
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rejection:
    """One problem of a row that was left out.

    `column` is the field or question ('' the whole row), `code` one of `questionnaires.problems`,
    `uscc` the firm's code as far as it could be read.
    """

    line: int
    column: str
    value: str
    code: str
    reason: Text
    uscc: str = ""


@dataclass(frozen=True)
class Reading:
    """The sheets that were taken, every problem of the others, and how many rows there were."""

    sheets: Sheets
    rejected: tuple[Rejection, ...]
    read: int
