from datetime import date
from io import BytesIO

import pdfplumber
import pytest

from questionnaires.text import Text
from reports.papers.year_plan import PlanPaper, ProjectLine, Sums, money, render_year_plan

ALL = Text("合计", "All")


def row(number, **changes):
    held = {
        "firm": f"<b>第{number}</b>机械厂",
        "name": Text("设备联网", "Machine networking"),
        "type": Text("设备联网", "Machine networking"),
        "content": Text("采集终端。" * 80, "Gateways. " * 80),
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 9, 30),
        "low": 10.0,
        "mid": 20.0,
        "high": 40.5,
        "total": None,
        "this_year": 20.0,
        "stage": Text("已入库", "In the pool"),
    }
    return ProjectLine(**(held | changes))


def paper(rows):
    sums = Sums(len(rows), 1, 73, 20.0, 93, 5.5, 2)
    by = [(ALL, sums)]
    return PlanPaper("江岸区", 2026, date(2026, 11, 23), sums, by, by, by, rows)


def pages(pdf):
    with pdfplumber.open(BytesIO(pdf)) as file:
        return [page.extract_text() for page in file.pages]


@pytest.mark.parametrize(("language", "head"), [("zh", "序号"), ("en", "No.")])
def test_the_head_stands_on_every_page_that_rows_reach(language, head):
    found = pages(render_year_plan(paper([row(n) for n in range(60)]), language))
    assert len(found) > 3
    assert all(head in page for page in found[1:] if "机械厂" in page)
    everything = "".join(found)
    assert all(f"<b>第{number}</b>" in everything for number in range(60))


def test_a_contract_stands_for_the_estimate_and_what_is_not_known_is_said():
    rows = [row(1), row(2, total=73.25), row(3, low=None, mid=None, high=None, this_year=None)]
    said = "".join(pages(render_year_plan(paper(rows), "zh"))).replace("\n", " ")
    for words in ("参考估算", "合同 73.25", "待询价", "2 个待询价"):
        assert words in said


def test_a_year_without_projects_says_so():
    assert "没有安排在这一年" in "".join(pages(render_year_plan(paper([]), "zh")))


def test_the_same_plan_gives_the_same_bytes():
    assert render_year_plan(paper([row(1)]), "zh") == render_year_plan(paper([row(1)]), "zh")


@pytest.mark.parametrize(
    ("value", "said"), [(None, "–"), (0, "0"), (1200, "1,200"), (0.5, "0.5"), (12.348, "12.35")]
)
def test_money_is_told_with_two_decimals_at_most(value, said):
    assert money(value) == said
