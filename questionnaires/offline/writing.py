"""The form written: how to use it, a sheet for each section, and what it is recognised by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from questionnaires.model import Questionnaire
from questionnaires.offline import layout
from questionnaires.offline.layout import FormFirm
from questionnaires.offline.lists import Lists
from questionnaires.offline.looks import Looks
from questionnaires.offline.pages import Page
from questionnaires.text import Language, Text

_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed day, so that equal answers give equal bytes
_LONGEST_NAME = 31  # of a sheet, says Excel
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_START = Text("先看这里", "Read me first")
_TITLE = Text("{title}：离线填写表", "{title}: form to fill in offline")
_FIRM = Text("企业", "Firm")
_CODE = Text("统一社会信用代码", "Unified social credit code")
_ASKED_BY = Text("问卷", "Questionnaire")
_SECTIONS = Text("表里有这些部分", "The sections")
_HOW = Text("怎么填", "How to fill it in")
_STEPS = (
    Text(
        "只填浅黄色的格子；其他格子锁住了，免得改动后读不回来。列太窄可以拉宽。",
        "Fill in the pale yellow cells only; the others are locked, so that the form can be read "
        "back. Columns may be widened.",
    ),
    Text(
        "单选题点开格子右边的箭头，从下拉框里选；可以选几项的题，在每个选项旁选 √，不选的留空。",
        "Where one option is to be chosen, open the arrow beside the cell. Where several may be, "
        "put √ beside each of them and leave the others empty.",
    ),
    Text(
        "确实不知道的，在“不清楚 / 不适用”一列选“不清楚”，比猜一个好。"
        "有些题可以选“不适用”，要写原因。",
        'What you do not know, say so in the column "Not known / does not apply"; that is better '
        'than a guess. Some questions may be answered "Does not apply"; give the reason.',
    ),
    Text(
        "可以分给各部门填，但要填在同一张表里；合成一份后再传回来。",
        "Departments may share the work, but in this one workbook; bring back one file.",
    ),
    Text(
        "填好后存为 .xlsx（不要另存成 .xls、.csv 或 PDF），回到系统里“离线填写”一页上传。"
        "系统先列出哪些答案与网上的不同，由您确认后才写入。",
        "Save it as .xlsx (not as .xls, .csv or PDF) and bring it to the page on which you "
        "downloaded it. What differs from the answers there is listed first; nothing is taken "
        "over before you say so.",
    ),
)


def write_form(
    questionnaire: Questionnaire,
    language: Language,
    firm: FormFirm,
    answers: Mapping[str, object],
    edition: int,
) -> bytes:
    """The form of one firm as an .xlsx, with the answers (as answer sheets hold them) filled in.

    `edition` says how often the answers had been saved. Every text is a text cell, so none is run
    as a formula. Equal arguments give equal bytes.
    """
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": questionnaire.title.to(language), "created": _MADE})
        looks = Looks(book, language)
        start = book.add_worksheet(_START.to(language))
        names = [
            _sheet_name(number, section.title.to(language))
            for number, section in enumerate(questionnaire.sections, start=1)
        ]
        pages = [book.add_worksheet(name) for name in names]
        hidden = book.add_worksheet(layout.LISTS_SHEET)
        lists = Lists(hidden)
        _instruct(start, questionnaire, language, firm, names, looks)
        for page, section in zip(pages, questionnaire.sections, strict=True):
            Page(page, questionnaire, section, language, looks, lists).write(answers)
        hidden.very_hidden()
        _identify(book.add_worksheet(layout.ABOUT_SHEET), questionnaire, firm, edition)
        start.activate()
    return file.getvalue()


def _instruct(
    page: Worksheet,
    questionnaire: Questionnaire,
    language: Language,
    firm: FormFirm,
    names: list[str],
    looks: Looks,
) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 78)
    page.set_row(0, 34)
    title = _TITLE.format(title=questionnaire.title)
    page.write_string(0, 0, title.to(language), looks("title"))
    version = f"{questionnaire.id} {questionnaire.version}"
    facts = ((_FIRM, firm.name), (_CODE, firm.uscc), (_ASKED_BY, version))
    for row, (label, value) in enumerate(facts, start=2):
        page.write_string(row, 0, label.to(language), looks("strong"))
        page.write_string(row, 1, value, looks("plain"))
    row = 6
    page.write_string(row, 0, _HOW.to(language), looks("strong"))
    for number, step in enumerate(_STEPS, start=1):
        page.write_string(row, 1, f"{number}. {step.to(language)}", looks("plain"))
        row += 1
    row += 1
    page.write_string(row, 0, _SECTIONS.to(language), looks("strong"))
    for name in names:
        page.write_url(row, 1, f"internal:'{name}'!A1", looks("plain"), name)
        row += 1
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)


def _identify(page: Worksheet, questionnaire: Questionnaire, firm: FormFirm, edition: int) -> None:
    about = {
        "format": str(layout.FORMAT),
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "hash": questionnaire.hash,
        "uscc": firm.uscc,
        "edition": str(edition),
    }
    for row, (name, value) in enumerate(about.items()):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    page.very_hidden()


def _sheet_name(number: int, title: str) -> str:
    return f"{number} {_NOT_IN_NAMES.sub(' ', title)}"[:_LONGEST_NAME].strip()
