"""Excel files of answer sheets, whole, odd and hostile."""

import struct
import zipfile
import zlib

import pytest
import xlsxwriter
from sheet_factory import firm
from sheet_files import CODE, EVERY, codes, excel_file, sentence_of

from questionnaires.readers import archives, read_sheets


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_excel_with_numbers_and_dates_that_excel_made(tmp_path):
    rows = [
        ["统一社会信用代码", "企业名称", "行业代码", "从业人员", "pick", "told", "day", "story"],
        [CODE, "甲", 3484, 120, 1, True, (45356, "yyyy-mm-dd"), 7],
        [],
        [firm(2)["uscc"], 12, "3484", "１２０", "0", "否", "2024/3/5", ""],
    ]
    reading = read_sheets(excel_file(tmp_path / "s.xlsx", rows, ["yyyy-mm-dd"]), EVERY)
    assert reading.rejected == ()
    sheets = reading.sheets
    assert sheets.lines.tolist() == [2, 4]
    assert sheets.firms.industry.tolist() == ["3484", "3484"]
    assert sheets.firms.employees.tolist() == [120, 120]
    assert sheets.firms.name.tolist() == ["甲", "12"]
    assert sheets.column("pick").tolist() == [3, 2]
    assert sheets.column("told").tolist() == [1, 0]
    assert len(set(sheets.column("day").tolist())) == 1
    assert sheets.column("story").tolist() == ["7", ""]


def test_codes_that_excel_has_mangled_are_told(tmp_path):
    rows = [["uscc", "name", "count"], [914201000000000000, "甲", (45356, "yyyy-mm-dd")]]
    reading = read_sheets(excel_file(tmp_path / "s.xlsx", rows, ["yyyy-mm-dd"]), EVERY)
    assert codes(reading) == [(2, "uscc", "became-a-number"), (2, "count", "became-a-date")]


def test_a_cell_whose_formula_failed_is_told_and_not_taken_for_blank(tmp_path):
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        hidden, sheet = book.add_worksheet("旧"), book.add_worksheet("答卷")
        hidden.write_formula(2, 2, "=1/0", None, "#NUM!")
        hidden.hide()
        sheet.activate()
        sheet.write_row(0, 0, ["uscc", "name", "story"])
        sheet.write_row(1, 0, [CODE, "甲"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, [CODE, "乙", "'#N/A"])
    reading = read_sheets(path, EVERY)
    assert [(bad.line, bad.column, bad.code, bad.value) for bad in reading.rejected] == [
        (2, "story", "excel-error", "#DIV/0!")
    ]
    assert len(reading.sheets) == 1


def test_excel_with_headings_further_down(tmp_path):
    path = excel_file(tmp_path / "s.xlsx", [[], ["", "uscc", "name"], ["", CODE, "甲"]])
    reading = read_sheets(path, EVERY)
    assert reading.sheets.lines.tolist() == [3]


def test_an_empty_sheet_gets_a_sentence(tmp_path):
    assert "first sheet" in sentence_of(excel_file(tmp_path / "s.xlsx", []))


def test_an_excel_file_that_unpacks_without_end_gets_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_CONTENT", 1 << 20)
    path = excel_file(tmp_path / "s.xlsx", [["uscc", "name"], [CODE, "甲"]])
    assert len(read_sheets(path, EVERY).sheets) == 1
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (2 << 20))
    assert "too large" in sentence_of(path)


@pytest.mark.parametrize("told", [0, 100, 1_000])
def test_an_archive_that_lies_about_its_size_gets_a_sentence(tmp_path, told):
    sheet = SHEET.format("<sheetData/>").encode() + b" " * (2 << 20)
    path = with_sheet(tmp_path / "s.xlsx", sheet)
    content = path.read_bytes()
    for true, lie in ((len(sheet), told), (zlib.crc32(sheet), zlib.crc32(sheet[:told]))):
        assert content.count(struct.pack("<I", true)) == 2
        content = content.replace(struct.pack("<I", true), struct.pack("<I", lie))
    path.write_bytes(content)
    assert sentence_of(path)


def test_content_beside_the_sheets_counts_too(tmp_path):
    for name in ("xl/media/picture.bin", "xl/extra.xml"):
        path = excel_file(tmp_path / "s.xlsx", [["uscc"]])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"<a>" + b" " * (2 << 20) + b"</a>")
        with path.open("rb") as file, pytest.raises(archives.TooBig):
            archives.weigh(file, 1 << 20, archives.MOST_CELLS)


def with_sheet(path, xml, target="worksheets/sheet1.xml"):
    """An Excel file whose first sheet is this XML, kept under this name."""
    whole = excel_file(path.with_name("whole.xlsx"), [["uscc"]])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                new.writestr(f"xl/{target}", xml)
            else:
                content = old.read(name).replace(b"worksheets/sheet1.xml", target.encode())
                new.writestr(name, content)
    return path


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)
FAR = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FAR.replace('"', "'"),
        '<row r="1">' + "<c/>" * 16_384 + '</row><row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_one_stray_cell_in_the_far_corner_gets_a_sentence(tmp_path, rows):
    path = with_sheet(tmp_path / "s.xlsx", SHEET.format(f"<sheetData>{rows}</sheetData>"))
    assert "too large" in sentence_of(path)


def test_a_sheet_that_claims_a_large_area_is_taken_by_its_cells(tmp_path):
    rows = "".join(
        f'<row r="{at}">'
        + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
        + "</row>"
        for at, texts in enumerate([("uscc", "name"), (CODE, "甲")], start=1)
    )
    claim = '<dimension ref="A1:XFD1048576"/>'
    path = with_sheet(tmp_path / "s.xlsx", SHEET.format(f"{claim}<sheetData>{rows}</sheetData>"))
    assert read_sheets(path, EVERY).sheets.firms.name.tolist() == ["甲"]


def test_what_no_excel_file_holds_gets_a_sentence(tmp_path):
    sheet = SHEET.format(f"<sheetData>{FAR}</sheetData>")
    assert sentence_of(with_sheet(tmp_path / "s.xlsx", sheet, "worksheets/sheet1.bin"))
    laughs = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>' + SHEET.format("&y;")
    assert sentence_of(with_sheet(tmp_path / "s.xlsx", laughs))
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert sentence_of(tmp_path / "s.xlsx")


def test_a_protected_or_broken_workbook_gets_a_sentence(write, tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "Excel" in sentence_of(write("s.xlsx", ole))
    whole = excel_file(tmp_path / "whole.xlsx", [["uscc"]]).read_bytes()
    for cut in (len(whole) // 2, len(whole) - 30):
        assert "Excel" in sentence_of(write("s.xlsx", whole[:cut]))
