"""Rows of a roster file checked: what each of their cells means, or why it means nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from diagnose.roster.intake.fields import NEEDED, Field, fields
from diagnose.roster.intake.kinds import reader
from diagnose.roster.intake.reading import Row
from questionnaires.problems import EXCEL_ERROR, EXCEL_ERRORS, Problem, Template
from questionnaires.text import Text

MISSING = Template("missing", "缺少{what}。", "{what} is missing.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be taken: the heading it is about ('': the row as a whole), the reason."""

    heading: str
    reason: Text


@dataclass(slots=True)
class Checked:
    """Rows with what their columns mean; `wrong` holds the bad ones by their place.

    `values` has a list for each fact; None where a cell is blank.
    """

    lines: Sequence[int]
    values: dict[str, list[Any]]
    wrong: dict[int, list[Wrong]] = field(default_factory=dict)

    def complain(self, at: int, heading: str, reason: Text) -> None:
        """Note that a row cannot be taken."""
        self.wrong.setdefault(at, []).append(Wrong(heading, reason))


class Checker:
    """Reads the columns of a file, each by the field that it holds ('' for none)."""

    def __init__(self, headings: Sequence[str], meant: Sequence[str]) -> None:
        self.width = len(headings)
        chosen = [(at, fields()[name]) for at, name in enumerate(meant) if name]
        self.columns = [(at, headings[at], each, reader(each)) for at, each in chosen]

    def check(self, rows: Sequence[Row]) -> Checked:
        """What some rows say."""
        found = Checked([line for line, _cells in rows], {})
        nothing = [""] * self.width
        cells = [nothing if isinstance(each, Problem) else each for _line, each in rows]
        columns = list(zip(*cells, strict=True))
        for at, (_line, each) in enumerate(rows):
            if isinstance(each, Problem):
                found.complain(at, "", each.text)
        for place, heading, meant, read in self.columns:
            raws = list(columns[place])
            if not EXCEL_ERRORS.isdisjoint(raws):
                _take_errors(found, heading, raws)
            values, problems = read(raws)
            found.values[meant.of] = values
            for at, problem in problems:
                found.complain(at, heading, problem.text)
        for _place, heading, meant, _read in self.columns:
            if meant.id in NEEDED:
                _demand(found, meant, heading)
        return found


def _take_errors(found: Checked, heading: str, raws: list[object]) -> None:
    """Complain of the cells whose formula failed, and leave them blank."""
    for at, raw in enumerate(raws):
        if raw in EXCEL_ERRORS:
            found.complain(at, heading, EXCEL_ERROR.of(value=raw).text)
            raws[at] = ""


def _demand(found: Checked, meant: Field, heading: str) -> None:
    for at, value in enumerate(found.values[meant.of]):
        if value is None and not _is_told(found.wrong.get(at, ()), heading):
            found.complain(at, heading, MISSING.of(what=meant.title).text)


def _is_told(wrong: Sequence[Wrong], heading: str) -> bool:
    return any(each.heading in ("", heading) for each in wrong)
