"""Reports of a fictional district, from answers to pages: weak, middling and strong firms."""

import io
from datetime import date

import pypdf
import pytest

from diagnose.fictional import district
from diagnose.story import Judge
from models.scoring import load_standard
from questionnaires import load
from reports.pdf import render

DAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def dossiers():
    judge = Judge(load("sme-2024"), [load_standard("sme-2024")])
    found = judge.diagnose(district(24, seed=1).sheets)
    made = judge.dossiers(found, DAY, fictional=True)
    return sorted(made, key=lambda dossier: dossier.result.score)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("place", [0, 12, -1], ids=["weak", "middling", "strong"])
def test_a_real_report_has_10_to_20_pages(dossiers, place, language):
    data = render(dossiers[place], language)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert 10 <= len(reader.pages) <= 20
    assert len(data) <= 400 * 1024


def test_every_report_in_chinese_has_10_to_20_pages(dossiers):
    for dossier in dossiers:
        reader = pypdf.PdfReader(io.BytesIO(render(dossier, "zh")))
        assert 10 <= len(reader.pages) <= 20


def test_what_the_dossier_says_is_on_the_pages(dossiers):
    dossier = dossiers[12]
    reader = pypdf.PdfReader(io.BytesIO(render(dossier, "zh")))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    said = [
        dossier.summary.headline,
        *(problem.fact for group in dossier.problems.groups for problem in group.problems),
        *(card.name for card in dossier.plan.cards),
        *(card.why for card in dossier.plan.cards),
        *(action.title for action in dossier.actions.actions),
        *(row.answer for section in dossier.answers for row in section.rows),
        *dossier.notice,
    ]
    for one in said:
        assert "".join(one.zh.split()) in text
