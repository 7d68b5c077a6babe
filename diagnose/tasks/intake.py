"""Tasks from an Excel file: columns by their names, every bad cell named; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from diagnose.records import TaskEntry
from diagnose.refusing import Refused
from diagnose.tasks.feeds import FEEDS
from questionnaires.errors import SheetsUnreadable
from questionnaires.normal import clean_line
from questionnaires.problems import EXCEL_ERROR, EXCEL_ERRORS
from questionnaires.readers.excel import put_errors, refuse_bombs
from questionnaires.text import Text

MOST_ROWS = 2000
NAMED = Path("tasks.xlsx")  # what messages call a file of which only the content is known
ASIDE = re.compile(r"[\s　（(\[【].*?[)）\]】]|[\s　_\-—/、，,.：:*★]")
DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
SEPARATORS = re.compile(r"[、；;，,/\n]+")

UNREADABLE = Text(
    "不是能读的 Excel 文件（.xlsx）。", "This is no Excel file (.xlsx) that can be read."
)
EMPTY = Text("文件里没有任务。", "The file holds no task.")
NO_COLUMN = Text("缺少“{column}”列。", "The column “{column}” is missing.")
TOO_MANY = Text("一次最多 {most} 行。", "At most {most} rows at once.")
NEEDED = Text("请填写。", "This is needed.")
NO_NUMBER = Text("请填写数字。", "Enter a number.")
NO_DAY = Text("请填写日期，例如 2026-12-31。", "Enter a day, such as 2026-12-31.")
NO_FEED = Text(
    "没有这个系统指标。可用：{known}。",
    "There is no such figure of the system; there are: {known}.",
)
TWICE = Text("任务号与第 {line} 行重复。", "The number was given in line {line} already.")
DAYS_TURNED = Text("完成时限早于启动日期。", "The task is due before it begins.")
TOO_LONG = Text("太长，请缩短。", "This is too long; shorten it.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may hold, and the names it is known by."""

    id: str
    needed: bool
    title: Text
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a line of the file, under which heading, and what stood there."""

    line: int
    column: str
    value: str
    reason: Text


@dataclass(slots=True)
class Found:
    """What a file holds: the heading read for each column, the tasks, and what is wrong."""

    columns: dict[str, str] = field(default_factory=dict)
    entries: list[TaskEntry] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


class FileRefused(Refused):
    """The file as a whole cannot be read; `message` says why."""


@cache
def columns() -> tuple[Column, ...]:
    """The columns that are known, in the order in which the empty file shows them."""
    held = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8"))
    return tuple(
        Column(
            said["id"],
            said.get("needed", False),
            Text(**said["title"]),
            frozenset(folded(name) for name in said["names"]),
        )
        for said in held
    )


def folded(heading: str) -> str:
    """A heading as it is compared."""
    return ASIDE.sub("", heading).casefold()


def read_tasks(content: bytes) -> Found:
    """The tasks in the first sheet of an Excel file; raises `FileRefused`."""
    rows = _rows(content)
    found = Found(columns=_matched([str(cell) for cell in rows[0]]))
    missing = [c.title for c in columns() if c.needed and c.id not in found.columns]
    if missing:
        raise FileRefused(NO_COLUMN.format(column=missing[0]))
    at = {id_: rows[0].index(heading) for id_, heading in found.columns.items()}
    lines: dict[str, int] = {}
    for line, row in enumerate(rows[1:], 2):
        if any(_said(cell) for cell in row):
            _read(found, line, {id_: row[place] for id_, place in at.items()}, lines)
    if not found.entries and not found.wrong:
        raise FileRefused(EMPTY)
    return found


def _rows(content: bytes) -> list[list[Any]]:
    file = BytesIO(content)
    try:
        errors = refuse_bombs(file, NAMED)
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        rows: list[list[Any]] = [list(row) for row in sheet.to_python()]
        _put_errors(rows, sheet.start or (0, 0), errors.get(sheet.name, {}))
    except SheetsUnreadable as unreadable:
        raise FileRefused(unreadable.message) from None
    except (CalamineError, ValueError, IndexError, OSError):
        raise FileRefused(UNREADABLE) from None
    if not rows:
        raise FileRefused(EMPTY)
    if len(rows) > MOST_ROWS + 1:
        raise FileRefused(TOO_MANY.format(most=MOST_ROWS))
    return rows


def _put_errors(
    rows: Sequence[list[Any]], start: tuple[int, int], failed: Mapping[int, Mapping[int, str]]
) -> None:
    """Put errors where they stand, in rows that begin at the first cell of the sheet in use."""
    for line, cells in failed.items():
        if 0 <= line - 1 - start[0] < len(rows):
            put_errors(
                rows[line - 1 - start[0]],
                {at - start[1]: error for at, error in cells.items() if at >= start[1]},
            )


def _matched(headings: Sequence[str]) -> dict[str, str]:
    """Which heading stands for each column; the first of several counts."""
    found: dict[str, str] = {}
    for heading in headings:
        known = folded(heading)
        column = next((c for c in columns() if known in c.names), None)
        if column is not None:
            found.setdefault(column.id, heading)
    return found


def _read(found: Found, line: int, cells: Mapping[str, Any], lines: dict[str, int]) -> None:
    """Take one line, or say all that is wrong in it."""
    before = len(found.wrong)

    def complain(id_: str, reason: Text) -> None:
        found.wrong.append(Wrong(line, found.columns[id_], _said(cells[id_]), reason))

    held = {id_: _value(id_, cell, complain) for id_, cell in cells.items()}
    for column in columns():
        if column.needed and column.id in held and not _said(cells[column.id]):
            complain(column.id, NEEDED)
    number = str(held.get("number") or "")
    if number in lines:
        complain("number", TWICE.format(line=lines[number]))
    elif number:
        lines[number] = line
    starts, due = held.get("starts_on"), held.get("due_on")
    if isinstance(starts, date) and isinstance(due, date) and starts > due:
        complain("due_on", DAYS_TURNED)
    if len(found.wrong) > before:
        return
    try:
        found.entries.append(TaskEntry.model_validate(held))
    except ValidationError as error:
        for problem in error.errors():
            complain(str(problem["loc"][0]), TOO_LONG)


def _value(id_: str, cell: Any, complain: Any) -> Any:
    said = _said(cell)
    if said in EXCEL_ERRORS:
        complain(id_, EXCEL_ERROR.of(value=said).text)
        return None
    if id_ in {"starts_on", "due_on"}:
        day = _day(cell, said)
        if said and day is None:
            complain(id_, NO_DAY)
        return day
    if id_ == "goal":
        goal = _number(cell, said)
        if said and goal is None:
            complain(id_, NO_NUMBER)
        return goal
    if id_ == "others":
        return [name for part in SEPARATORS.split(said) if (name := part.strip())]
    if id_ == "feed":
        return _feed(said, complain)
    return said


def _feed(said: str, complain: Any) -> str:
    """A figure of the system by its id or its name in either language."""
    for id_, feed in FEEDS.items():
        if said in {id_, feed.title.zh, feed.title.en}:
            return id_
    if said:
        known = Text(
            "、".join(feed.title.zh for feed in FEEDS.values()),
            ", ".join(feed.title.en for feed in FEEDS.values()),
        )
        complain("feed", NO_FEED.format(known=known))
    return ""


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return clean_line(str(cell)) if cell is not None else ""


def _day(cell: Any, said: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = DAY.fullmatch(said)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _number(cell: Any, said: str) -> float | None:
    if isinstance(cell, bool):
        return None
    try:
        number = float(said.rstrip("%％").replace(",", ""))
    except ValueError:
        return None
    share = isinstance(cell, str) or not said.endswith("%")
    return number if share and abs(number) < 1e12 else None  # noqa: PLR2004  # beyond any goal
