"""Answer sheets in JSON Lines: one firm a line, `{"firm": {…}, "answers": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from questionnaires.errors import SheetsUnreadable
from questionnaires.normal import shown
from questionnaires.problems import BROKEN_JSON, LINE_TOO_LONG, NOT_A_SHEET, Problem
from questionnaires.readers.files import (
    LONGEST_LINE,
    Progress,
    Reporter,
    lines_of,
    opened,
    refuse_binary,
)
from questionnaires.reading import RawSheet, Rejection
from questionnaires.text import Text

PATIENCE = 1_000  # so many lines without one JSON object, and the file is something else
NOT_JSON_LINES = Text(
    "“{name}”中没有一行是 JSON 对象。第 {line} 行：{why}",
    'No line of "{name}" is a JSON object. Line {line}: {why}',
)
ONE_ARRAY = Text(
    "“{name}”是一个 JSON 数组；请改为 JSON Lines：每行一个对象，不用方括号和行尾逗号。",
    '"{name}" is one JSON array; write JSON Lines: one object a line, without the brackets '
    "around and the commas between.",
)


def read_jsonlines(path: Path, on_progress: Progress | None) -> Iterator[RawSheet | Rejection]:
    """The rows of the file as they stand; blank lines are passed over.

    Raises `SheetsUnreadable` where the file is none, binary, or no line is a JSON object.
    """
    with opened(path) as (file, size):
        refuse_binary(file, path, "JSON Lines")
        reporter = Reporter(file, size, on_progress)
        held: list[Rejection] = []  # until the first object proves the file to be JSON Lines
        proven = False
        for number, line in lines_of(file):
            if line is not None and line.isspace():
                continue
            row = _row(number, line)
            reporter.step()
            if proven:
                yield row
                continue
            if isinstance(row, Rejection) and row.code != NOT_A_SHEET.code:
                held.append(row)
                if len(held) >= PATIENCE or (number == 1 and _opens_array(line)):
                    break
                continue
            proven = True
            yield from held
            yield row
        if not proven:
            raise _unreadable(path, held)
        reporter.done()


def _row(number: int, line: bytes | None) -> RawSheet | Rejection:
    if line is None:
        return _rejected(number, "", LINE_TOO_LONG.of(bound=LONGEST_LINE))
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _rejected(number, line[:200].decode(errors="replace"), BROKEN_JSON.of(why=error.msg))
    if type(row) is not dict:
        return _rejected(number, row, BROKEN_JSON.of(why=type(row).__name__))
    firm, answers = row.get("firm"), row.get("answers")
    if type(firm) is dict and type(answers) is dict:
        return RawSheet(number, firm, answers)
    wrong = [name for name in ("firm", "answers") if type(row.get(name)) is not dict]
    uscc = firm.get("uscc") if type(firm) is dict else ""
    uscc = shown(uscc) if isinstance(uscc, str) else ""
    return _rejected(number, row, NOT_A_SHEET.of(what=", ".join(wrong)), uscc)


def _rejected(line: int, value: object, problem: Problem, uscc: str = "") -> Rejection:
    return Rejection(line, "", shown(value), problem.code, problem.text, uscc)


def _opens_array(line: bytes | None) -> bool:
    return line is not None and line.lstrip()[:1] == b"[" and line.rstrip()[-1:] != b"]"


def _unreadable(path: Path, held: list[Rejection]) -> SheetsUnreadable:
    if not held:
        why = Text("只有空行。", "there are only blank lines.")
        return SheetsUnreadable(NOT_JSON_LINES.format(name=path.name, line=1, why=why))
    first = held[0]
    if first.line == 1 and first.value.startswith("["):
        return SheetsUnreadable(ONE_ARRAY.format(name=path.name))
    return SheetsUnreadable(
        NOT_JSON_LINES.format(name=path.name, line=first.line, why=first.reason)
    )
