"""The fictional district as a running service, with somebody of every kind to sign in as."""

import logging
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from sqlmodel import Session, select
from werkzeug.serving import make_server

from diagnose.demonstration.filling import fill
from diagnose.fictional import district
from diagnose.records import Assessment, Status, connect, upgrade
from diagnose.settings import Settings
from diagnose.storage import Store
from diagnose.web import create_app
from tests.diagnose.people import sign_in

PASSWORD = "yunxi river mill 47"
FIRMS = 60
LAST_DAY = date(2026, 11, 20)
STATES = {"firm to confirm": "with_firm", "firm done": "done"}


@dataclass
class District:
    """The service, its address, and who is in it."""

    app: Flask
    address: str
    cast: Any
    ends: tuple[str, ...]
    drafts: frozenset[int]

    def account(self, who):
        """The account of a part; None for nobody."""
        if who == "nobody":
            return None
        if who == "consultant":
            return self.cast.consultants[self.cast.providers[0].id][0]
        if who == "reviewer":
            return self.cast.reviewers[0]
        if who.startswith("firm"):
            return self._firm(who)
        return getattr(self.cast, who)

    def _firm(self, who):
        if who == "firm at its sheet":
            return next(a for a in self.cast.firms if a.firm_id in self.drafts)
        begun = [bool(account.password_hash) for account in self.cast.firms]
        if who == "firm new":
            return self.cast.firms[begun.index(False)]
        at = [e == STATES[who] and b for e, b in zip(self.ends, begun, strict=True)]
        return self.cast.firms[at.index(True)]

    def enter(self, page, who, language="zh"):
        """Sign in as somebody, by a session of theirs, in a language."""
        self.enter_as(page, self.account(who), language)

    def enter_as(self, page, account, language="zh"):
        client = self.app.test_client()
        if account is not None:
            sign_in(client, account)
        with client.session_transaction() as session:
            session["language"] = language
        cookie = client.get_cookie("session")
        page.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.address}])


@contextmanager
def running(folder):
    """Fill a deployment in `folder` and serve it."""
    settings = Settings(instance=folder, queue_url="immediate://").ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    with Session(engine, expire_on_commit=False) as session:
        sheets = district(FIRMS).sheets
        store = Store(settings.reports_url)
        cast, table = fill(session, store, sheets, password=PASSWORD, day=LAST_DAY, seed=0)
        drafts = session.exec(select(Assessment.firm_id).where(Assessment.status == Status.DRAFT))
        drafts = frozenset(drafts)
    engine.dispose()
    app = create_app(settings)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield District(app, f"http://127.0.0.1:{server.port}", cast, table.ends, drafts)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].dispose()
