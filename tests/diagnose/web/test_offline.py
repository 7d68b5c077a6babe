import pytest
from sqlmodel import select

from diagnose.records import Answer, Assessment, AuditEntry, Status
from diagnose.records.columns import now
from questionnaires.offline.reading import BROKEN
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.uploads import sample_files as files
from tests.diagnose.web.pages import Page
from tests.questionnaires.offline.workbooks import cells_of, put, rewritten

ZIP_BOMB = files.office("xl/workbook.xml", **{"xl/worksheets/sheet1.xml": bytes(60 << 20)})
MACROS = files.office("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"})


@pytest.fixture
def firm(visitor, session):
    account = make_account(session, "firm")
    sign_in(visitor.client, account)
    return account


def start_sheet(session, firm_id, **changes):
    asked = {"questionnaire": "sme-2024", "questionnaire_version": "1.0.0"}
    return keep(session, make_assessment(firm_id, **asked, **changes))


@pytest.fixture
def sheet(session, firm):
    return start_sheet(session, firm.firm_id)


@pytest.fixture
def download(visitor, sheet):
    def fetch():
        answer = visitor.client.get(f"/offline/{sheet.id}.xlsx")
        assert answer.status_code == 200
        return answer.data

    return fetch


@pytest.fixture
def bring(visitor, sheet):
    """Bring a workbook back; the page that answers."""

    def send(content, name="填写表.xlsx", status=200):
        page = visitor.get(f"/offline/{sheet.id}")
        body, kind = files.multipart(page.filled(), name, content)
        path = f"/offline/{sheet.id}"
        answer = visitor.client.post(path, data=body, content_type=kind, follow_redirects=True)
        assert answer.status_code == status
        return Page(answer).check()

    return send


def accept(visitor, page, then="ticked", status=200, **fields):
    """Press one of the buttons under the list of differences."""
    inputs = {e["name"]: e["value"] for e in page.all("input", type="hidden") if in_list(e)}
    ticked = [e["value"] for e in page.all("input", type="checkbox") if "checked" in e]
    data = {**inputs, "question": ticked, "then": then} | fields
    path = page.all("form")[-1]["action"]
    answer = visitor.client.post(path, data=data, follow_redirects=True)
    assert answer.status_code == status
    return Page(answer).check()


def in_list(element):
    return (element["form"] or {}).get("action", "").endswith("/accept")


def ticks(page):
    return {e["value"]: "checked" in e for e in page.all("input", type="checkbox")}


def save(session, sheet, **answers):
    """Answers kept on the service by another window."""
    for question, value in answers.items():
        old = session.exec(
            select(Answer).where(Answer.assessment_id == sheet.id, Answer.question == question)
        ).first()
        if old:
            session.delete(old)
            session.flush()
        keep(
            session,
            Answer(assessment_id=sheet.id, question=question, state="answered", value=value),
        )
    sheet.edition += 1
    keep(session, sheet)


def kept(session, sheet):
    session.expire_all()
    found = session.exec(select(Answer).where(Answer.assessment_id == sheet.id))
    return {answer.question: answer.raw for answer in found}


def test_the_form_holds_the_answers_there_are(download, session, sheet):
    save(session, sheet, main_products="=1+1", founded=2009)
    content = download()
    said = [cell for rows in cells_of(content).values() for row in rows for cell in row]
    assert "=1+1" in said
    assert 2009.0 in said
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "offline.download")).one()


def test_an_unchanged_form_changes_nothing(download, bring, session, sheet):
    save(session, sheet, founded=2009)
    page = bring(download())
    assert "没有需要采用的" in page.text
    assert kept(session, sheet) == {"founded": 2009}


def test_what_differs_is_listed_and_taken_over_when_chosen(
    download, bring, visitor, session, sheet
):
    content = download()
    for key, value in (("founded", 1998.0), ("ownership", "民营"), ("software/erp", "√")):
        content = rewritten(content, put(key, "#answer", value))
    page = bring(content)
    assert ticks(page) == {"founded": True, "ownership": True, "software": True}
    assert "企业是哪一年成立的" in page.text
    assert not kept(session, sheet)
    page = accept(visitor, page, question=["founded", "software"])
    assert "已采用 2 题" in page.text
    assert kept(session, sheet) == {"founded": 1998, "software": ["erp"]}
    saved = session.exec(select(AuditEntry).where(AuditEntry.action == "answers.save")).one()
    assert saved.details == {"questions": ["founded", "software"]}
    again = visitor.get(f"/offline/{sheet.id}/compare")
    assert "请重新上传" in again.text


def test_counts_from_the_form_fill_their_rates(download, bring, visitor, session, sheet):
    content = rewritten(download(), put("equipment_total", "#answer", 50.0))
    content = rewritten(content, put("equipment_digital", "#answer", 20.0))
    accept(visitor, bring(content))
    answers = kept(session, sheet)
    assert answers["equipment_total"] == 50
    assert len(answers) == 3


def test_what_changed_here_meanwhile_is_told_and_not_ticked(
    download, bring, visitor, session, sheet
):
    save(session, sheet, founded=2001, ownership="state", main_products="旧")
    content = download()
    content = rewritten(content, put("founded", "#answer", 2002.0))
    content = rewritten(content, put("main_products", "#answer", ""))
    save(session, sheet, founded=2003, ownership="private")
    page = bring(content)
    assert ticks(page) == {"founded": False, "ownership": False, "main_products": False}
    assert "网上的答卷又保存过 1 次" in page.text
    assert "表里和网上都改了" in page.text
    assert "下载表格后网上改过" in page.text
    assert "表里清空了" in page.text
    page = accept(visitor, page)
    assert "没有勾选" in page.text
    accept(visitor, page, then="all")
    assert kept(session, sheet) == {"founded": 2002, "ownership": "state"}


def test_a_save_between_list_and_choice_is_told_and_loses_nothing(
    download, bring, visitor, session, sheet
):
    page = bring(rewritten(download(), put("founded", "#answer", 1998.0)))
    save(session, sheet, founded=2005)
    page = accept(visitor, page, status=409)
    assert "另一个窗口" in page.text
    assert "2005" in page.text
    assert ticks(page) == {"founded": True}
    assert kept(session, sheet) == {"founded": 2005}
    accept(visitor, page)
    assert kept(session, sheet) == {"founded": 1998}


def test_answers_that_cannot_be_read_are_told_beside_the_others(download, bring, visitor):
    content = rewritten(download(), put("founded", "#answer", "很久以前"))
    content = rewritten(content, put("ownership", "#answer", "民营"))
    page = bring(content)
    assert "有 1 题没有读出来" in page.text
    assert "工作表“1 企业概况”第 6 行 · 第 2 题" in page.text
    assert ticks(page) == {"ownership": True}
    visitor.client.post(
        "/language",
        data={
            "language": "en",
            "csrf_token": page.all("input", name="csrf_token")[0]["value"],
        },
    )
    page = visitor.get(page.response.request.path)
    assert "One answer could not be read" in page.text
    assert "is not a number" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsx", ZIP_BOMB, BROKEN.zh),
        ("表.xlsm", MACROS, BROKEN.zh),
        ("表.xlsx", b"a,b\r\n1,2\r\n", BROKEN.zh),
        ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), BROKEN.zh),
        ("表.pdf", files.pdf(), BROKEN.zh),
        ("表.docx", files.document(), BROKEN.zh),
        ("表.xlsx", files.office("xl/workbook.xml"), BROKEN.zh),
        ("表.xlsx", b"", BROKEN.zh),
        ("表.xlsx", b"PK\x03\x04" + bytes(20 << 20), "超过 20 MB"),
        ("", b"", "没有选择文件"),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(bring, name, content, said):
    assert said in " ".join(bring(content, name, status=422).problems())


def test_far_too_much_is_refused_before_it_is_read(bring):
    assert "文件最多 20 MB" in bring(bytes(22 << 20), status=413).text


def test_another_firms_form_is_refused_by_name(download, visitor, session):
    own = download()
    stranger = make_account(session, "firm")
    theirs = start_sheet(session, stranger.firm_id)
    sign_in(visitor.client, stranger)
    other = visitor.client.get(f"/offline/{theirs.id}.xlsx").data
    page = visitor.get(f"/offline/{theirs.id}")
    body, kind = files.multipart(page.filled(), "a.xlsx", own)
    answer = visitor.client.post(f"/offline/{theirs.id}", data=body, content_type=kind)
    assert "另一家企业" in " ".join(Page(answer).problems())
    assert other != own


def test_what_one_brought_back_is_nobody_elses(app, download, bring, visitor, session, sheet, firm):
    page = bring(rewritten(download(), put("founded", "#answer", 1998.0)))
    other_sheet = start_sheet(session, firm.firm_id)
    assert "请重新上传" in visitor.get(f"/offline/{other_sheet.id}/compare").text
    colleague = app.test_client()
    sign_in(colleague, make_account(session, "firm", firm_id=firm.firm_id))
    answer = colleague.get(f"/offline/{sheet.id}/compare", follow_redirects=True)
    assert "请重新上传" in answer.get_data(as_text=True)
    assert "1998" in page.text


@pytest.mark.parametrize("path", [".xlsx", "", "/compare"])
def test_another_firms_sheet_is_not_found(app, session, sheet, path):
    client = app.test_client()
    sign_in(client, make_account(session, "firm"))
    assert client.get(f"/offline/{sheet.id}{path}").status_code == 404


@pytest.mark.parametrize("path", [".xlsx", "", "/compare"])
def test_a_submitted_sheet_is_closed(visitor, session, sheet, path):
    sheet = session.get_one(Assessment, sheet.id)
    sheet.status, sheet.submitted_at = Status.SUBMITTED, now()
    keep(session, sheet)
    page = visitor.get(f"/offline/{sheet.id}{path}", status=409)
    assert "提交" in page.heading
