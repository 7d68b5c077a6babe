from datetime import date
from io import BytesIO

import pdfplumber
import pytest
import segno

from reports.letters import Letter, Letterhead, write_letters

LINK = "https://diagnose.example/account/activate?code=ABCD-EFGH-JKLM-NPQR"
HEAD = Letterhead(
    "示例区经信局", "027-0000", "示例区", "https://diagnose.example", date(2026, 11, 23)
)


def letter(**changes):
    held = {
        "firm": "虚构·一号机械 <b>",
        "username": "91420102MA4K00001Q",
        "code": "ABCD-EFGH-JKLM-NPQR",
        "link": LINK,
        "expires": date(2026, 12, 23),
    }
    return Letter(**(held | changes))


def pages(letters, language="zh", head=HEAD):
    with pdfplumber.open(BytesIO(write_letters(letters, head, language))) as pdf:
        return [(page.extract_text(), page.rects) for page in pdf.pages]


def test_each_firm_has_a_page_that_says_all_it_needs():
    found = pages([letter(), letter(firm="二号机械", code="ZZZZ-YYYY-XXXX-WWWW", fictional=True)])
    assert len(found) == 2
    first, second = found[0][0], found[1][0]
    for words in ("虚构·一号机械 <b>：", "ABCD-EFGH-JKLM-NPQR", "91420102MA4K00001Q", "2026-12-23"):
        assert words in first
    assert "2026 年 11 月 23 日" in first
    assert "虚构数据" not in first
    assert "ZZZZ-YYYY-XXXX-WWWW" in second
    assert "ABCD-EFGH" not in second
    assert "虚构数据" in second


def test_the_square_code_is_the_link_to_activate():
    dark = [
        r for r in pages([letter()])[0][1] if r["non_stroking_color"] in {(0, 0, 0), (0.0,) * 3}
    ]
    side = min(r["height"] for r in dark)
    left, top = min(r["x0"] for r in dark), min(r["top"] for r in dark)
    drawn = set()
    for strip in dark:
        row = round((strip["top"] - top) / side)
        start, length = round((strip["x0"] - left) / side), round(strip["width"] / side)
        drawn |= {(row, column) for column in range(start, start + length)}
    wanted = segno.make(LINK, error="m", micro=False).matrix
    assert drawn == {(y, x) for y, row in enumerate(wanted) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_keeps_to_its_page_however_long_the_names(language):
    head = Letterhead(
        "示例区科学技术和经济信息化局" * 3,
        "地址" * 60,
        "示例区",
        "https://a.example/" + "x" * 60,
        date(2026, 1, 1),
    )
    found = pages([letter(firm="很长的企业名称" * 28)], language, head)
    assert len(found) == 1
    with pdfplumber.open(
        BytesIO(write_letters([letter(firm="很长的企业名称" * 28)], head, language))
    ) as pdf:
        words = pdf.pages[0].extract_words()
        foot = max(word["top"] for word in words)
        above = max(word["bottom"] for word in words if word["top"] < foot - 3)
    assert above < foot


def test_the_same_letters_are_the_same_bytes():
    assert write_letters([letter()], HEAD, "en") == write_letters([letter()], HEAD, "en")
