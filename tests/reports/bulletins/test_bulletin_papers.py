"""A bulletin as PDF and Word: the same words and figures, whoever typed them."""

from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from docx import Document
from docx.shared import Cm

from questionnaires.text import Text
from reports.bulletins import (
    Bulletin,
    Curve,
    Grid,
    Paragraph,
    Point,
    Section,
    render_docx,
    render_pdf,
)


@pytest.fixture
def bulletin():
    grid = Grid(
        Text("各街道进度", "Streets"),
        (Text("街道", "Street"), Text("已覆盖", "Covered")),
        (0.6, 0.4),
        (("后湖街道", "41"), ("<b>=1+1</b>", "—")),
        frozenset({1}),
    )
    points = (
        Point(date(2026, 9, 30), 30, 90, 40.0),
        Point(date(2026, 10, 31), 41, 90, 50.0),
    )
    curve = Curve(Text("进度", "Progress"), points)
    section = Section(
        Text("总体情况", "Coverage"), (Paragraph(Text("截至今天。", "By today.")), grid, curve)
    )
    return Bulletin(
        title=Text("诊断工作通报", "Bulletin"),
        number=Text("第 11 期", "Issue 11"),
        sender=Text("主管部门", "Bureau"),
        dated=date(2026, 11, 5),
        sections=(section,),
        foreword="请抓紧 & <推进>。\x0b",
        recipients=((Text("报送", "To"), Text("区政府", "District")),),
        mark=Text("内部资料", "Internal"),
    )


def words_of_pdf(content):
    with pdfplumber.open(BytesIO(content)) as file:
        return "".join(page.extract_text() for page in file.pages).replace(" ", "")


def words_of_docx(content):
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([*(line.text for line in document.paragraphs), *cells]).replace(" ", "")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            ("诊断工作通报", "第11期", "主管部门", "内部资料", "一、总体情况", "45.5%", "区政府"),
        ),
        ("en", ("Bulletin", "Issue11", "Bureau", "Internal", "1.Coverage", "45.5%", "District")),
    ],
)
def test_both_files_say_the_same(bulletin, language, told):
    for words in (
        words_of_pdf(render_pdf(bulletin, language)),
        words_of_docx(render_docx(bulletin, language)),
    ):
        for each in (*told, "<b>=1+1</b>", "&<推进>", "41"):
            assert each in words, each


def test_the_same_bulletin_gives_the_same_bytes(bulletin):
    assert render_pdf(bulletin, "zh") == render_pdf(bulletin, "zh")
    assert render_docx(bulletin, "zh") == render_docx(bulletin, "zh")


def test_the_chart_is_in_the_word_file_too(bulletin):
    document = Document(BytesIO(render_docx(bulletin, "en")))
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Progress"
    assert picture.width == Cm(16.6)
