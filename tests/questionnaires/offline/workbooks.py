"""A form as a user's program might hand it back: its cells changed, all else forgotten."""

from datetime import date
from io import BytesIO

import xlsxwriter
from python_calamine import CalamineWorkbook

from questionnaires.problems import EXCEL_ERRORS


def cells_of(content):
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return {
            name: [
                list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }


def rewritten(content, change):
    """The form with its plain cells only, after `change` has had its way with them."""
    sheets = cells_of(content)
    changed = change(sheets) or sheets
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in changed.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    write(page, at, column, cell)
    return file.getvalue()


def write(page, row, column, cell):
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell)
    elif cell in EXCEL_ERRORS:
        page.write_formula(row, column, "=1/0", None, cell)
    elif cell != "":
        page.write_string(row, column, cell)


def put(key, column, value):
    """A change of one cell: of the row that `key` names, in the column of that hidden name."""

    def change(sheets):
        for rows in sheets.values():
            names = next((row for row in rows if "#key" in row), None)
            for row in rows if names else []:
                if row[names.index("#key")] == key:
                    row[names.index(column)] = value

    return change
