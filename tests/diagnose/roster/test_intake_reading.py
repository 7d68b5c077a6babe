from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from xlsxwriter import Workbook

from diagnose.roster.intake.checking import Checker
from diagnose.roster.intake.fields import fields, match
from diagnose.roster.intake.reading import read_head, read_rows
from questionnaires.errors import SheetsUnreadable
from questionnaires.firmfields import valid_codes
from questionnaires.readers import archives, excel
from tests.diagnose.factories import make_uscc
from tests.diagnose.roster.rosterfiles import HEADINGS, write_csv, write_xlsx

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ"


@given(
    st.one_of(
        st.text(LETTERS, min_size=18, max_size=18),
        st.tuples(
            st.text("0123456789", min_size=8, max_size=8), st.text(LETTERS, min_size=9, max_size=9)
        )
        .map("".join)
        .map(lambda body: body + last_of(body)),
    )
)
def test_codes_are_checked_many_at_once_as_one_by_one(code):
    assert valid_codes(np.array([code], object)).tolist() == [uscc.is_valid(code)]


def last_of(body):
    try:
        return uscc.calc_check_digit(body)
    except ValueError:
        return "0"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("★ 统一社会信用代码", "uscc"),
        ("单位详细名称", "name"),
        ("行业代码（GB/T 4754）", "industry"),
        ("营业收入", "revenue"),
        ("营业收入（千元）", "revenue_1000"),
        ("上年营业收入(元)", "revenue_1"),
        ("营业收入/亿元", "revenue_100m"),
        ("联系 电话", "phone"),
        ("Industry code", "industry"),
        ("入统时间", "entered_on"),
        ("序号", ""),
        ("", ""),
    ],
)
def test_headings_are_known_in_either_language_with_their_unit(heading, field):
    assert match([heading]) == (field,)


def test_no_fact_is_matched_twice():
    assert match(["营业收入（万元）", "营业收入（千元）"]) == ("revenue", "")


def test_every_name_of_a_field_stands_for_one_field():
    names = [name for field in fields().values() for name in field.names]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_headings_are_found_below_titles(tmp_path, encoding):
    path = tmp_path / "名录.csv"
    row = f"{make_uscc()},甲机械,3484,后湖街道,12,2000"
    path.write_text(f"江岸区规上企业名单\n\n{','.join(HEADINGS)}\n{row}\n", encoding=encoding)
    head = read_head(path, path.name)
    assert head.headings == HEADINGS
    assert head.line == 3
    assert head.sample[0][1] == "甲机械"


def test_xlsx_and_csv_say_the_same(tmp_path):
    rows = [[make_uscc(), f"第{n}厂", "3484", "后湖街道", 12, 2000.5] for n in range(3)]
    found = []
    for path in (write_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", rows)):
        head = read_head(path, path.name)
        checker = Checker(head.headings, match(head.headings))
        found.append([checker.check(some).values for some in read_rows(path, head)])
    assert found[0] == found[1]
    assert found[0][0]["employees"] == [12, 12, 12]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"x"), ("a.xlsx", b"PK bad"), ("a.csv", b"uscc,name\n"), ("a.csv", b"a\0b")],
)
def test_what_is_no_roster_is_told_in_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SheetsUnreadable):
        read_head(path, name)


CELLS = {
    "industry": [("3484", "3484"), ("C3484", "3484"), ("610", "0610"), ("5177", None), ("x", None)],
    "employees": [("120", 120), ("1,200", 1200), ("12.5", None), ("-1", None), ("99999999", None)],
    "revenue_1000": [("86000", 8600.0), (12.5, 1.25), ("很多", None)],
    "entered_on": [
        ("2024年3月1日", "2024-03-01"),
        ("20240301", "2024-03-01"),
        ("2999-01-01", None),
    ],
    "how": [("月度", "monthly"), ("年度（小升规）", "yearly"), ("季度", None)],
    "honours": [("专精特新、高新技术企业", 18), ("小巨人", 4), ("无", 0), ("世界第一", None)],
}


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [(field, raw, value) for field, cells in CELLS.items() for raw, value in cells],
)
def test_cells(field, raw, value):
    checked = Checker(["它"], [field]).check([(2, [raw])])
    assert bool(checked.wrong) == (value is None)
    if value is not None:
        (found,) = checked.values[fields()[field].of]
        assert (found.isoformat() if field == "entered_on" else found) == value


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    checked = Checker(HEADINGS, match(HEADINGS)).check([(7, ["", "", "ZZ", "", "多", ""])])
    assert [wrong.heading for wrong in checked.wrong[0]] == [
        "行业代码",
        "从业人员",
        "统一社会信用代码",
        "企业名称",
    ]


def test_a_blank_cell_means_nothing():
    checked = Checker(["从业人员", "街道"], ["employees", "region"]).check([(2, [" ", ""])])
    assert checked.values == {"employees": [None], "region": [None]}
    assert not checked.wrong


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "没有数据行"),
        ("甲,乙\n丙,丁".encode("utf-16"), "编码"),
        (b"code,name\nx,\xe9t\xe9\xff\xff\n", "编码"),
    ],
)
def test_why_nothing_can_be_read_is_told_of_the_file_by_its_name(tmp_path, content, told):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(SheetsUnreadable) as unreadable:
        read_head(path, "总表.csv")
    assert told in unreadable.value.message.zh
    assert "总表.csv" in unreadable.value.message.zh


def test_a_hidden_sheet_before_the_roster_is_passed_over(tmp_path):
    with Workbook(tmp_path / "a.xlsx") as book:
        hidden, shown = book.add_worksheet(), book.add_worksheet()
        hidden.write_row(0, 0, ["说明"])
        hidden.hide()
        shown.activate()
        shown.write_row(0, 0, HEADINGS)
        shown.write_row(1, 0, [make_uscc(), "甲"])
    assert read_head(tmp_path / "a.xlsx", "a.xlsx").headings == HEADINGS


@pytest.mark.parametrize("given", ["45413", 45413.0, "2024-05-01", "20240501"])
def test_a_day_may_stand_as_the_number_that_excel_keeps(given):
    checked = Checker(["入规日期"], ["entered_on"]).check([(2, [given])])
    assert checked.values["entered_on"] == [date(2024, 5, 1)]
    assert not checked.wrong


def failing(path):
    """A roster with a formula without result in a name and in a number."""
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("名录")
        for at, row in enumerate([HEADINGS, [make_uscc(), "甲", "3484", "街", 1, 2]]):
            sheet.write_row(at, 0, row)
        sheet.write_row(2, 0, [make_uscc(), "乙", "3484", "街"])
        sheet.write_formula(2, 4, "=1/0", None, "#DIV/0!")
        sheet.write_row(3, 0, [make_uscc(), "", "3484", "街", 1, 2])
        sheet.write_formula(3, 1, "=A99", None, "#REF!")
    return path


def test_a_cell_whose_formula_failed_is_wrong_and_not_blank(tmp_path):
    path = failing(tmp_path / "a.xlsx")
    head = read_head(path, path.name)
    (rows,) = read_rows(path, head)
    checked = Checker(head.headings, match(head.headings)).check(rows)
    told = {
        checked.lines[at]: [(each.heading, each.reason.en) for each in wrong]
        for at, wrong in checked.wrong.items()
    }
    assert [[heading for heading, _ in told[line]] for line in (3, 4)] == [
        ["从业人员"],
        ["企业名称"],
    ]
    assert "#DIV/0!" in told[3][0][1]
    assert "#REF!" in told[4][0][1]


def test_of_an_excel_file_the_rows_read_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "TELL_EVERY", 2)
    monkeypatch.setattr(excel, "TELL_EVERY", 2)
    rows = [[make_uscc(), "甲", "3484", "街", 1, 2] for _ in range(5)]
    path, said = write_xlsx(tmp_path / "a.xlsx", rows), []
    list(read_rows(path, read_head(path, path.name), lambda *far: said.append(far)))
    assert said == [(2, 12), (4, 12), (6, 12), (8, 12), (10, 12), (12, 12)]
