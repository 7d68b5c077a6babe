"""Several windows at the same moment, on the database file that they share."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from diagnose.records import Answer, Assessment
from tests.diagnose.web.pages import Visitor

WINDOWS = 8


def test_windows_on_one_sheet_save_once_and_the_others_are_told(app, begin, session):
    address = begin().response.request.path
    with ThreadPoolExecutor(WINDOWS) as pool:
        windows = [Visitor(app.test_client()) for _ in range(WINDOWS)]
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
    addresses = [begin().response.request.path for _ in range(WINDOWS)]

    def fill(at):
        window = Visitor(app.test_client())
        fields = window.get(addresses[at]).filled() | {"q.founded": str(1990 + at)}
        return window.client.post(addresses[at], data=fields).status_code

    with ThreadPoolExecutor(WINDOWS) as pool:
        assert list(pool.map(fill, range(WINDOWS))) == [302] * WINDOWS
    assert len(session.exec(select(Answer)).all()) == WINDOWS
