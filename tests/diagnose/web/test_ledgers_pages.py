from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.jobs import Context
from diagnose.ledgers.reading import ledgers
from diagnose.records import AuditEntry, Job
from diagnose.web.ledgers import making, views
from tests.diagnose.people import make_account, make_firm, sign_in


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


pytestmark = pytest.mark.usefixtures("officer")


def csrf(visitor):
    page = visitor.get("/ledgers/roster/columns")
    return {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}


def rows_of(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return book.get_sheet_by_index(0).to_python()


def download(visitor, ledger="roster"):
    return visitor.client.post(f"/ledgers/{ledger}/download", data=csrf(visitor))


def own_file(app, officer, ledger):
    return Path(app.instance_path) / "ledgers" / officer.district / f"{ledger}.yaml"


def upload(visitor, text):
    data = csrf(visitor) | {"file": (BytesIO(text.encode()), "roster.yaml")}
    return visitor.client.post(
        "/ledgers/roster/columns.yaml", data=data, content_type="multipart/form-data"
    )


def test_every_ledger_is_listed_and_handed_out(session, visitor):
    make_firm(session, name="甲机械")
    page = visitor.get("/ledgers/")
    for ledger in ledgers().values():
        assert ledger.title.zh in page.text
        assert len(rows_of(download(visitor, ledger.id))[0]) == len(ledger.columns)
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "ledger.export")).all()
    assert len(noted) == len(ledgers())
    assert noted[0].details == {"rows": 1}


def test_columns_are_chosen_in_the_browser(app, session, visitor, officer):
    make_firm(session, name="甲机械")
    page = visitor.get("/ledgers/roster/columns")
    sent = {name: value for name, value in page.filled().items() if not name.startswith("shown-")}
    sent |= csrf(visitor) | {
        "shown-name": "y",
        "place-name": "2",
        "title-name": "单位",
        "shown-uscc": "y",
        "place-uscc": "1",
        "shown-+1": "y",
        "place-+1": "3",
        "title-+1": "区",
        "constant-+1": "江岸区",
    }
    visitor.client.post("/ledgers/roster/columns", data=sent)
    head, row = rows_of(download(visitor))
    assert head == ["统一社会信用代码", "单位", "区"]
    assert row[1:] == ["甲机械", "江岸区"]
    assert "本单位" in visitor.get("/ledgers/").text
    kept = visitor.client.get("/ledgers/roster/columns.yaml")
    assert kept.data == own_file(app, officer, "roster").read_bytes()
    visitor.client.post("/ledgers/roster/reset", data=csrf(visitor))
    assert len(rows_of(download(visitor))[0]) == len(ledgers()["roster"].columns)


def test_a_wrong_place_is_told_and_nothing_typed_is_lost(visitor):
    page = visitor.get("/ledgers/roster/columns")
    again = visitor.send(
        page,
        422,
        fields=csrf(visitor) | {"shown-name": "y", "place-name": "第二", "title-name": "单位"},
    )
    assert "第二" in again.text
    assert again.all("input", name="title-name")[0]["value"] == "单位"


def test_a_bad_file_is_refused_by_line(visitor):
    answer = upload(visitor, "columns:\n  - {id: nonsense}\n")
    assert answer.status_code == 422
    assert "第 2 行" in answer.get_data(as_text=True)
    assert upload(visitor, "columns:\n  - {id: name}\n").status_code == 302
    assert rows_of(download(visitor))[0] == ["企业名称"]


def test_a_file_that_went_bad_stops_the_ledger_and_is_told(app, visitor, officer):
    path = own_file(app, officer, "roster")
    path.parent.mkdir(parents=True)
    path.write_text("columns:\n  - {id: nonsense}\n")
    answer = download(visitor)
    assert answer.status_code == 302
    assert "第 2 行" in visitor.get("/ledgers/roster/columns").text
    assert "有错误" in visitor.get("/ledgers/").text


def test_a_large_district_is_written_by_a_job(session, visitor, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 0)
    make_firm(session, name="甲机械")
    answer = download(visitor)
    job = session.exec(select(Job).where(Job.work == "ledger")).one()
    assert answer.location.endswith(f"/jobs/{job.id}")
    assert job.stand == "done"
    fetched = visitor.client.get(f"/jobs/{job.id}/result")
    assert rows_of(fetched)[1][1] == "甲机械"


def test_the_job_of_a_faulty_order_says_so(app, session, officer):
    path = own_file(app, officer, "tasks")
    path.parent.mkdir(parents=True)
    path.write_text("columns: 3\n")
    context = Context(
        session, None, officer, {"ledger": "tasks", "language": "zh"}, lambda *_: None
    )
    with app.app_context(), pytest.raises(making.WorkFailed):
        making.write_ledger(context)


def test_an_unknown_ledger_is_not_found(visitor):
    visitor.get("/ledgers/nonsense/columns", 404)
