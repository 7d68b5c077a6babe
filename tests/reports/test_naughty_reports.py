"""Naughty texts in every text field of a sheet, in the report and in the summary workbook."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from diagnose.story import Judge, Until
from models.scoring import load_standard
from questionnaires import load
from questionnaires.check import RawSheet, check_rows
from reports.lettering.faces import face, invisible
from reports.pdf import render
from reports.workbook import write_summary
from tests.diagnose.factories import make_uscc
from tests.naughty import NAUGHTY, as_answer, as_line, shared_out

DAY = date(2026, 3, 9)
QUESTIONNAIRE = load("sme-2024")
REASONS = tuple(q.id for q in QUESTIONNAIRE.questions if q.may_not_apply)
TEXTS = tuple(q.id for q in QUESTIONNAIRE.questions if q.kind == "text")
FIELDS = ("name", "region", *TEXTS, *REASONS)


def raw_sheet(line, round_):
    """A sheet with a text in each of its text fields; names may not be empty."""
    firm = {
        "uscc": make_uscc(),
        "name": f"名{round_['name']}",
        "region": round_["region"][:100],
        "employees": 120,
        "revenue": 8600,
        "industry": "3484",
    }
    answers = {q: round_[q] for q in TEXTS}
    for question in REASONS:
        if as_answer(round_[question]):
            answers[question] = {"state": "not_applicable", "reason": round_[question]}
    return RawSheet(line, firm, answers | {"planning": "c", "pains": ["cost"]})


def judged(rounds, until):
    rows = [raw_sheet(line, round_) for line, round_ in enumerate(rounds)]
    reading = check_rows(QUESTIONNAIRE, rows)
    assert not reading.rejected, reading.rejected[:3]
    judge = Judge(QUESTIONNAIRE, [load_standard("sme-2024")])
    return judge, judge.diagnose(reading.sheets, until)


def drawn(text):
    """The glyphs a text is drawn with: none for unseen signs, the box where there is none."""
    glyphs = face(False, "zh").glyphs
    return tuple(glyphs[char] for char in text if not (invisible(char) or char.isspace()))


def contains(whole, part):
    """Whether one sequence of glyphs holds another."""
    width = len(part)
    return any(whole[at : at + width] == part for at in range(len(whole) - width + 1))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_is_on_a_page_of_a_report(language):
    rounds = [*shared_out(FIELDS)][:: 1 if language == "zh" else 4]
    judge, found = judged(rounds, Until.ROADMAP)
    for round_, dossier in zip(rounds, judge.dossiers(found, DAY), strict=True):
        pages = pypdf.PdfReader(BytesIO(render(dossier, language))).pages
        said = drawn("".join(page.extract_text() for page in pages))
        shown = [as_line(f"名{round_['name']}"), as_line(round_["region"][:100])]
        shown += [as_answer(round_[question]) for question in (*TEXTS, *REASONS)]
        for text in shown:
            assert contains(said, drawn(text)), (text, round_)


def test_every_name_is_a_text_in_the_summary(tmp_path):
    rounds = [dict.fromkeys(FIELDS, text) for text in NAUGHTY]
    _, found = judged(rounds, Until.SCORE)
    path = tmp_path / "summary.xlsx"
    write_summary(path, found.batch, "zh", day=DAY)
    with CalamineWorkbook.from_path(path) as book:
        head, *rows = book.get_sheet_by_index(0).to_python()
    for column, expected in (
        ("企业名称", [as_line(f"名{text}") for text in NAUGHTY]),
        ("街道或园区", [as_line(text[:100]) for text in NAUGHTY]),
    ):
        assert [row[head.index(column)] for row in rows] == expected
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
