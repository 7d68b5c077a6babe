from datetime import date
from io import BytesIO

import pdfplumber
import pytest

from questionnaires.text import Text
from reports.papers import Checked, Pair, Present, Promise, Record, render_promise, render_record

LABEL = Text("厂里的网络建到什么程度？", "How far does the network reach?")


def record(**changes):
    held = {
        "number": "ZD2026-000001",
        "firm": "武汉<b>一号</b>机械",
        "uscc": "91420102MA4K00001X",
        "provider": "江城智造诊断中心",
        "dated": date(2026, 11, 22),
        "day": "2026-11-20",
        "began": "09:00",
        "ended": "16:30",
        "place": "厂区",
        "photos_allowed": True,
        "people": (Present("firm", "王海", "生产部", "部长"),),
        "opening": "说明来意",
        "interviews": (Pair("王海", "插单多"),),
        "workshops": (),
        "documents": (),
        "agenda": (Checked(15, LABEL, (LABEL,), LABEL, LABEL),),
        "differences": (),
        "wishes": "",
        "limits": "",
        "closing": "",
    }
    return Record(**(held | changes))


def pages(pdf):
    with pdfplumber.open(BytesIO(pdf)) as file:
        return [page.extract_text() for page in file.pages]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_record_says_what_it_holds_and_leaves_room_for_the_rest(language):
    said = "".join(pages(render_record(record(), language)))
    for words in ("ZD2026-000001", "武汉<b>一号</b>机械", "王海", "插单多", "09:00"):
        assert words in said
    assert ("签字盖章" if language == "zh" else "Signatures") in said


def test_the_same_record_gives_the_same_bytes():
    assert render_record(record(), "zh") == render_record(record(), "zh")


def test_long_texts_and_many_lines_run_over_pages_and_the_signatures_stay_together():
    people = tuple(Present("provider", f"甲{n}", "", "") for n in range(40))
    found = pages(render_record(record(people=people, opening="很长的一段话。" * 600), "zh"))
    assert len(found) >= 4
    assert sum("签字盖章" in page for page in found) == 1
    assert all(f"第 {n} 页，共 {len(found)} 页" in page for n, page in enumerate(found, 1))


def test_a_fictional_record_is_stamped_on_every_page():
    assert all("虚构数据" in page for page in pages(render_record(record(fictional=True), "zh")))


@pytest.mark.parametrize(("language", "title"), [("zh", "保密承诺书"), ("en", "Promise of")])
def test_the_promise_fits_one_sheet(language, title):
    held = {"number": "ZD1", "uscc": "91420102MA4K00001X", "dated": date(2026, 11, 22)}
    promise = Promise(firm="武汉一号", provider="江城智造", lead="李强", **held)
    (page,) = pages(render_promise(promise, language))
    assert title in page
    assert "武汉一号" in page
