"""A service on the loopback and a real Chromium to visit it with; no other network is used."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.district import running

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds; a slow machine is no failure
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    """The fictional district at work, and the service that shows it."""
    with running(tmp_path_factory.mktemp("instance")) as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, district):
    """Open a page of a fresh visitor; at the end the console must have been silent.

    But for a form sent back for corrections: every browser notes its 422.
    """
    contexts, said = [], []

    def start(scripts=True, viewport=DESKTOP):
        context = chromium.new_context(
            base_url=district.address,
            java_script_enabled=scripts,
            viewport=viewport,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    assert [line for line in said if "status of 422" not in line] == []
