"""What a visitor does again and again."""

from tests.diagnose.factories import make_uscc


def begin(page, name):
    page.goto("/")
    page.get_by_role("link", name="开始企业自评").click()
    page.get_by_label("企业名称").fill(name)
    page.get_by_label("统一社会信用代码").fill(make_uscc())
    page.get_by_label("行业代码").fill("3484")
    page.get_by_label("从业人员").fill("120")
    page.get_by_label("上年营业收入").fill("8600")
    page.get_by_role("button", name="保存并继续").click()


def fill_section(page):
    """Answer every question that is shown: the second option, a number, a word."""
    for question in page.locator("fieldset.question").all():
        if not question.is_visible():
            continue
        options = question.locator(".options:not(.options-states) input")
        if options.count():
            options.nth(1).check()
        elif question.locator("input[type=text]").count():
            year = question.get_attribute("data-question") == "founded"
            question.locator("input[type=text]").first.fill("2005" if year else "20")
        else:
            question.locator("textarea").fill("提高<b>质量</b>")


def fits(page):
    """Nothing stands over the edge of the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
