"""A button pressed twice sends its form once."""

import pytest

pytestmark = pytest.mark.browser

PRESS = """button => {
  let sent = 0;
  addEventListener("submit", (event) => {
    sent += !event.defaultPrevented;
    event.preventDefault();
  });
  button.click();
  button.click();
  const twice = sent;
  dispatchEvent(new PageTransitionEvent("pageshow"));
  button.click();
  return [twice, sent];
}"""


def test_a_form_is_sent_once_until_its_page_is_shown_again(open_page):
    page = open_page()
    page.goto("/")
    assert page.locator("form.languages button").last.evaluate(PRESS) == [1, 2]
