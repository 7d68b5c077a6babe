from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.jobs.desk import Desk
from diagnose.records import AuditEntry, Firm, Job
from diagnose.records.roster import RosterEvent, RosterImport
from diagnose.roster.intake import reading
from diagnose.web.imports import steps
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import keep, make_account, make_firm, sign_in
from tests.diagnose.roster.rosterfiles import HEADINGS, text_of, write_xlsx
from tests.diagnose.web.pages import Page


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def row_of(code=None, name="甲机械", industry="3484"):
    return [code or make_uscc(), name, industry, "后湖街道", 120, 8600.0]


def upload(visitor, content, name="名录.csv", status=200):
    page = visitor.get("/roster/imports/new")
    content = content.encode() if isinstance(content, str) else content
    answer = visitor.client.post(
        "/roster/imports/new",
        data={"csrf_token": page.filled()["csrf_token"], "file": (BytesIO(content), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == status
    return Page(answer).check()


def look(visitor, rows, headings=HEADINGS, **typed):
    """Upload a file and look at what it would do."""
    page = upload(visitor, text_of(rows, headings))
    return visitor.send(page, **({"vouched": "统计认定"} | typed))


def act(visitor, page, ending, **typed):
    """Send the page's form whose address ends so."""
    form = next(e for e in page.all("form") if (e.get("action") or "").endswith(ending))
    token = page.all("input", name="csrf_token")[0]["value"]
    data = {"csrf_token": token} | typed
    return Page(visitor.client.post(form["action"], data=data, follow_redirects=True))


def figures(page):
    return page.all("dl")[0]["text"].split()


@pytest.mark.usefixtures("officer")
def test_a_file_is_matched_looked_at_mended_and_taken_over(session, visitor):
    known, code = make_firm(session, name="旧名"), make_uscc()
    rows = [row_of(known.uscc, "新名"), row_of(code, "新企业"), row_of("坏", "坏行", "ZZ")]
    page = look(visitor, rows)
    assert figures(page) == ["新增1", "变更1", "无变化0", "错误行1"]
    assert "旧名" in page.text
    assert session.exec(select(RosterImport)).all() == []
    mend = next(e["href"] for e in page.all("a") if e.get("href", "").endswith("/mend"))
    file = visitor.client.get(mend)
    head, bad = CalamineWorkbook.from_filelike(BytesIO(file.data)).get_sheet_by_index(0).to_python()
    assert head[: len(HEADINGS)] == list(HEADINGS)
    assert bad[1] == "坏行"
    refused = act(visitor, page, "/take", take="all")
    assert refused.heading == "导入预览"
    assert "没有导入任何内容" in refused.text
    assert session.exec(select(RosterImport)).all() == []
    shown = act(visitor, page, "/take", take="good").check()
    assert shown.heading == "名录.csv"
    session.expire_all()
    assert known.name == "新名"
    assert session.exec(select(Firm).where(Firm.uscc == code)).one().on_roster
    (row,) = session.exec(select(RosterImport)).all()
    assert row.columns["vouched"] == "统计认定"
    assert "名录.csv" in visitor.get("/roster/imports/").text


@pytest.mark.usefixtures("officer")
def test_branches_are_pointed_out_and_taken(visitor):
    page = look(visitor, [row_of(name="甲机械第二分公司"), row_of(name="乙厂")])
    assert "甲机械第二分公司" in page.all("p", class_="note")[0]["text"]
    assert figures(page)[0] == "新增2"
    assert "分支机构" not in look(visitor, [row_of(name="乙厂")]).text


def sheet_of(tmp_path, rows):
    return write_xlsx(tmp_path / "a.xlsx", rows).read_bytes()


@pytest.mark.usefixtures("officer")
def test_a_large_excel_file_is_read_beside_the_pages(session, visitor, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LIGHT_CELLS", 5)
    asked = upload(visitor, sheet_of(tmp_path, [row_of()]), "大.xlsx")
    assert session.exec(select(Job.work)).all() == ["roster_head"]
    assert asked.heading == "核对各列内容"
    assert "新增1" in visitor.send(asked, vouched="统计认定").text.replace(" ", "")
    broken = upload(visitor, sheet_of(tmp_path, []), "空.xlsx")
    assert "没有数据行" in broken.text


@pytest.mark.usefixtures("officer")
def test_columns_that_are_still_being_read_show_how_far_they_are(visitor, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LIGHT_CELLS", 5)
    monkeypatch.setattr(Desk, "hand_in", lambda *_: None)
    waiting = upload(visitor, sheet_of(tmp_path, [row_of()]), "大.xlsx")
    again = visitor.get("/roster/imports/columns")
    assert again.heading == waiting.heading
    assert again.all("progress")


@pytest.mark.usefixtures("officer")
def test_columns_of_a_file_are_not_taken_for_those_of_another(visitor):
    first = upload(visitor, text_of([row_of()]), "一.csv")
    upload(visitor, text_of([[make_uscc(), "乙"]], ["代号", "厂名"]), "二.csv")
    told = visitor.send(first, vouched="统计认定")
    assert told.heading == "核对各列内容"
    assert "二.csv" in told.text
    assert "选择了另一个文件" in told.text


@pytest.mark.usefixtures("officer")
def test_columns_with_headings_of_their_own_are_chosen_by_hand(session, visitor):
    page = upload(visitor, text_of([[make_uscc(), "甲机械"]], ["代号", "厂名"]))
    again = visitor.send(page, 422, vouched="统计认定")
    assert "统一社会信用代码" in again.text
    looked = visitor.send(again, fields={"column-0": "uscc", "column-1": "name"})
    assert "新增1" in looked.text.replace(" ", "")
    doubled = visitor.get("/roster/imports/columns")
    fields = {"column-0": "uscc", "column-1": "uscc", "vouched": "x"}
    assert "不止一列" in visitor.send(doubled, 422, fields=fields).text
    assert session.exec(select(Firm)).all() == []


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    "typed", [{"vouched": " "}, {"effective_on": "昨天"}, {"effective_on": "2999-01-01"}]
)
def test_what_is_typed_wrongly_is_told_and_stays(visitor, typed):
    page = upload(visitor, text_of([row_of()]))
    again = visitor.send(page, 422, **({"vouched": "统计认定"} | typed))
    assert again.problems()
    assert again.filled()["column-0"] == "uscc"


@pytest.mark.usefixtures("officer")
def test_who_is_missing_from_the_whole_roster_leaves(session, visitor):
    gone = make_firm(session, name="走了")
    page = look(visitor, [row_of()], whole="y")
    assert "走了" in page.text
    act(visitor, page, "/take", take="all")
    session.refresh(gone)
    assert not gone.on_roster


@pytest.mark.usefixtures("officer")
def test_a_roster_that_changed_since_is_looked_at_again(session, visitor):
    firm = make_firm(session, name="旧名")
    page = look(visitor, [row_of(firm.uscc, "新名"), row_of()])
    firm.name = "新名"
    keep(session, firm)
    failed = act(visitor, page, "/take", take="all")
    assert "重新查看" in failed.text
    assert session.exec(select(RosterImport)).all() == []


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", "x"), ("a.xlsx", "PK bad"), ("a.csv", "x"), ("a.csv", "")]
)
def test_a_file_that_is_no_roster_is_refused_in_a_sentence(visitor, name, content):
    assert upload(visitor, content, name, 422).problems()


@pytest.mark.usefixtures("officer")
def test_a_large_file_may_come_in_here_and_nowhere_else(visitor):
    row = "，".join(["长"] * 500)
    rows = [[*row_of(name=row[:200]), row * 10] for _ in range(1600)]
    content = text_of(rows, (*HEADINGS, "备注2"))
    assert len(content.encode()) > 21 << 20
    assert upload(visitor, content).heading == "核对各列内容"
    token = visitor.get("/roster/imports/new").filled()["csrf_token"]
    answer = visitor.client.post(
        "/roster/new",
        data={"csrf_token": token, "file": (BytesIO(content.encode()), "a.csv")},
        content_type="multipart/form-data",
    )
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 413


@pytest.mark.usefixtures("officer")
def test_the_file_may_be_gone(app, visitor):
    upload(visitor, text_of([row_of()]))
    with visitor.client.session_transaction() as held:
        app.extensions["store"].remove(held["roster_file"]["key"])
    assert visitor.get("/roster/imports/columns").heading == "导入名录文件"
    assert visitor.get("/roster/imports/new").heading == "导入名录文件"


@pytest.mark.usefixtures("officer")
def test_an_import_is_undone_after_a_word_and_not_where_changes_build_on_it(session, visitor):
    codes = [make_uscc(), make_uscc()]
    page = look(visitor, [row_of(code) for code in codes])
    shown = act(visitor, page, "/take", take="all")
    unsure = act(visitor, shown, "/undo")
    assert unsure.status == 422
    firm = session.exec(select(Firm).where(Firm.uscc == codes[0])).one()
    event = session.exec(select(RosterEvent).where(RosterEvent.firm_id == firm.id)).one()
    later = RosterEvent(**event.model_dump(exclude={"id", "import_id", "change"}), change="stopped")
    keep(session, later)
    refused = act(visitor, shown, "/undo", sure="y")
    assert refused.status == 409
    assert f"/roster/{firm.id}" in {e.get("href") for e in refused.all("a")}
    session.delete(later)
    session.commit()
    assert "已撤销" in act(visitor, shown, "/undo", sure="y").text
    session.expire_all()
    assert not firm.on_roster
    actions = [row.action for row in session.exec(select(AuditEntry)) if "roster" in row.action]
    assert actions == ["roster.import", "roster.undo"]


@pytest.mark.usefixtures("officer")
def test_another_districts_import_and_anothers_file_are_not_found(session, visitor, as_):
    page = look(visitor, [row_of()])
    job = session.exec(select(Job)).one()
    act(visitor, page, "/take", take="all")
    row = session.exec(select(RosterImport)).one()
    stranger = as_(make_account(session, "officer", district="别区"))
    stranger.get(f"/roster/imports/{row.id}", 404)
    stranger.get(f"/roster/imports/jobs/{job.id}", 404)
    stranger.get(f"/roster/imports/jobs/{job.id}/mend", 404)
    foreign = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(foreign) == 3


@pytest.mark.usefixtures("officer")
def test_phones_are_masked_in_what_is_shown(session, visitor):
    firm = make_firm(session, phone="13811112222")
    headings = ("统一社会信用代码", "企业名称", "电话")
    page = look(visitor, [[firm.uscc, firm.name, "13833334444"]], headings)
    assert "138****4444" in page.text
    assert "13833334444" not in page.html


def test_the_list_takes_as_many_statements_for_one_as_for_many(
    app, session, officer, visitor, statements
):
    counts = []
    for more in (1, 60):
        for number in range(more):
            given = {"name": f"{number}.csv", "sha256": "0" * 64, "effective_on": steps.today()}
            session.add(RosterImport(district=officer.district, **given))
        session.commit()
        with statements(app) as count:
            visitor.get("/roster/imports/")
        counts.append(count.total)
    assert counts[0] == counts[1]
