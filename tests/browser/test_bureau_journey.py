"""The bureau's own work: a roster file mended and taken over, a campaign, coverage, what it gives
out.
"""

import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pdfplumber
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlmodel import Session, col, select

from diagnose.records import Campaign, CampaignFirm, Diagnosis, Firm, RosterImport
from questionnaires import clock
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.filling import fits, primary
from tests.diagnose.factories import make_uscc

pytestmark = pytest.mark.browser

HEADINGS = (
    "序号",
    "单位详细名称",
    "所在街道",
    "统一社会信用代码",
    "行业小类代码",
    "从业人员期末人数",
    "主营业务收入（千元）",
    "调查员签字",
)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def excel(*rows):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return {"name": "名录.xlsx", "mimeType": EXCEL, "buffer": file.getvalue()}


def rows_of(content):
    """The rows of the first sheet of an Excel file."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def download(page, link):
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_bytes()


class Bureau:
    """The officer at a window, with the district's records."""

    def __init__(self, district, open_page, viewport):
        self.district, self.page = district, open_page(viewport=viewport)
        district.enter(self.page, "officer")

    def records(self):
        return Session(self.district.app.extensions["database"], expire_on_commit=False)

    def at(self, path):
        self.page.goto(path)
        assert fits(self.page), path
        return self.page

    def dynamic(self):
        """Numerator and denominator of the dynamic figure, as the page shows them."""
        page = self.at("/coverage/")
        text = page.locator("section[aria-labelledby=dynamic] .share small").inner_text()
        return [int(number) for number in re.findall(r"\d+", text)[:2]]


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def bureau(district, open_page, request):
    return Bureau(district, open_page, request.param)


def bring_in(bureau, file):
    """Upload a roster file and look at what it would do."""
    page = bureau.at("/roster/imports/new")
    page.locator("input[type=file]").set_input_files(file)
    primary(page)
    assert page.locator("select[name=column-3]").input_value() == "uscc"
    assert page.locator("select[name=column-6]").input_value() == "revenue_1000"
    assert page.locator("select[name=column-7]").input_value() == ""
    page.locator("[name=vouched]").fill("区统计局 11 月名录")
    primary(page)
    assert fits(page)
    return page


def import_roster(bureau):
    """Bring in three firms of which two rows are wrong, mend these, and take the rest over."""
    codes = [make_uscc() for _ in range(3)]
    wrong = codes[1][:-1] + ("A" if codes[1][-1] != "A" else "B")
    page = bring_in(
        bureau,
        excel(
            HEADINGS,
            [1, "虚构·甲精密机械有限公司", "一元街道", codes[0], "3484", 80, 45000, "张"],
            [2, "虚构·乙电子有限公司", "一元街道", wrong, "3971", 60, 38000, "张"],
            [3, "虚构·丙食品有限公司", "二曜街道", codes[2], "1432", "很多", 52000, "李"],
        ),
    )
    told = page.locator("section[aria-labelledby=bad]").inner_text()
    assert "校验" in told
    assert "从业人员" in told
    with bureau.records() as session:
        assert session.exec(select(Firm).where(col(Firm.uscc).in_(codes))).all() == []
    mend = rows_of(download(page, page.locator("section[aria-labelledby=bad] .actions a")))
    assert list(HEADINGS) == [cell for cell in mend[0] if cell in HEADINGS]
    assert [row[1] for row in mend[1:]] == ["虚构·乙电子有限公司", "虚构·丙食品有限公司"]

    page.locator("input[name=take][value=good]").check()
    primary(page)
    for row in mend[1:]:
        row[mend[0].index("统一社会信用代码")] = codes[1] if "乙" in row[1] else codes[2]
        row[mend[0].index("从业人员期末人数")] = 60
    page = bring_in(bureau, excel(*(row[: len(HEADINGS)] for row in mend)))
    assert page.locator("section[aria-labelledby=bad]").count() == 0, page.locator(
        "main"
    ).inner_text()
    primary(page)
    with bureau.records() as session:
        kept = session.exec(select(Firm).where(col(Firm.uscc).in_(codes))).all()
        assert {firm.revenue for firm in kept} == {4500.0, 3800.0, 5200.0}
        taken = session.exec(select(RosterImport).order_by(col(RosterImport.id).desc())).all()
        assert [(row.added, row.refused) for row in taken[:2]] == [(2, 0), (1, 2)]
    return codes


def run_campaign(bureau, name):
    """Plan, freeze, sign and open a campaign."""
    page = bureau.at("/campaigns/new")
    today = clock.today()
    page.locator("[name=name]").fill(name)
    page.locator("[name=base_on]").fill(today.isoformat())
    page.locator("[name=opens_on]").fill(today.isoformat())
    page.locator("[name=due_on]").fill((today + timedelta(days=200)).isoformat())
    primary(page)
    page.locator("form[action$='/freeze'] button").click()
    page.locator("[name=bureau]").fill("江一帆")
    page.locator("[name=statistics]").fill("区统计局 王清")
    page.locator("form[action$='/sign'] button").click()
    page.locator("form[action$='/open'] button").click()
    assert fits(page)
    with bureau.records() as session:
        campaign = session.exec(select(Campaign).where(Campaign.name == name)).one()
        assert campaign.stage == "open"
        listed = session.exec(
            select(CampaignFirm.firm_id).where(CampaignFirm.campaign_id == campaign.id)
        )
        return campaign, set(listed)


def assign(bureau, firm_id):
    """Give a new firm's diagnosis to a provider."""
    with bureau.records() as session:
        diagnosis = session.exec(select(Diagnosis).where(Diagnosis.firm_id == firm_id)).one()
    assert diagnosis.state == "to_assign"
    page = bureau.at(f"/diagnoses/{diagnosis.id}")
    form = page.locator("form[action$='/assign']")
    form.locator("select[name$=provider]").select_option(index=1)
    form.locator("button").click()
    with bureau.records() as session:
        assert session.get(Diagnosis, diagnosis.id).state == "assigned"


def close_firm(bureau, firm_id):
    """Record that a firm closed; the effect is shown before anything is saved."""
    page = bureau.at(f"/roster/changes/record/{firm_id}?change=closed")
    page.locator("[name=effective_on]").fill(clock.today().isoformat())
    page.locator("[name=reason]").fill("已注销")
    page.locator("[name=proof]").fill("注销登记通知书〔2026〕1 号")
    page.locator("[name=asked_by]").fill("一元街道")
    page.locator("button[name=preview]").click()
    effect = page.locator("div.note[role=status]").inner_text()
    assert re.search(r"\d+ → \d+", effect)
    page.locator("button[name=save]").click()


def drill_down(bureau):
    """Every number opens its list, and the list is as long as the number says."""
    page = bureau.at("/coverage/")
    for figure in ("covered", "due", "open"):
        link = page.locator(f"section[aria-labelledby=dynamic] a[href*='figure={figure}']").first
        number = int(link.inner_text())
        link.click()
        assert fits(page)
        caption = page.locator("main").inner_text()
        assert re.search(rf"(?<!\d){number}(?!\d)", caption), (figure, number)
        rows = rows_of(download(page, page.locator("a[href*='.xlsx']").first))
        held = [row for row in rows if any(re.fullmatch(r"[0-9A-Z]{18}", str(c)) for c in row)]
        assert len(held) == number
        page.go_back()


def test_from_a_roster_file_to_coverage_that_changes(bureau):
    _, before = bureau.dynamic()
    codes = import_roster(bureau)
    assert bureau.dynamic()[1] == before + 3
    with bureau.records() as session:
        new = session.exec(select(Firm).where(col(Firm.uscc).in_(codes))).all()
    name = f"批次 {clock.today()} {codes[0][-4:]}"
    campaign, listed = run_campaign(bureau, name)
    assert {firm.id for firm in new} <= listed
    page = bureau.at(f"/campaigns/{campaign.id}")
    assert str(len(listed)) in page.locator("tr.total").inner_text()
    assign(bureau, new[0].id)
    close_firm(bureau, new[1].id)
    assert bureau.dynamic()[1] == before + 2
    drill_down(bureau)


def test_a_ledger_in_the_bureaus_own_order_opens_again(district, open_page):
    bureau = Bureau(district, open_page, DESKTOP)
    page = bureau.at("/ledgers/roster/columns")
    page.locator("[name=place-name]").fill("1")
    page.locator("[name=place-uscc]").fill("2")
    page.locator("[name=title-name]").fill("=单位名称")
    page.locator("[name=shown-former]").uncheck()
    primary(page)
    page = bureau.at("/ledgers/")
    rows = rows_of(download(page, page.locator("form[action='/ledgers/roster/download'] button")))
    heads = next(row for row in rows if "=单位名称" in row)
    assert "曾用名" not in heads
    assert heads.index("=单位名称") < heads.index("统一社会信用代码")
    with bureau.records() as session:
        listed = session.exec(select(Firm).where(Firm.on_roster)).all()
    codes = {row[heads.index("统一社会信用代码")] for row in rows}
    assert {firm.uscc for firm in listed} <= codes
    page = bureau.at("/ledgers/roster/columns")
    page.locator("form[action$='/reset'] button").click()


def test_a_bulletin_is_gathered_issued_and_read_as_pictures(district, open_page, tmp_path):
    bureau = Bureau(district, open_page, DESKTOP)
    page = bureau.at("/bulletins/new")
    page.locator("[name=month]").select_option(index=1)
    primary(page)
    assert fits(page)
    page.locator("a[href$='/edit']").click()
    page.locator("[name=foreword]").fill("各街道请对照缺口安排本月工作。")
    primary(page)
    page.locator("details.move summary").click()
    page.locator("[name=sure]").check()
    primary(page)
    content = download(page, page.locator("a[href$='/files/internal.zh.pdf']"))
    (tmp_path / "bulletin.pdf").write_bytes(content)
    with pdfplumber.open(tmp_path / "bulletin.pdf") as paper:
        said = "".join(sheet.extract_text() for sheet in paper.pages)
        sheets = len(paper.pages)
    assert "对照缺口安排本月工作" in said
    assert "内部资料" in said
    pdftoppm = shutil.which("pdftoppm") or "/usr/bin/pdftoppm"
    subprocess.run(
        [pdftoppm, "-r", "40", "-gray", tmp_path / "bulletin.pdf", tmp_path / "sheet"], check=True
    )
    pictures = sorted(tmp_path.glob("sheet*.pgm"))
    assert len(pictures) == sheets
    for picture in pictures:
        dots = picture.read_bytes()
        assert sum(dot < 128 for dot in dots) > 500, f"{picture.name} is all but empty"
