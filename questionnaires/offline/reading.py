"""A form that comes back, read cell by cell: a bad one never loses the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from questionnaires.model import Questionnaire
from questionnaires.offline import layout
from questionnaires.offline.rows import NO_ROW, Grid, Row, answer_of, rows_of
from questionnaires.problems import Problem
from questionnaires.readers.archives import weigh
from questionnaires.readers.excel import put_errors
from questionnaires.text import Text

LARGEST_CONTENT = 64 << 20  # bytes unpacked; a form has a hundredth of it
MOST_CELLS = 1_000_000  # of one sheet; a form has a few thousand

NOT_A_FORM = Text(
    "这不是从本系统下载的离线填写表。请先下载填写表，填好后再传回来；不要把内容另抄到别的表里。",
    "This is not a form downloaded from this service. Download the form, fill it in and bring it "
    "back; do not copy it into another workbook.",
)
BROKEN = Text(
    "文件打不开，或不是普通的 .xlsx（不能带宏、密码）。"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
    "The file would not open or is no plain .xlsx (without macros and password). Open it in Excel "
    "or WPS, save it as .xlsx and bring it again.",
)
OTHER_QUESTIONNAIRE = Text(
    "这张表用的是问卷 {theirs}，这份答卷用的是 {ours}。请重新下载填写表，把答案抄过去。",
    "This form belongs to questionnaire {theirs}, the sheet to {ours}. Download the form again "
    "and copy the answers over.",
)
OTHER_FIRM = Text(
    "这张表是另一家企业的（{theirs}），没有读取。请选对文件，或为本企业重新下载一张。",
    "This is another firm's form ({theirs}) and was not read. Choose the right file, or download "
    "one for your own firm.",
)


class FormRefused(Exception):
    """Nothing of a file can be taken; `message` says why and what to do."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One answer that could not be read: where it stands and what to do. `row` is Excel's, or 0."""

    question: str
    sheet: str
    row: int
    text: Text


@dataclass(frozen=True)
class FormReading:
    """What a form says.

    `answers` holds each question that could be read, as answer sheets hold it, None where it was
    left blank; `was` the answers when the form was written; `edition` the sheet's of that day.
    """

    answers: Mapping[str, object]
    was: Mapping[str, object]
    edition: int
    problems: tuple[FormProblem, ...]


def read_form(content: bytes, questionnaire: Questionnaire, uscc: str) -> FormReading:
    """Read a form of the firm `uscc`; raises `FormRefused` where it is none, or not this firm's.

    A patch version of the questionnaire asks the same, so its forms are taken.
    """
    sheets = _sheets(content)
    about = _about(sheets)
    _refuse_strangers(about, questionnaire, uscc)
    rows: dict[str, list[Row]] = {}
    for name, cells in sheets.items():
        for row in rows_of(name, cells):
            rows.setdefault(row.question, []).append(row)
    answers: dict[str, object] = {}
    problems = []
    for question in questionnaire.questions:
        mine = rows.get(question.id, [])
        found = answer_of(question, mine) if mine else NO_ROW.of()
        if isinstance(found, Problem):
            place = mine[0] if mine else None
            problems.append(
                FormProblem(
                    question.id,
                    place.sheet if place else "",
                    place.number if place else 0,
                    found.text,
                )
            )
        else:
            answers[question.id] = found.answer
    edition = about.get("edition", "")
    return FormReading(
        answers=answers,
        was={name: _was(mine) for name, mine in rows.items() if name in questionnaire.index},
        edition=int(edition) if edition.isdecimal() else -1,
        problems=tuple(problems),
    )


def _sheets(content: bytes) -> dict[str, Grid]:
    try:
        errors = weigh(BytesIO(content), LARGEST_CONTENT, MOST_CELLS)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets: dict[str, list[list[object]]] = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[misc]  # its cells are narrower
                for name in book.sheet_names
            }
    except (PasswordError, CalamineError):
        raise FormRefused(BROKEN) from None
    except Exception as error:  # a damaged archive raises whatever it is tripped over by
        raise FormRefused(BROKEN) from error
    for name, failed in errors.items():
        cells = sheets.get(name, [])
        for line, row in failed.items():
            if line <= len(cells):
                put_errors(cells[line - 1], row)
    return {**sheets}


def _about(sheets: Mapping[str, Grid]) -> dict[str, str]:
    rows = sheets.get(layout.ABOUT_SHEET, [])
    about = {str(row[0]): str(row[1]).strip() for row in rows if len(row) > 1}
    if about.get("format", "").removesuffix(".0") != str(layout.FORMAT):
        raise FormRefused(NOT_A_FORM)
    return about


def _refuse_strangers(about: Mapping[str, str], questionnaire: Questionnaire, uscc: str) -> None:
    if about.get("uscc") != uscc:
        raise FormRefused(OTHER_FIRM.format(theirs=about.get("uscc", "")[:18]))
    theirs = (about.get("questionnaire", ""), about.get("version", ""))
    if (theirs[0], _line(theirs[1])) != (questionnaire.id, _line(questionnaire.version)):
        ours = f"{questionnaire.id} {questionnaire.version}"
        told = {"theirs": " ".join(theirs)[:60], "ours": ours}
        raise FormRefused(OTHER_QUESTIONNAIRE.format(**told))


def _line(version: str) -> list[str]:
    return version.split(".")[:2]


def _was(rows: list[Row]) -> object:
    """What a question's rows say was answered when the form was written."""
    for row in rows:
        if row.was:
            try:
                return json.loads(row.was)
            except ValueError:
                return None
    return None
