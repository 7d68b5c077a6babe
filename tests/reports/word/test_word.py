from io import BytesIO

import docx
import pytest

from questionnaires.text import LANGUAGES
from reports.word import render_word
from reports.word.outline import Outline
from tests.reports.dossier.test_visited import TYPED, dossier, planner  # noqa: F401


def text_of(document):
    tables = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *tables])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_there_and_nothing_is_markup(dossier, language):  # noqa: F811
    document = docx.Document(BytesIO(render_word(dossier, language)))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [chapter.title for chapter in Outline(dossier, language).chapters()]
    told = text_of(document)
    assert TYPED.replace("\u0001", "") in told
    assert "{%" not in told
    assert "Text(" not in told
    assert "AAAA-BBBB-CCCC" in told


def test_tables_repeat_their_heads_and_name_a_chinese_font(dossier):  # noqa: F811
    document = docx.Document(BytesIO(render_word(dossier, "zh")))
    xml = document.element.xml
    assert xml.count("w:tblHeader") >= 20
    assert 'w:eastAsia="Noto Sans SC"' in document.styles.element.xml
