"""What is written is read again as the same sheets, in every format, and no text is a formula."""

import csv
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from python_calamine import CalamineWorkbook
from sheet_factory import EXAMPLES, NAUGHTY, assert_same, example, firm, sheets

import questionnaires
from questionnaires.check import RawSheet, check_rows
from questionnaires.normal import clean_text
from questionnaires.readers import read_sheets
from questionnaires.sheets import State
from questionnaires.states import from_cell, to_cell
from questionnaires.writers import WRITERS, raw_answers, raw_firm, write_sheets

EVERY = example("every-kind")
FILES = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("suffix", WRITERS)
@given(drawn=sheets(EVERY))
@FILES
def test_an_export_is_imported_as_the_same_sheets(tmp_path, suffix, drawn):
    path = tmp_path / f"sheets{suffix}"
    write_sheets(drawn, path)
    reading = read_sheets(path, EVERY)
    assert reading.rejected == ()
    assert_same(reading.sheets, drawn)


@pytest.mark.parametrize("suffix", WRITERS)
def test_naughty_texts_survive(tmp_path, suffix):
    rows = [
        RawSheet(
            at,
            firm(at, name=f"甲{text}", region=text),
            {"story": text, "pick": {"state": "not_applicable", "reason": f"理由{text}"}},
        )
        for at, text in enumerate(NAUGHTY, start=1)
    ]
    sheets = check_rows(EVERY, rows).sheets
    assert len(sheets) == len(NAUGHTY)
    assert sheets.column("story").tolist() == [clean_text(text) for text in NAUGHTY]
    path = tmp_path / f"sheets{suffix}"
    write_sheets(sheets, path)
    assert_same(read_sheets(path, EVERY).sheets, sheets)


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_default_questionnaire_makes_the_round(tmp_path, suffix):
    known = questionnaires.load("sme-2024")
    sheets = read_sheets(EXAMPLES / "sheets" / "eight-good-eight-bad.jsonl", known).sheets
    path = tmp_path / f"sheets{suffix}"
    write_sheets(sheets, path)
    assert_same(read_sheets(path, known).sheets, sheets)


@pytest.mark.parametrize("suffix", WRITERS)
def test_equal_sheets_give_equal_bytes(tmp_path, suffix):
    sheets = check_rows(EVERY, [RawSheet(1, firm(), {"story": "旧", "count": 3})]).sheets
    for name in ("a", "b"):
        write_sheets(sheets, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", WRITERS)
def test_no_sheets_make_a_file_too(tmp_path, suffix):
    path = tmp_path / f"sheets{suffix}"
    write_sheets(check_rows(EVERY, []).sheets, path)
    assert path.exists()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "\t=1", "\n=1"])
def test_no_cell_begins_like_a_formula(tmp_path, text):
    rows = [RawSheet(1, firm(name=text, region=text), {"story": text, "amount": -3})]
    sheets = check_rows(EVERY, rows).sheets
    write_sheets(sheets, tmp_path / "sheets.csv")
    with (tmp_path / "sheets.csv").open(encoding="utf-8-sig", newline="") as file:
        _, cells = csv.reader(file)
    assert [cell for cell in cells if cell[:1] in tuple("=+@＝\t\n")] == []
    assert [cell for cell in cells if cell.startswith("-")] == ["-3"]
    write_sheets(sheets, tmp_path / "sheets.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "sheets.xlsx")
    (row,) = book.get_sheet_by_index(0).to_python()[1:]
    assert text.strip() in {str(cell).removeprefix("'") for cell in row}


@pytest.mark.parametrize("text", [*NAUGHTY, "plain", "'=1"])
def test_a_guarded_text_is_itself_again(text):
    assert from_cell(to_cell(text)) == text


def test_csv_opens_in_excel_as_utf_8(tmp_path):
    write_sheets(check_rows(EVERY, []).sheets, tmp_path / "sheets.csv")
    assert (tmp_path / "sheets.csv").read_bytes().startswith(b"\xef\xbb\xbfuscc,name,")


def test_json_lines_hold_what_the_design_promises(tmp_path):
    told = {"several": ["z", "x"], "told": False, "count": 3.0, "share": 12.5, "pick": "0"}
    rows = [RawSheet(1, firm(industry="3484", employees=120), told)]
    write_sheets(check_rows(EVERY, rows).sheets, tmp_path / "sheets.jsonl")
    assert json.loads((tmp_path / "sheets.jsonl").read_text("utf-8")) == {
        "firm": {**firm(), "industry": "3484", "employees": 120},
        "answers": {"pick": "0", "several": ["x", "z"], "count": 3, "share": 12.5, "told": False},
    }


def test_raw_answers_of_one_row():
    told = {"pick": {"state": "unknown"}, "told": False, "hidden": "旧"}
    sheets = check_rows(EVERY, [RawSheet(1, firm(1), {}), RawSheet(2, firm(2), told)]).sheets
    assert sheets.states[1, EVERY.index["hidden"]] == State.OFF_ROUTE
    assert raw_answers(sheets, 1) == told
    assert raw_answers(sheets, 0) == {}
    assert raw_firm(sheets.firms, 1) == firm(2)


def test_a_file_is_whole_or_not_there(tmp_path, monkeypatch):
    sheets = check_rows(EVERY, [RawSheet(1, firm(), {})]).sheets
    path = tmp_path / "sheets.jsonl"
    path.write_text("before")

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("questionnaires.writers.orjson.dumps", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_sheets(sheets, path)
    assert [found.name for found in tmp_path.iterdir()] == ["sheets.jsonl"]
    assert path.read_text() == "before"


@pytest.mark.parametrize("suffix", WRITERS)
def test_where_nothing_can_be_written_an_os_error_says_so(tmp_path, suffix):
    with pytest.raises(OSError, match="No such file"):
        write_sheets(check_rows(EVERY, []).sheets, tmp_path / "nowhere" / f"sheets{suffix}")


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.jsonl, \.csv, \.xlsx"):
        write_sheets(check_rows(EVERY, []).sheets, tmp_path / "sheets.pdf")


def test_numbers_keep_every_digit(tmp_path):
    numbers = [0.1 + 0.2, 1 / 3, 123456789.123456789, 2.0**53 - 1]
    rows = [RawSheet(at, firm(at), {"amount": x}) for at, x in enumerate(numbers, start=1)]
    write_sheets(check_rows(EVERY, rows).sheets, tmp_path / "sheets.xlsx")
    read = read_sheets(tmp_path / "sheets.xlsx", EVERY).sheets
    np.testing.assert_array_equal(read.column("amount"), numbers)
