"""What somebody who means harm types into the rooms of the programme, and what they then meet."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import select
from xlsxwriter import Workbook

from diagnose.records import AuditEntry
from questionnaires.normal import whole_number
from tests.diagnose.factories import make_uscc
from tests.diagnose.web.worlds import WORDS, make_world

HUGE = "9" * 5000  # more digits than Python turns into a number at once


@pytest.fixture
def world(session):
    return make_world(session, "江岸区")


def token_of(visitor):
    page = visitor.get("/account/privacy")
    return page.all("meta", name="csrf-token")[0]["content"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("2147483647", 2147483647), ("2147483648", None), (HUGE, None), ("²", None)],
)
def test_a_whole_number_is_one_that_a_column_holds(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    "address",
    [
        f"/roster/changes/?page={HUGE}",
        f"/coverage/firms?by=street&key={HUGE}",
        f"/pool/year?year={HUGE}",
        "/benchmarks/specialised?honour=²",
        f"/pool/new?need={HUGE}",
    ],
)
def test_numbers_beyond_all_bounds_in_addresses_crash_nothing(as_, world, address):
    assert as_(world.accounts["officer"]).client.get(address).status_code in (200, 404)


@pytest.mark.parametrize("edition", ["", "-1", "²", "9" * 30, HUGE])
def test_an_edition_that_never_was_is_another_one(as_, world, edition):
    """The page says that somebody changed it, and shows what was typed."""
    visitor, need = as_(world.accounts["officer"]), world.rows["need_id"]
    sent = {"csrf_token": token_of(visitor), "edition": edition, "outcome": "说好的话"}
    answer = visitor.client.post(f"/needs/{need.id}/close", data=sent | {"stage": "met"})
    assert answer.status_code == 409
    assert "说好的话" in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["NaN", "sNaN", "-Infinity", "1e308", "1e400", HUGE])
def test_what_is_no_number_of_this_world_is_said_and_kept(as_, world, typed):
    visitor, project = as_(world.accounts["firm"]), world.rows["project_id"]
    asked = {"contract": "total", "figures/new": "baseline", f"months/{WORDS['month']}": "spent"}
    for way, field in asked.items():
        page = visitor.get(f"/retrofits/{project.id}/{way}")
        shown = visitor.send(page, 422, **{field: typed})
        assert shown.filled()[field] == typed
        assert any("number" in said or "数字" in said for said in shown.problems())


def far_away():
    """An Excel file of some kilobytes whose only cells span the whole sheet."""
    plain, found = BytesIO(), BytesIO()
    book = Workbook(plain)
    book.add_worksheet().write_string(0, 0, "任务号")
    book.close()
    cell = '<c r="{0}"><v>1</v></c>'
    rows = (("1", "A1"), ("1048576", "XFD1048576"))
    said = "".join(f'<row r="{row}">{cell.format(at)}</row>' for row, at in rows)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with ZipFile(plain) as held, ZipFile(found, "w") as made:
        for name in held.namelist():
            sheet = f'<worksheet xmlns="{space}"><sheetData>{said}</sheetData></worksheet>'
            content = sheet.encode() if name.endswith("sheet1.xml") else held.read(name)
            made.writestr(name, content)
    return found.getvalue()


def upload(visitor, path, name, content):
    sent = {"csrf_token": token_of(visitor), "file": (BytesIO(content), name)}
    return visitor.client.post(path, data=sent, content_type="multipart/form-data")


def test_a_file_that_spans_a_whole_sheet_of_cells_is_refused_before_it_is_read(as_, world):
    visitor, plan = as_(world.accounts["officer"]), world.rows["plan_id"]
    assert (
        upload(visitor, f"/tasks/plans/{plan.id}/import", "a.xlsx", far_away()).status_code == 422
    )
    read_beside = upload(visitor, "/roster/imports/new", "a.xlsx", far_away())
    assert "解压后过大" in visitor.get(read_beside.location).text


@pytest.mark.parametrize(
    "content",
    [
        b"columns:\n  - " + b"[" * 60_000,
        b"columns: &a [*a]\n",
        b"columns:\n  - !!python/object/apply:os.getcwd []\n",
        b"columns:\n  - {id: name}\n#" + b"x" * 70_000,
    ],
    ids=["deep", "itself", "code", "large"],
)
def test_a_hostile_file_of_columns_is_refused(as_, world, content):
    visitor = as_(world.accounts["officer"])
    answer = upload(visitor, "/ledgers/roster/columns.yaml", "roster.yaml", content)
    assert answer.status_code == 422
    assert visitor.get("/ledgers/roster/columns").problems() == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01", "-0"])
def test_coverage_of_a_day_beyond_all_bounds_is_that_of_today(as_, world, day):
    assert as_(world.accounts["officer"]).get(f"/coverage/?on={day}")


def test_a_child_of_a_split_with_an_endless_name_is_refused_and_kept(as_, world):
    visitor, firm = as_(world.accounts["officer"]), world.rows["firm_id"]
    page = visitor.get(f"/roster/changes/record/{firm.id}?change=split")
    children = "\n".join(f"{make_uscc()} {'长' * 900}" for _ in range(2))
    typed = {"children": children, "reason": "分立", "proof": "协议", "change": "split"}
    shown = visitor.send(page, 422, **typed)
    assert shown.filled()["children"].splitlines() == children.splitlines()


def test_a_file_named_with_its_folders_is_called_by_its_name(as_, world):
    visitor, content = as_(world.accounts["officer"]), "名称,代码\n甲,乙\n".encode()
    for name in ("C:\\报表\\名录.csv", "../../etc/名录.csv"):
        assert upload(visitor, "/roster/imports/new", name, content).status_code == 302
        assert "etc" not in visitor.get("/roster/imports/columns").text


def test_a_letter_is_answered_once(as_, world, session):
    visitor, letter = as_(world.accounts["officer"]), world.rows["letter_id"]
    sent = {"csrf_token": token_of(visitor), "answer-answered_on": letter.written_on.isoformat()}
    path = f"/tasks/letters/{letter.id}/answer"
    assert visitor.client.post(path, data=sent | {"answer-answer": "已整改"}).status_code == 302
    second = visitor.client.post(path, data=sent | {"answer-answer": "另一个说法"})
    assert second.status_code == 409
    session.refresh(letter)
    assert letter.answer == "已整改"


def test_two_that_issue_one_bulletin_at_once_issue_it_once(session, as_, world):
    row, ways = world.rows["publication_id"], []
    for _ in range(2):
        visitor = as_(world.accounts["officer"])
        page = visitor.get(f"/bulletins/{row.id}")
        ways.append((visitor, page.filled() | {"csrf_token": token_of(visitor), "sure": "y"}))

    def press(way):
        visitor, sent = way
        return visitor.client.post(f"/bulletins/{row.id}/issue", data=sent).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ways)) == [302, 409]
    issued = select(AuditEntry).where(AuditEntry.action == "bulletin.issue")
    assert len(session.exec(issued).all()) == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_works_that_end_beyond_all_calendars_are_refused(as_, world, day):
    visitor, project = as_(world.accounts["firm"]), world.rows["project_id"]
    page = visitor.get(f"/retrofits/{project.id}/acceptance")
    assert visitor.send(page, 422, finished_on=day).filled()["finished_on"] == day


def test_statistics_of_a_day_before_all_rosters_are_not_published(as_, world):
    visitor = as_(world.accounts["officer"])
    page = visitor.get("/bulletins/statistics?day=0001-01-01")
    assert visitor.send(page, 422, day="0001-01-01", sure="y").filled()["day"] == "0001-01-01"


@pytest.mark.parametrize(("name", "hours"), [("since", 13), ("seen", 3)])
def test_what_is_sent_from_a_session_that_is_too_old_is_not_written(
    session, as_, world, name, hours
):
    visitor, need = as_(world.accounts["officer"]), world.rows["need_id"]
    sent = {"csrf_token": token_of(visitor), "edition": "0", "outcome": "晚了", "stage": "met"}
    with visitor.client.session_transaction() as held:
        held[name] -= hours * 3600
    answer = visitor.client.post(f"/needs/{need.id}/close", data=sent)
    assert answer.status_code == 302
    assert answer.location.startswith("/account/sign-in")
    session.refresh(need)
    assert (need.stage, need.outcome) == ("open", "")
