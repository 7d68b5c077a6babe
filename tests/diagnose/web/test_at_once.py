"""Several windows at the same moment, on the database file that they share."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from diagnose.records import Answer, Assessment
from tests.diagnose.people import make_account, sign_in
from tests.diagnose.web.pages import Visitor

WINDOWS = 8


def window(app, account):
    opened = Visitor(app.test_client())
    sign_in(opened.client, account)
    return opened


def test_windows_on_one_sheet_save_once_and_the_others_are_told(app, begin, session, firm_account):
    address = begin(firm_account).response.request.path
    with ThreadPoolExecutor(WINDOWS) as pool:
        windows = [window(app, firm_account) for _ in range(WINDOWS)]
        pages = [window.get(address) for window in windows]

        def press(at):
            fields = pages[at].filled() | {"q.founded": str(1990 + at)}
            return windows[at].client.post(address, data=fields).status_code

        statuses = list(pool.map(press, range(WINDOWS)))
    assert sorted(statuses) == [302] + [409] * (WINDOWS - 1)
    kept = session.exec(select(Answer)).one()
    assert kept.value == 1990 + statuses.index(302)
    assert session.exec(select(Assessment)).one().edition == 1


def test_windows_on_different_sheets_all_save(app, begin, session):
    accounts = [make_account(session, "firm") for _ in range(WINDOWS)]
    addresses = [begin(account).response.request.path for account in accounts]
    windows = [window(app, account) for account in accounts]

    def fill(at):
        fields = windows[at].get(addresses[at]).filled() | {"q.founded": str(1990 + at)}
        return windows[at].client.post(addresses[at], data=fields).status_code

    with ThreadPoolExecutor(WINDOWS) as pool:
        assert list(pool.map(fill, range(WINDOWS))) == [302] * WINDOWS
    assert len(session.exec(select(Answer)).all()) == WINDOWS


def test_begins_at_the_same_moment_make_one_sheet(app, session, firm_account):
    windows = [window(app, firm_account) for _ in range(WINDOWS)]
    pages = [opened.get("/assessments/new").filled() for opened in windows]

    def press(at):
        return windows[at].client.post("/assessments/new", data=pages[at]).headers["Location"]

    with ThreadPoolExecutor(WINDOWS) as pool:
        places = set(pool.map(press, range(WINDOWS)))
    assert len(session.exec(select(Assessment)).all()) == 1
    assert all(place.startswith("/assessments/1") for place in places)
