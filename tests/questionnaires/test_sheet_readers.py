"""Files of every format, whole, odd and hostile; `test_excel_sheets.py` has Excel on its own."""

import json
import os
import tracemalloc

import pytest
from sheet_factory import EXAMPLES, assert_same, firm
from sheet_files import CODE, EVERY, codes, excel_file, jsonl, sentence_of, sheet

import questionnaires
from questionnaires.check import rows
from questionnaires.errors import SheetsUnreadable
from questionnaires.readers import csvfile, files, read_sheets
from questionnaires.readers.jsonlines import PATIENCE


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_eight_good_and_eight_bad_rows():
    path = EXAMPLES / "sheets" / "eight-good-eight-bad.jsonl"
    reading = read_sheets(path, questionnaires.load("sme-2024"))
    assert reading.read == 16
    assert reading.sheets.lines.tolist() == [1, 3, 5, 7, 9, 11, 13, 15]
    assert codes(reading) == [
        (2, "uscc", "bad-uscc"),
        (4, "planning", "unknown-option"),
        (6, "plannning", "unknown-question"),
        (8, "network", "excluded-option"),
        (10, "employees", "too-small"),
        (12, "uscc", "missing"),
        (14, "", "broken-json"),
        (16, "uscc", "same-firm"),
    ]
    assert "planning" in reading.rejected[2].reason.en


def test_json_lines_with_mark_blank_lines_and_no_last_break(write):
    text = "\ufeff" + jsonl(sheet(1, pick="a"), "\n", "  \r\n", sheet(2, pick="b")).rstrip("\n")
    reading = read_sheets(write("s.jsonl", text), EVERY)
    assert reading.sheets.lines.tolist() == [1, 4]
    assert reading.read == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{\n", "broken-json"),
        ("[1]\n", "broken-json"),
        ("12\n", "broken-json"),
        ('{"firm": {}, "answers": NaN}\n', "broken-json"),
        (b'{"firm": {"name": "\xff"}, "answers": {}}\n', "broken-json"),
        ({"firm": {}}, "not-a-sheet"),
        ({"firm": [], "answers": {}}, "not-a-sheet"),
        ({"answers": None, "firm": {"uscc": CODE}}, "not-a-sheet"),
        ('{"a":' * 2_000 + "\n", "broken-json"),
        ('{"firm":' + "[" * 1_000 + "]" * 1_000 + "}\n", "not-a-sheet"),
    ],
)
def test_a_broken_line_stops_no_other(write, row, code):
    row = row if isinstance(row, bytes) else jsonl(row).encode()
    content = jsonl(sheet(1)).encode() + row + jsonl(sheet(3)).encode()
    reading = read_sheets(write("s.jsonl", content), EVERY)
    assert codes(reading) == [(2, "", code)]
    assert reading.sheets.lines.tolist() == [1, 3]
    reading = read_sheets(write("s.jsonl", row + jsonl(sheet(3)).encode()), EVERY)
    assert codes(reading) == [(1, "", code)]


def test_json_with_keys_beside_firm_and_answers_is_read(write):
    reading = read_sheets(write("s.jsonl", jsonl({**sheet(), "note": "x"})), EVERY)
    assert len(reading.sheets) == 1


def test_a_line_over_the_limit_is_one_bad_row(write, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_LINE", 4_096)
    text = jsonl(sheet(1), sheet(2, story="长" * 5_000), sheet(3))
    reading = read_sheets(write("s.jsonl", text), EVERY)
    assert codes(reading) == [(2, "", "line-too-long")]
    assert reading.sheets.lines.tolist() == [1, 3]


def test_an_endless_line_takes_no_memory(tmp_path):
    path = tmp_path / "s.jsonl"
    with path.open("wb") as file:
        file.write(b'{"firm": "' + b"x" * files.SAMPLE)
        file.truncate(300 << 20)  # sparse: an endless line of zeros on no disk space
    tracemalloc.start()
    try:
        assert "No line" in sentence_of(path)
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx", ".xls", ".pdf"])
def test_what_is_no_file_gets_a_sentence(tmp_path, suffix):
    empty, folder = tmp_path / f"empty{suffix}", tmp_path / f"folder{suffix}"
    empty.touch()
    folder.mkdir()
    assert "is empty" in sentence_of(empty)
    assert "is a folder" in sentence_of(folder)
    assert "There is no file" in sentence_of(tmp_path / f"missing{suffix}")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx", ".xls", ".pdf", ""])
@pytest.mark.parametrize(
    "content",
    [b"\x7fELF\x00\x01" * 50, b"PK\x03\x04broken", b"%PDF-1.7\n\xff", os.urandom(4_096) + b"\0"],
)
def test_a_binary_file_gets_a_sentence(write, suffix, content):
    assert sentence_of(write(f"s{suffix}", content))


def test_an_unsupported_suffix_names_the_supported(write):
    assert ".jsonl, .csv, .xlsx, .xls" in sentence_of(write("s.pdf", "x"))


def test_a_json_array_is_told_how_to_become_json_lines(write):
    for text in (json.dumps([sheet()]), json.dumps([sheet()], indent=1)):
        assert "JSON Lines: one object a line" in sentence_of(write("s.jsonl", text))


def test_a_file_without_one_object_is_given_up_early(write):
    assert "Line 1" in sentence_of(write("s.jsonl", "no json\n" * 5_000))
    assert "blank" in sentence_of(write("s.jsonl", "\n\n"))


def test_a_file_that_may_not_be_read_gets_a_sentence(write, monkeypatch):
    path = write("s.jsonl", jsonl(sheet()))

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", denied)
    assert "Permission denied" in sentence_of(path)


def test_progress_is_told_in_bytes(write):
    path = write("s.jsonl", jsonl(*[sheet(at) for at in range(1, 2_501)]))
    told = []
    read_sheets(path, EVERY, lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert len(told) == 3
    assert told[-1] == (size, size)
    assert 0 < told[0][0] < told[1][0] <= size


CSV = f"""name,uscc,several,pick,count,told,share,story
甲厂,{CODE},x;z,b,"1,200",是,n/a:无出口,"一
二"
乙厂,{firm(2)["uscc"]},none,unknown,,no,35%,
"""


def check_csv(reading):
    assert reading.rejected == ()
    sheets = reading.sheets
    assert sheets.firms.name.tolist() == ["甲厂", "乙厂"]
    assert sheets.column("several").tolist() == [0b1010, 1]
    assert sheets.column("count")[0] == 1200
    assert sheets.column("story").tolist() == ["一\n二", ""]
    assert dict(sheets.reasons) == {(0, EVERY.index["share"]): "无出口"}
    assert sheets.states[1, EVERY.index["pick"]] == 2
    assert sheets.lines.tolist() == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_in_every_encoding(write, encoding, line_end):
    content = CSV.replace("\n", line_end).encode(encoding)
    check_csv(read_sheets(write("s.csv", content), EVERY))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_another_separator(write, delimiter):
    text = CSV.replace("x;z", '"x;z"').replace('"1,200"', "1200").replace(",", delimiter)
    check_csv(read_sheets(write("s.csv", text), EVERY))


def test_csv_with_chinese_headings_in_any_order(write):
    header = "营业收入（万元）,PICK,所在区域,统一社会信用代码,从业人员 数,企业名称,行业代码"
    text = f"{header}\n8600.5,a,东湖,{CODE},120,甲,C3484\n"
    firms = read_sheets(write("s.csv", text), EVERY).sheets.firms
    assert (firms.revenue[0], firms.employees[0]) == (8600.5, 120)
    assert (firms.industry[0], firms.region[0], firms.name[0]) == ("3484", "东湖", "甲")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("uscc,name,sevral", '"sevral"'),
        ("uscc,name,pick,PICK", '"pick" stands twice'),
        ("name,pick", 'no column "uscc"'),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_headings_that_cannot_be_understood(tmp_path, suffix, header, said):
    path = tmp_path / f"s{suffix}"
    if suffix == ".csv":
        path.write_text(f"{header}\nx,y,z\n")
    else:
        excel_file(path, [header.split(","), ["x", "y", "z"]])
    assert said in sentence_of(path)


def test_a_first_line_without_headings_gets_a_sentence(write):
    for header in ("", ",,", "x" * 200_000, '"'):
        assert sentence_of(write("s.csv", f"{header}\n1,2,3\n"))


def test_rows_with_stray_cells_and_empty_rows(write):
    first, second, third = (firm(at)["uscc"] for at in (1, 2, 3))
    text = f"uscc,name,pick,\n{first},甲,a,\n,,,\n\n{second},乙,a,x\n{third},丙,a,,y\n"
    reading = read_sheets(write("s.csv", text), EVERY)
    assert codes(reading) == [(5, "", "extra-cells"), (6, "", "extra-cells")]
    assert reading.rejected[0].uscc == firm(2)["uscc"]
    assert reading.read == 3


def test_an_unclosed_quotation_mark_does_not_eat_the_file(write):
    rows = "".join(f"{firm(at)['uscc']},厂{at},a\n" for at in range(2, 9_000))
    reading = read_sheets(write("s.csv", f'uscc,name,pick\n{CODE},"甲,a\n{rows}'), EVERY)
    assert (2, "", "broken-csv") in codes(reading)
    assert len(reading.sheets) > 1_000


def test_a_line_in_another_encoding_is_one_bad_row(write):
    content = CSV.encode() + f"{firm(3)['uscc']},".encode() + b"\xff\xfe\n"
    reading = read_sheets(write("s.csv", content), EVERY)
    assert codes(reading) == [(5, "", "not-decodable")]
    assert len(reading.sheets) == 2


def test_a_csv_line_over_the_limit_is_one_bad_row(write, monkeypatch):
    monkeypatch.setattr(csvfile, "LONGEST_LINE", 4_096)
    text = f"uscc,name,story\n{CODE},甲,{'长' * 3_000}\n{firm(2)['uscc']},乙,短\n"
    reading = read_sheets(write("s.csv", text), EVERY)
    assert codes(reading) == [(2, "", "line-too-long")]
    assert reading.sheets.lines.tolist() == [3]


def test_a_record_of_endless_lines_is_given_up(write, monkeypatch):
    monkeypatch.setattr(csvfile, "LONGEST_LINE", 4_096)
    text = f'uscc,name\n{CODE},"' + '","\n' * 2_000 + f"{firm(2)['uscc']},乙\n"
    reading = read_sheets(write("s.csv", text), EVERY)
    assert codes(reading)[0] == (2, "", "line-too-long")
    assert 1_000 < reading.rejected[1].line < 1_030
    assert reading.sheets.firms.name.tolist() == ["乙"]


def test_a_file_of_little_but_problems_is_given_up(write, monkeypatch):
    monkeypatch.setattr(rows, "MOST_PROBLEMS", 500)
    bad = jsonl(*[sheet(at, pick="?") for at in range(2, 702)])
    good = jsonl(*[sheet(at) for at in range(1_001, 2_001)])
    assert len(read_sheets(write("s.jsonl", good + bad), EVERY).rejected) == 700
    sentence = sentence_of(write("s.jsonl", jsonl(sheet(1)) + bad + good))
    assert "line 2, pick" in sentence
    assert "a, b, 0, 1" in sentence


def test_a_file_that_opens_with_a_thousand_broken_lines_is_something_else(write):
    good = jsonl(sheet())
    reading = read_sheets(write("s.jsonl", "no sheet\n" * (PATIENCE - 1) + good), EVERY)
    assert (len(reading.sheets), len(reading.rejected)) == (1, PATIENCE - 1)
    assert "JSON object" in sentence_of(write("s.jsonl", "no sheet\n" * PATIENCE + good))


def test_csv_and_json_agree(write):
    csv_reading = read_sheets(write("s.csv", CSV), EVERY)
    answers = [
        {"several": ["x", "z"], "pick": "b", "count": 1200, "told": True, "story": "一\n二"},
        {"several": ["none"], "pick": {"state": "unknown"}, "told": False, "share": 35},
    ]
    answers[0]["share"] = {"state": "not_applicable", "reason": "无出口"}
    firms = [{"uscc": firm(at)["uscc"], "name": name} for at, name in ((1, "甲厂"), (2, "乙厂"))]
    rows = [{"firm": f, "answers": a} for f, a in zip(firms, answers, strict=True)]
    assert_same(read_sheets(write("s.jsonl", jsonl(*rows)), EVERY).sheets, csv_reading.sheets)


def test_this_folder_is_named_as_it_was_typed():
    with pytest.raises(SheetsUnreadable, match=r'"\."'):
        read_sheets(".", questionnaires.load("sme-2024"))
