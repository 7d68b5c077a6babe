"""The finished file, read back by independent readers."""

import io
import re

import pdfplumber
import pypdf
import pytest
from factory import make

from reports.pdf import render
from reports.pdf.theme import BOTTOM, LEFT, PAGE_HEIGHT, RIGHT

LONG = ("武汉市江岸区精密机械电子制造（集团）股份有限公司第二分公司" * 8)[:200]
ODD = "<b>&amp;</b>𠮷野家😀㈱&<i>“引号”"
FOLIO = {"zh": "第 {} 页，共 {} 页", "en": "Page {} of {}"}


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def read():
    made = {}

    def reader(strength, language, firm="武汉江岸精密机械有限公司"):
        key = (strength, language, firm)
        if key not in made:
            made[key] = render(make(strength, firm), language)
        return pypdf.PdfReader(io.BytesIO(made[key])), made[key]

    return reader


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("strength", ["weak", "middling", "strong", "empty"])
def test_a_report_has_10_to_20_pages_and_at_most_400_kib(read, strength, language):
    reader, data = read(strength, language)
    assert 10 <= len(reader.pages) <= 20
    assert len(data) <= 400 * 1024


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_but_the_cover_says_which_of_how_many(read, language):
    reader, _ = read("middling", language)
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        told = FOLIO[language].format(number, count) in page.extract_text()
        assert told == (number > 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_fonts_are_embedded(read, language):
    reader, _ = read("middling", language)
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert len(descendant["/FontDescriptor"]["/FontFile2"].get_data()) > 1000
            names.add(font.get_object()["/BaseFont"])
    assert {name.split("+")[1] for name in names} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}


def outline(reader, entries=None):
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from outline(reader, entry)
        else:
            yield entry.title, reader.get_destination_page_number(entry) + 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_bookmarks_and_contents_lead_to_where_the_headings_stand(read, language):
    reader, data = read("weak", language)
    marks = list(outline(reader))
    assert len(marks) > 20
    assert [page for _, page in marks] == sorted(page for _, page in marks)
    for title, page in marks:
        assert squeezed(title) in squeezed(reader.pages[page - 1].extract_text())
    rects = [link.get_object()["/Rect"] for link in reader.pages[2]["/Annots"]]
    with pdfplumber.open(io.BytesIO(data), pages=[3]) as pdf:
        for (title, page), (left, low, right, high) in zip(marks, rects, strict=True):
            box = [float(at) for at in (left, PAGE_HEIGHT - high, right, PAGE_HEIGHT - low)]
            entry = pdf.pages[0].crop(box).extract_text()
            assert squeezed(title) in squeezed(entry)
            assert entry.split()[-1] == str(page)


@pytest.mark.parametrize("name", [ODD, LONG, "X" * 200, "Ａ·Ｂ—（集团）"])
def test_names_read_as_typed(read, name):
    reader, _ = read("strong", "zh", name)
    assert squeezed(name) in squeezed(reader.pages[0].extract_text())
    assert name in reader.metadata.title


@pytest.mark.parametrize(
    "name", ["甲\x00乙\x07", "坏\ud800字", "", "\u202e翻转\u200d", "行一\n行二"]
)
def test_no_name_stops_a_report(name):
    assert render(make("strong", name), "zh").startswith(b"%PDF")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_set_outside_the_margins(read, language):
    _, data = read("weak", language, LONG)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages[1:]:
            for char in page.chars:
                assert char["x0"] >= LEFT - 1
                assert char["x1"] <= page.width - RIGHT + 1
                assert char["top"] >= 30
                assert char["bottom"] <= PAGE_HEIGHT - 24
        for page in pdf.pages[1:]:
            body = page.crop((0, 0, page.width, PAGE_HEIGHT - BOTTOM))
            assert body.chars


def test_the_file_describes_itself(read):
    for language, locale in (("zh", "zh-CN"), ("en", "en")):
        reader, _ = read("middling", language)
        assert "武汉江岸精密机械有限公司" in reader.metadata.title
        assert reader.metadata.author
        assert "ZD-2026-000123" in reader.metadata.subject
        assert reader.trailer["/Root"]["/Lang"] == locale
        assert reader.metadata.creation_date.date().isoformat() == "2026-03-09"


def test_bytes_depend_on_the_dossier_alone():
    weak, odd = make("weak"), make("strong", ODD)
    first = [render(weak, "zh"), render(odd, "zh"), render(weak, "en")]
    second = [render(weak, "en"), render(odd, "zh"), render(weak, "zh")]
    assert first == second[::-1]


def test_the_stamp_is_on_every_page(read):
    reader, _ = read("middling", "zh")
    assert all("虚构数据" in page.extract_text() for page in reader.pages)
