"""The page's script and the server agree on which questions are on the route."""

import sys
from pathlib import Path

import pytest
from sqlmodel import Session

import questionnaires
from diagnose import reading
from tests.browser.filling import primary
from tests.diagnose.people import make_account, make_firm

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[1] / "examples" / "questionnaires"


@pytest.fixture
def asked_by_routing(monkeypatch):
    """Let new assessments be asked by the example that has every form of condition."""
    found = questionnaires.read_questionnaire(EXAMPLES / "routing.yaml")
    asked = reading.questionnaire
    for module in [*sys.modules.values()]:
        if getattr(module, "questionnaire", None) is asked:
            monkeypatch.setattr(module, "questionnaire", lambda: found)


def shown(page):
    return [
        q.get_attribute("id") for q in page.locator("fieldset.question").all() if q.is_visible()
    ]


@pytest.mark.usefixtures("asked_by_routing")
def test_script_and_server_show_the_same_questions(district, open_page):
    with Session(district.app.extensions["database"], expire_on_commit=False) as session:
        firm = make_firm(session, name="虚构·初次填报厂")
        account = make_account(session, "firm", firm_id=firm.id)
    page, still = open_page(), open_page(scripts=False)
    for window in (page, still):
        district.enter_as(window, account)
    page.goto("/assessments/new")
    primary(page)
    address = page.url
    steps = [
        lambda: page.locator("#connected").get_by_label("否").check(),
        lambda: page.locator("#connected").get_by_label("是", exact=True).check(),
        lambda: page.locator("[name='q.machines']").fill("１0"),
        lambda: page.locator("#protocols").get_by_label("MQTT").check(),
        lambda: page.locator("[name='q.machines']").fill("100"),
        lambda: page.locator("#protocols").get_by_label("无", exact=True).check(),
        lambda: page.locator("[name='q.machines']").fill("9"),
        lambda: page.locator("#connected").get_by_label("不清楚").check(),
    ]
    seen = set()
    for step in steps:
        step()
        by_script = shown(page)
        with page.expect_navigation():
            page.get_by_role("button", name="保存并离开").click()
        still.goto(address)
        assert shown(still) == by_script
        seen.add(tuple(by_script))
        page.goto(address)
    assert len(seen) >= 5
