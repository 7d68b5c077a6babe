"""axe finds nothing on any page of any role, wide in Chinese and narrow in English."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.filling import fits
from tests.browser.tour import tour

pytestmark = pytest.mark.browser
WHO = ["nobody", "firm to confirm", "firm done", "firm at its sheet", "firm new"]
WHO += ["consultant", "reviewer", "officer", "administrator"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        (each["id"], each["help"], [node["target"] for node in each["nodes"]][:3]) for each in found
    ]


@pytest.mark.parametrize(("viewport", "language"), [(DESKTOP, "zh"), (PHONE, "en")])
@pytest.mark.parametrize("who", WHO)
def test_no_page_has_a_barrier_or_overflows(district, open_page, who, viewport, language):
    page = open_page(viewport=viewport)
    district.enter(page, who, language)
    found = {}
    for path in tour(district.app, district.account(who)).values():
        page.goto(path)
        wrong = violations(page) + ([] if fits(page) else ["overflows"])
        if wrong:
            found[path] = wrong
    assert found == {}
