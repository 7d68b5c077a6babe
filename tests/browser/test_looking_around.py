"""Browsing the fictional district, in both languages, on a desktop and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.filling import begin, fits

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = ["/", "/assessments/new", "/district/", "/results/1"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_language_is_switched_and_stays(open_page, viewport):
    page = open_page(viewport=viewport)
    page.goto("/district/")
    assert page.locator("h1").inner_text() == "虚构园区"
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Fictional district"
    page.locator("tbody a").first.click()
    page.get_by_role("heading", name="Among its peers").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


def test_firms_are_filtered_and_paged(open_page):
    page = open_page()
    page.goto("/district/")
    page.get_by_role("link", name="下一页").click()
    assert "第 2 页" in page.locator(".pages").inner_text()
    page.get_by_label("等级").select_option("1")
    page.get_by_role("button", name="筛选").click()
    levels = page.locator("tbody .chip").all_inner_texts()
    assert levels
    assert all(level.startswith("一级") for level in levels)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_project_is_opened_by_keyboard_to_see_why(open_page, scripts):
    page = open_page(scripts)
    page.goto("/results/1")
    page.get_by_role("navigation", name="本页内容").get_by_role("link", name="改造路线图").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#plan")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    why = page.locator("#plan .project").first.get_by_text("为什么做")
    assert not why.is_visible()
    page.keyboard.press("Enter")
    why.wait_for(state="visible")


@pytest.mark.parametrize("width", [1280, 1000, 760, 660])
def test_names_and_sizes_of_the_list_stand_at_the_top_of_their_row(open_page, width):
    """The size once wrapped to one character a line beside the longest names."""
    page = open_page(viewport={"width": width, "height": 900})
    page.goto("/district/")
    assert fits(page)
    for row in page.locator("tbody tr").all():
        name, size = row.locator("th a").bounding_box(), row.locator("td.short").bounding_box()
        line = row.locator("td.short").evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
        assert row.locator("td.short").evaluate("e => e.scrollWidth <= e.clientWidth")
        assert name["y"] - size["y"] < line
        text = row.locator("td.short").evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return r.getBoundingClientRect().height }"
        )
        assert text < 1.5 * line


@pytest.mark.parametrize(
    ("viewport", "language"), [(DESKTOP, "English"), (PHONE, "中文")], ids=["desktop", "phone"]
)
def test_pages_fit_and_break_no_rule_of_accessibility(open_page, viewport, language):
    """WCAG 2.2 AA, as far as axe can see."""
    page = open_page(viewport=viewport)
    begin(page, "武汉无障碍机械有限公司")
    sheet = page.url.split("/sections")[0]
    page.get_by_role("button", name=language).click()
    for path in (
        *PAGES,
        f"{sheet}/sections/equipment",
        f"{sheet}/sections/results",
        f"{sheet}/review",
    ):
        page.goto(path)
        assert fits(page), path
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, (path, found.generate_report())
