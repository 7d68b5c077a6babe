"""Files of answer sheets as tests write them, and what is said when they are read."""

import json

import pytest
import xlsxwriter
from sheet_factory import example, firm

from questionnaires.errors import SheetsUnreadable
from questionnaires.readers import read_sheets

EVERY = example("every-kind")
CODE = firm()["uscc"]


def jsonl(*rows):
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)


def sheet(number=1, **answers):
    return {"firm": firm(number), "answers": answers}


def codes(reading):
    return [(rejection.line, rejection.column, rejection.code) for rejection in reading.rejected]


def sentence_of(path, questionnaire=EVERY):
    with pytest.raises(SheetsUnreadable) as caught:
        read_sheets(path, questionnaire)
    assert caught.value.message.zh
    return caught.value.message.en


def excel_file(path, rows, formats=()):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        styles = {name: book.add_format({"num_format": name}) for name in formats}
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    page.write(at, column, cell[0], styles[cell[1]])
                elif cell != "":
                    page.write(at, column, cell)
    return path
