"""A firm's projects in its own hands: contract, months, figures, acceptance, effects."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlmodel import select

from diagnose.records import (
    Acceptance,
    Attachment,
    AuditEntry,
    Basis,
    Contract,
    Figure,
    Judgement,
    Month,
    Status,
)
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import keep, make_account, make_firm, sign_in
from tests.diagnose.projects import (
    make_acceptance,
    make_contract,
    make_figure,
    make_month,
    make_project,
    make_recommended,
)
from tests.diagnose.uploads.sample_files import pdf

TERM = {"starts_on": today() - timedelta(100), "ends_on": today() + timedelta(100)}


@pytest.fixture
def project(session, firm_account):
    return make_project(session, session.get_one(type(make_firm(session)), firm_account.firm_id))


@pytest.fixture
def under_way(session, project):
    project.stage = "under_way"
    make_contract(session, project, signed_on=TERM["starts_on"], **TERM)
    return keep(session, project)


def again(session, row):
    session.expire_all()
    return session.get(type(row), row.id)


def rows(session, table):
    session.expire_all()
    return session.exec(select(table).order_by(table.id)).all()


def contract(visitor, project, status=200, **changes):
    page = visitor.get(f"/retrofits/{project.id}/contract")
    given = {"number": "HT-7", "supplier": "华中软件", "total": "60", "software": "40"}
    given |= {"signed_on": str(TERM["starts_on"]), "eligible": "40"}
    given |= {name: str(day) for name, day in TERM.items()}
    return visitor.send(page, status, **given | changes)


def month_page(project, month=None):
    return f"/retrofits/{project.id}/months/{month or f'{today():%Y-%m}'}"


def test_what_is_pooled_waits_for_its_contract(session, firm_visitor, project):
    page = firm_visitor.get("/retrofits/")
    assert "已入库" in page.text
    page = firm_visitor.get(f"/retrofits/{project.id}")
    current = [e["text"] for e in page.all("li") if e.get("aria-current") == "step"]
    assert current == ["已入库"]
    contract(firm_visitor, project)
    assert again(session, project).stage == "contracted"
    [kept] = rows(session, Contract)
    assert (kept.number, kept.total, kept.eligible) == ("HT-7", 60, 40)
    assert "HT-7" in firm_visitor.get(f"/retrofits/{project.id}").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"total": ""}, "请填写金额"),
        ({"ends_on": "2020-01-01"}, "早于开工"),
        ({"software": "50", "equipment": "20"}, "超过合同总额"),
        ({"eligible": "61"}, "超过了合同总额"),
        ({"signed_on": "2090-01-01"}, "还没有到"),
        ({"signed_on": "0001-01-01"}, "2000"),
        ({"number": " "}, "合同号"),
    ],
)
def test_a_contract_that_cannot_be_is_told_with_what_was_typed(
    session, firm_visitor, project, wrong, words
):
    page = contract(firm_visitor, project, 422, **wrong)
    assert words in page.text
    assert page.all("input", name="supplier")[0]["value"] == "华中软件"
    assert rows(session, Contract) == []


def test_a_change_of_the_contract_is_a_row_of_its_own_with_its_reason(
    session, firm_visitor, under_way
):
    contract(firm_visitor, under_way, 422, total="75")
    contract(firm_visitor, under_way, total="75", change="增加两台设备")
    first, second = rows(session, Contract)
    assert (first.total, second.total, second.change) == (60, 75, "增加两台设备")
    assert again(session, under_way).stage == "under_way"
    entry = session.exec(
        select(AuditEntry).where(AuditEntry.action == "project.contract_change")
    ).one()
    assert entry.details == {"total": 75, "eligible": 40}
    assert "增加两台设备" in firm_visitor.get(f"/retrofits/{under_way.id}").text


def test_two_who_record_a_contract_are_told_of_each_other(session, firm_visitor, project):
    page = firm_visitor.get(f"/retrofits/{project.id}/contract")
    contract(firm_visitor, project)
    given = {"number": "HT-8", "supplier": "另一家", "total": "1", "change": "更正"}
    given |= {"signed_on": str(TERM["starts_on"])} | {n: str(day) for n, day in TERM.items()}
    back = firm_visitor.send(page, 409, **given)
    assert back.all("input", name="number")[0]["value"] == "HT-8"
    assert len(rows(session, Contract)) == 1
    firm_visitor.send(back, change="更正")
    assert len(rows(session, Contract)) == 2


def test_the_first_month_says_that_works_have_begun(session, firm_visitor, under_way):
    under_way.stage = "contracted"
    keep(session, under_way)
    page = firm_visitor.get(month_page(under_way))
    firm_visitor.send(page, spent="12.5", progress="30", live="网关 6 台")
    kept = again(session, under_way)
    assert (kept.stage, kept.progress) == ("under_way", 30)
    [held] = rows(session, Month)
    assert (held.month, held.spent, held.live) == (today().replace(day=1), 12.5, "网关 6 台")


def test_a_month_is_there_once_and_mended_in_place(session, firm_visitor, under_way):
    page = firm_visitor.get(month_page(under_way))
    firm_visitor.send(page, spent="1", progress="10")
    back = firm_visitor.send(page, 409, spent="2", progress="20", trouble="缺料")
    assert "缺料" in back.text
    firm_visitor.send(back, spent="2", progress="20", trouble="缺料")
    [held] = rows(session, Month)
    assert (held.spent, held.edition, held.trouble) == (2, 1, "缺料")
    early = f"{TERM['starts_on']:%Y-%m}"
    firm_visitor.send(firm_visitor.get(month_page(under_way, early)), spent="0", progress="5")
    assert again(session, under_way).progress == 20


@pytest.mark.parametrize("month", ["1999-01", "2099-12", "2026-13", "nonsense", "2026-1"])
def test_no_month_before_works_or_after_today(firm_visitor, under_way, month):
    firm_visitor.get(month_page(under_way, month), status=404)


@pytest.mark.parametrize("wrong", [{"spent": ""}, {"spent": "-1"}, {"progress": "101"}])
def test_a_month_that_cannot_be_is_told(session, firm_visitor, under_way, wrong):
    page = firm_visitor.get(month_page(under_way))
    back = firm_visitor.send(page, 422, **{"spent": "1", "progress": "5", "ahead": "联调"} | wrong)
    assert "联调" in back.text
    assert rows(session, Month) == []


def test_a_late_project_says_so_and_which_months_are_missing(firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}")
    assert "滞后：" in page.text
    assert "尚未填报" in page.text


def test_figures_are_kept_changed_and_removed(session, firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/figures/new")
    firm_visitor.send(page, name="订单准时交付率", unit="%", baseline="82", goal="92")
    [figure] = rows(session, Figure)
    path = f"/retrofits/{under_way.id}/figures/{figure.id}"
    page = firm_visitor.get(path)
    firm_visitor.send(page, after="90.5")
    assert again(session, figure).after == 90.5
    back = firm_visitor.send(page, 409, after="91")
    firm_visitor.send(back, after="91")
    assert again(session, figure).after == 91
    token = page.all("meta", name="csrf-token")[0]["content"]
    firm_visitor.client.post(f"{path}/remove", data={"csrf_token": token})
    assert rows(session, Figure) == []


def sheet(session, firm_id, level):
    given = {"status": Status.SUBMITTED, "submitted_at": now()}
    held = keep(session, make_assessment(firm_id, **given))
    judged = {"assessment_id": held.id, "standard": "sme-2024", "standard_version": "1.0.0"}
    judged |= {"standard_hash": "0" * 64, "score": 41.5, "level": level, "answered": 1}
    keep(session, Judgement(**judged, asked=1, could_add=0, basis=Basis.VERIFIED))
    return held


def files(*kinds):
    return {f"file_{kind}": (BytesIO(pdf(kind)), f"{kind}.pdf") for kind in kinds}


def paid(at=0, number="12345678", amount="30"):
    held = {"number": number, "day": "2026-06-30", "amount": amount, "payer": "甲", "payee": "乙"}
    return {f"payments-{at}-{name}": value for name, value in held.items()}


def test_acceptance_is_asked_for_with_payments_files_and_both_sheets(
    session, firm_visitor, under_way, app
):
    before, after = (sheet(session, under_way.firm_id, level) for level in (1, 2))
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    assert "41.5 分" in page.text
    fields = paid() | paid(1, "87654321", "25.5") | {"payments-0-eligible": "y"}
    fields |= {"before": str(before.id), "after": str(after.id), "satisfaction": "4"}
    fields |= {"finished_on": str(today())}
    firm_visitor.send(page, fields=fields | files("contract", "payments", "truth"))
    assert again(session, under_way).stage == "finished"
    [asked] = rows(session, Acceptance)
    assert [(p["number"], p["amount"], p["eligible"]) for p in asked.payments] == [
        ("12345678", 30, True),
        ("87654321", 25.5, False),
    ]
    assert (asked.before_id, asked.after_id, asked.satisfaction) == (before.id, after.id, 4)
    assert {kind: len(ids) for kind, ids in asked.files.items()} == {
        "contract": 1,
        "payments": 1,
        "truth": 1,
    }
    assert len(rows(session, Attachment)) == 3
    shown = firm_visitor.get(f"/retrofits/{under_way.id}").text
    assert "合计 55.5 万元" in shown
    assert app


def test_an_application_that_lacks_something_keeps_what_was_typed(session, firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    back = firm_visitor.send(page, 422, summary="节约工时", finished_on=str(today()))
    assert "至少填写一笔付款" in back.text
    assert back.text.count("请选择文件") == 6  # three at the fields, three at the top
    assert "节约工时" in back.text
    twice = paid() | paid(1, "１２３４５６７８") | files("contract", "payments", "truth")
    back = firm_visitor.send(back, 422, fields=twice)
    assert "发票号码重复" in back.text
    half = {"payments-0-number": "1"} | files("contract", "payments", "truth")
    back = firm_visitor.send(page, 422, fields=half)
    assert "还没有填写" in back.text
    assert rows(session, Acceptance) == []
    assert again(session, under_way).stage == "under_way"


def test_more_rows_are_given_without_a_script(firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    more = firm_visitor.send(page, fields=paid() | {"more": "1"})
    numbers = [e for e in more.all("input") if e.get("name", "").endswith("-number")]
    assert numbers[0]["value"] == "12345678"
    assert len(numbers) > 3


def test_a_bad_file_is_refused_and_nothing_is_kept(session, firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    fields = paid() | {"finished_on": str(today())} | files("contract", "payments")
    fields["file_truth"] = (BytesIO(b"MZ not a pdf"), "truth.pdf")
    firm_visitor.send(page, 422, fields=fields)
    assert rows(session, Acceptance) == rows(session, Attachment) == []


def test_another_firm_s_sheet_cannot_be_named(session, firm_visitor, under_way):
    foreign = sheet(session, make_firm(session).id, 3)
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    fields = paid() | files("contract", "payments", "truth") | {"before": str(foreign.id)}
    firm_visitor.send(page, 422, fields=fields | {"finished_on": str(today())})
    assert rows(session, Acceptance) == []


def test_after_mending_the_papers_handed_in_before_stay(session, firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    firm_visitor.send(
        page,
        fields=paid() | {"finished_on": str(today())} | files("contract", "payments", "truth"),
    )
    [asked] = rows(session, Acceptance)
    asked.verdict, asked.reason = "to_mend", "缺一张发票"
    keep(session, asked)
    under_way.stage = "to_mend"
    keep(session, under_way)
    page = firm_visitor.get(f"/retrofits/{under_way.id}/acceptance")
    assert "缺一张发票" in page.text
    firm_visitor.send(page, fields=paid(1, "99999999", "5"))
    second = rows(session, Acceptance)[1]
    assert len(second.payments) == 2
    assert set(second.files) == {"contract", "payments", "truth"}


def test_effects_are_reported_and_their_clocks_told(session, firm_visitor, project):
    project.stage = "passed"
    keep(session, project)
    day = today() - timedelta(200)
    make_acceptance(session, project, verdict="passed", finished_on=day)
    figure = make_figure(session, project)
    page = firm_visitor.get(f"/retrofits/{project.id}")
    assert "已到期" in page.text
    assert "未到时间" in page.text
    page = firm_visitor.get(f"/retrofits/{project.id}/effect")
    assert f"{day + timedelta(365):%Y-%m}" in page.text
    assert page.all("input", name=f"full_year_{figure.id}") == []
    early = {f"half_year_{figure.id}": "93", f"full_year_{figure.id}": "95"}
    firm_visitor.send(page, fields=early)
    assert again(session, figure).full_year is None
    assert again(session, figure).half_year == 93
    firm_visitor.send(page, 409, fields={f"half_year_{figure.id}": "94"})
    assert "已填报" in firm_visitor.get(f"/retrofits/{project.id}").text


def test_no_effect_is_reported_before_its_day(session, firm_visitor, project):
    project.stage = "passed"
    keep(session, project)
    make_acceptance(session, project, verdict="passed", finished_on=today() - timedelta(100))
    figure = make_figure(session, project)
    firm_visitor.get(f"/retrofits/{project.id}/effect", status=404)
    page = firm_visitor.get(f"/retrofits/{project.id}/figures/{figure.id}")
    firm_visitor.send(page, fields={"half_year": "93"})
    assert again(session, figure).half_year is None


def test_a_project_is_ended_with_its_reason(session, firm_visitor, under_way):
    page = firm_visitor.get(f"/retrofits/{under_way.id}/end")
    firm_visitor.send(page, 422, reason=" ")
    firm_visitor.send(page, reason="产品停产")
    kept = again(session, under_way)
    assert (kept.stage, kept.reason) == ("terminated", "产品停产")
    assert "产品停产" in firm_visitor.get(f"/retrofits/{under_way.id}").text
    firm_visitor.get(f"/retrofits/{under_way.id}/contract", status=404)


@pytest.mark.parametrize("stage", ["suggested", "postponed", "rejected"])
def test_what_the_firm_has_not_adopted_has_no_page_here(session, firm_visitor, project, stage):
    kept = make_recommended(session, session.get(type(make_firm(session)), project.firm_id),
                            date(2026, 1, 1), stage, reason="x")  # fmt: skip
    firm_visitor.get(f"/retrofits/{kept.id}", status=404)


def test_another_firm_s_project_is_not_there_and_that_is_logged(session, visitor, under_way):
    sign_in(visitor.client, make_account(session, "firm"))
    for path in ("", "/contract", "/acceptance", "/effect", "/end", "/figures/new"):
        visitor.get(f"/retrofits/{under_way.id}{path}", status=404)
    visitor.get("/retrofits/99999999999999999999", status=404)
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(entries) == 6


def test_pages_of_many_months_take_as_many_statements(
    session, app, firm_visitor, under_way, statements
):
    counts = []
    for number in range(2):
        for month in range(1, 13) if number else ():
            make_month(session, under_way, date(2020, month, 1))
            make_figure(session, under_way, name=f"指标{month}")
        with statements(app) as count:
            firm_visitor.get(f"/retrofits/{under_way.id}")
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_what_a_firm_types_is_shown_escaped(session, firm_visitor, under_way):
    firm_visitor.typed = typed = "<script>alert(1)</script>"
    page = firm_visitor.get(month_page(under_way))
    firm_visitor.send(page, spent="1", progress="5", trouble=typed)
    assert "&lt;script&gt;" in firm_visitor.get(f"/retrofits/{under_way.id}").html
    assert again(session, under_way).progress == 5
