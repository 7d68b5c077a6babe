"""The batch path: many raw rows into sheets, chunk by chunk and column by column."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questionnaires.check.columns import Encoded, Reader
from questionnaires.check.names import unknown_names
from questionnaires.errors import SheetsUnreadable
from questionnaires.firmfields import FIELD_IDS, FIELDS
from questionnaires.kinds import KINDS
from questionnaires.model import Questionnaire
from questionnaires.normal import shown
from questionnaires.problems import (
    MISSING,
    SAME_FIRM,
    Problem,
)
from questionnaires.reading import RawSheet, Reading, Rejection
from questionnaires.routing import routed
from questionnaires.sheets import Firms, Sheets, State
from questionnaires.text import Text

CHUNK = 150  # a chunk stays in the processor's cache
MOST_PROBLEMS = 200_000  # where most rows are bad; told one by one they would fill the memory
TOO_MANY = Text(
    "问题超过 {most} 个，多半用错了问卷或列。第一个在第 {line} 行{column}：{why}",
    "More than {most} problems; the questionnaire or a column is probably the wrong one. "
    "The first is in line {line}{column}: {why}",
)


def check_rows(questionnaire: Questionnaire, rows: Iterable[RawSheet | Rejection]) -> Reading:
    """Raw rows as sheets, in their order; what cannot be taken is rejected row by row.

    Every problem of a bad row is listed, and no bad row stops another. A row that a reader
    already rejected is passed through. Of a firm that occurs twice the first good row is kept.
    Raises `SheetsUnreadable` after 200,000 problems if most rows had one.
    """
    checker = Checker(questionnaire)
    rows = iter(rows)
    with _no_search_for_cycles():
        while chunk := list(islice(rows, CHUNK)):
            checker.take(chunk)
    return checker.reading()


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows hold no reference cycles; looking for some takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _too_many(first: Rejection) -> SheetsUnreadable:
    column = f", {first.column}" if first.column else ""
    told = {"most": MOST_PROBLEMS, "line": first.line, "column": column, "why": first.reason}
    return SheetsUnreadable(TOO_MANY.format(**told))


class Checker:
    """Collects chunks of rows; memory is that of the arrays."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._fields = [Reader(question, kind) for question, kind in FIELDS]
        self._answers = [Reader(q, KINDS[q.kind]) for q in questionnaire.questions]
        self._parts: list[Part] = []
        self._rejected: list[Rejection] = []
        self._lines: dict[str, int] = {}
        self._read = 0
        self._kept = 0

    def take(self, chunk: list[RawSheet | Rejection]) -> None:
        """Check and keep one chunk of rows."""
        self._read += len(chunk)
        self._rejected += [row for row in chunk if isinstance(row, Rejection)]
        rows = [row for row in chunk if not isinstance(row, Rejection)]
        if not rows:
            return
        part = Part(rows, self._fields, self._answers)
        found = part.problems(self.questionnaire)
        self._refuse_repeated(part, found)
        self._rejected += part.rejections(found)
        good = np.array([row for row in range(len(rows)) if row not in found], dtype=np.intp)
        part.keep(good, self._kept)
        self._kept += len(good)
        self._parts.append(part)
        if len(self._rejected) > MOST_PROBLEMS and self._read > 2 * self._kept:
            raise _too_many(min(self._rejected, key=lambda rejection: rejection.line))

    def _refuse_repeated(self, part: Part, found: Found) -> None:
        for row, (raw, uscc) in enumerate(zip(part.rows, part.uscc, strict=True)):
            first = self._lines.get(uscc)
            if first is not None:
                problem = SAME_FIRM.of(line=first)
                found.setdefault(row, []).insert(0, ("uscc", uscc, problem))
            elif row not in found:
                self._lines[uscc] = raw.line

    def reading(self) -> Reading:
        """All that was taken."""
        width = len(self._answers)
        parts = self._parts
        fields = [_joined([p.fields[at] for p in parts], r) for at, r in enumerate(self._fields)]
        columns = [_joined([p.columns[at] for p in parts], r) for at, r in enumerate(self._answers)]
        states = [part.states for part in parts] or [np.empty((0, width), np.int8)]
        sheets = Sheets(
            questionnaire=self.questionnaire,
            firms=Firms(**dict(zip(FIELD_IDS, fields, strict=True))),
            states=np.concatenate(states),
            columns=tuple(columns),
            lines=np.concatenate([part.lines for part in parts] or [np.empty(0, np.int64)]),
            reasons={place: why for part in parts for place, why in part.reasons.items()},
        )
        rejected = tuple(sorted(self._rejected, key=lambda rejection: rejection.line))
        return Reading(routed(sheets), rejected, self._read)


Found = dict[int, list[tuple[str, object, Problem]]]
"""Row → what is wrong with it: column, raw value, problem."""


class Part:
    """One chunk of rows as arrays."""

    def __init__(self, rows: list[RawSheet], fields: list[Reader], answers: list[Reader]) -> None:
        self.rows = rows
        self._odd: set[int] = set()  # rows with names that are neither field nor question
        self._fields = self._encode(fields, [row.firm for row in rows])
        self._answers = self._encode(answers, [row.answers for row in rows])
        self.uscc: list[str] = self._fields[0].column.tolist()

    def _encode(self, readers: list[Reader], rows: list[Mapping[str, object]]) -> list[Encoded]:
        nothing: dict[str, object] = {reader.question.id: None for reader in readers}
        full = [{**nothing, **row} for row in rows]
        self._odd.update(at for at, row in enumerate(full) if len(row) > len(nothing))
        # the known names come first, in their order, whatever the order of a row
        columns = zip(*(row.values() for row in full), strict=False)
        return [reader.many(list(raws)) for reader, raws in zip(readers, columns, strict=False)]

    def problems(self, questionnaire: Questionnaire) -> Found:
        """What is wrong, by row: unknown names, then the firm, then the answers."""
        found: Found = {}
        for at in self._odd:
            row = self.rows[at]
            found[at] = [*unknown_names(questionnaire, row.firm, row.answers)]
        for (question, _), encoded in zip(FIELDS, self._fields, strict=True):
            problems = dict(encoded.problems)
            if question.required:
                missing = np.flatnonzero(encoded.states != State.ANSWERED).tolist()
                problems = {at: MISSING.of(what=question.label) for at in missing} | problems
            for at, problem in problems.items():
                raw = self.rows[at].firm.get(question.id)
                found.setdefault(at, []).append((question.id, raw, problem))
        for question, encoded in zip(questionnaire.questions, self._answers, strict=True):
            for at, problem in encoded.problems.items():
                raw = self.rows[at].answers.get(question.id)
                found.setdefault(at, []).append((question.id, raw, problem))
        return found

    def rejections(self, found: Found) -> list[Rejection]:
        """The problems with their lines and firms."""
        return [
            Rejection(
                line=self.rows[at].line,
                column=column,
                value=shown("" if raw is None else raw),
                code=problem.code,
                reason=problem.text,
                uscc=self.uscc[at] or _as_typed(self.rows[at].firm),
            )
            for at, problems in sorted(found.items())
            for column, raw, problem in problems
        ]

    def keep(self, good: NDArray[np.intp], offset: int) -> None:
        """Keep only the good rows, as arrays; `offset` rows were kept before this part."""
        new_row = {int(old): offset + new for new, old in enumerate(good)}
        self.lines = np.array([self.rows[row].line for row in good], dtype=np.int64)
        self.fields = [encoded.column[good] for encoded in self._fields]
        self.columns = [encoded.column[good] for encoded in self._answers]
        self.states = np.array([encoded.states[good] for encoded in self._answers]).T
        self.reasons = {
            (new_row[row], at): reason
            for at, encoded in enumerate(self._answers)
            for row, reason in encoded.reasons.items()
            if row in new_row
        }
        del self.rows, self._fields, self._answers, self.uscc


def _as_typed(firm: Mapping[str, object]) -> str:
    raw = firm.get("uscc")
    return shown(raw) if isinstance(raw, str | int) else ""


def _joined(parts: list[NDArray[Any]], reader: Reader) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, reader.kind.dtype)
