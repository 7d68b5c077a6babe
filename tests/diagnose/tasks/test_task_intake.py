"""A file of tasks: columns by name, every bad cell named, nothing half taken."""

from io import BytesIO

import pytest
import xlsxwriter

from diagnose.tasks.intake import FileRefused, read_tasks
from questionnaires.problems import EXCEL_ERRORS


def book(*rows):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell in EXCEL_ERRORS:
                    sheet.write_formula(at, place, "=1/0", None, cell)
                else:
                    sheet.write(at, place, cell)
    return content.getvalue()


HEADS = (
    "完成时限",
    "重点任务（2026年）",
    "牵头部门",
    "责任单位★",
    "序 号",
    "目标值",
    "系统指标",
    "备注",
)
GOOD = ("2026年12月31日", "需求普查", "区科经局", "区发改局、区财政局", 1, "100", "动态覆盖率", "–")


def test_columns_are_known_by_their_names_in_any_order():
    (entry,) = read_tasks(book(HEADS, GOOD)).entries
    assert (entry.number, entry.title, entry.lead) == ("1", "需求普查", "区科经局")
    assert entry.others == ["区发改局", "区财政局"]
    assert (entry.goal, entry.feed) == (100.0, "coverage.dynamic")
    assert entry.due_on.isoformat() == "2026-12-31"


def test_every_bad_cell_is_named_with_its_line():
    bad = ("年底", "", "区科经局", "", 1, "很多", "人气", "")
    found = read_tasks(book(HEADS, GOOD, (), bad))
    told = {(wrong.line, wrong.column) for wrong in found.wrong}
    assert told == {
        (4, "完成时限"),
        (4, "重点任务（2026年）"),
        (4, "序 号"),
        (4, "目标值"),
        (4, "系统指标"),
    }
    assert len(found.entries) == 1


def test_a_cell_whose_formula_failed_is_named():
    found = read_tasks(book((), ("", *HEADS), ("", *GOOD[:5], "#DIV/0!", *GOOD[6:])))
    assert [(wrong.value, wrong.column) for wrong in found.wrong] == [("#DIV/0!", "目标值")]
    assert not found.entries


@pytest.mark.parametrize("content", [b"no file", book(("任务",), ("普查",)), book(HEADS), book(())])
def test_a_file_that_is_no_list_of_tasks_is_refused(content):
    with pytest.raises(FileRefused):
        read_tasks(content)
