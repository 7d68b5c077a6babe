"""A firm fills in sme-2024 in a real browser: leaves, returns, submits, reads, downloads."""

import pytest
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.filling import begin, fill_section, fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("viewport", "scripts"),
    [(DESKTOP, True), (DESKTOP, False), (PHONE, True)],
    ids=["desktop", "without scripts", "phone"],
)
def test_fill_in_leave_return_submit_read_and_download(open_page, tmp_path, scripts, viewport):
    page = open_page(scripts, viewport)
    name = f"武汉{'宽' if viewport == DESKTOP else '窄'}{'动' if scripts else '静'}机械有限公司"
    begin(page, name)

    fill_section(page)
    page.get_by_role("button", name="保存并离开").click()
    assert "已保存" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name=f"继续填写 {name}").click()

    while "核对并提交" not in page.locator("h1").inner_text():
        assert fits(page), page.url
        fill_section(page)
        page.get_by_role("button", name="保存并继续").click()
    assert "必答题已全部填完" in page.locator(".sheet-main .lead").inner_text()
    assert fits(page)
    page.get_by_label("以上作答据我们所知属实").check()
    page.get_by_role("button", name="提交并查看结果").click()

    assert page.locator("h1").inner_text() == name
    assert page.locator(".verdict-value").nth(2).inner_text().startswith("31")
    assert page.locator(".chart svg:visible").count() >= 4
    assert "虚构园区" in page.locator("#peers").inner_text()
    assert page.locator("#plan .project").count() >= 1
    assert fits(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="下载完整报告").click()
    path = tmp_path / "report.pdf"
    download.value.save_as(path)
    report = PdfReader(path)
    assert len(report.pages) >= 10
    assert name in report.pages[0].extract_text().replace("\n", "")


def test_going_back_after_corrections_and_after_submission_never_ends_nowhere(open_page):
    page = open_page()
    begin(page, "武汉回头机械有限公司")
    sheet = page.url.split("/sections")[0]
    page.goto(f"{sheet}/review")
    page.get_by_role("button", name="提交并查看结果").click()
    assert "还没有提交" in page.get_by_role("alert").inner_text()
    page.get_by_label("以上作答据我们所知属实").check()
    page.get_by_role("button", name="提交并查看结果").click()
    page.go_back()
    page.get_by_label("以上作答据我们所知属实").check()
    page.get_by_role("button", name="提交并查看结果").click()
    assert "已经提交" in page.get_by_role("status").inner_text()
    assert page.url.endswith(sheet.split("/")[-1])


def test_scripts_show_a_conditional_question_at_once(open_page):
    page = open_page()
    begin(page, "武汉条件机械有限公司")
    dependent = page.locator("#key_processes_nc")
    assert not dependent.is_visible()
    page.locator("[name='q.key_processes']").fill("12")
    assert dependent.is_visible()
    page.locator("[name='q.key_processes']").fill("0")
    assert not dependent.is_visible()


def test_scripts_untick_what_an_exclusive_option_bars(open_page):
    page = open_page()
    begin(page, "武汉互斥机械有限公司")
    software = page.locator("#software")
    software.get_by_label("财务软件").check()
    software.get_by_label("都没有").check()
    assert not software.get_by_label("财务软件").is_checked()
    software.get_by_label("财务软件").check()
    assert not software.get_by_label("都没有").is_checked()
    software.get_by_label("不清楚").check()
    assert not software.get_by_label("财务软件").is_checked()


def test_without_scripts_a_conditional_question_follows_its_condition_after_saving(open_page):
    page = open_page(scripts=False)
    begin(page, "武汉静态机械有限公司")
    assert not page.locator("#key_processes_nc").is_visible()
    page.locator("[name='q.key_processes']").fill("12")
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("button", name="保存并返回上一页").click()
    assert page.locator("#key_processes_nc").is_visible()


def test_the_whole_page_works_by_keyboard(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "开始企业自评"
    outline = "getComputedStyle(document.activeElement).outlineWidth"
    assert page.evaluate(outline) == "3px"


def test_unsaved_typing_asks_before_it_is_lost(open_page):
    page = open_page()
    begin(page, "武汉谨慎机械有限公司")
    page.locator("[name='q.main_products']").fill("齿轮")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="虚构园区").click()
    page.wait_for_url("**/district/")
    assert asked == ["beforeunload"]
