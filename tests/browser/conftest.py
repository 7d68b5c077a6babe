"""A service on the loopback and a real Chromium to visit it with; no other network is used."""

import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright
from sqlmodel import Session
from werkzeug.serving import make_server

from diagnose.fictional import district
from diagnose.records import connect, upgrade
from diagnose.records.importing import import_district
from diagnose.settings import Settings
from diagnose.web import create_app

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
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where a service with a fictional district of 160 firms listens."""
    settings = Settings(instance=tmp_path_factory.mktemp("instance")).ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    with Session(engine) as session:
        import_district(session, district(160).sheets)
    engine.dispose()
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].dispose()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address):
    """Open a page of a fresh visitor; at the end the console must have been silent.

    But for a form sent back for corrections: every browser notes its 422.
    """
    contexts, said = [], []

    def start(scripts=True, viewport=DESKTOP):
        context = chromium.new_context(
            base_url=address, java_script_enabled=scripts, viewport=viewport, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    assert [line for line in said if "status of 422" not in line] == []
