"""The page's script and the server agree on which questions are on the route."""

from pathlib import Path

import pytest

import questionnaires
from diagnose.web import reading
from diagnose.web.assessments import views
from tests.browser.filling import begin

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[1] / "examples" / "questionnaires"


@pytest.fixture
def asked_by_routing(monkeypatch):
    """Let new assessments be asked by the example that has every form of condition."""
    found = questionnaires.read_questionnaire(EXAMPLES / "routing.yaml")
    for module in (reading, views):
        monkeypatch.setattr(module, "questionnaire", lambda: found)


def shown(page):
    return [
        q.get_attribute("id") for q in page.locator("fieldset.question").all() if q.is_visible()
    ]


@pytest.mark.usefixtures("asked_by_routing")
def test_script_and_server_show_the_same_questions(open_page):
    page, still = open_page(), open_page(scripts=False)
    begin(page, "武汉路由机械有限公司")
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
        page.get_by_role("button", name="保存并离开").click()
        still.goto(address)
        assert shown(still) == by_script
        seen.add(tuple(by_script))
        page.goto(address)
    assert len(seen) >= 5
