from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.accounts.activation import holder
from diagnose.jobs import Context
from diagnose.records import Account, Actor, AuditEntry, Diagnosis, Firm, Job
from diagnose.records.roster import Change, Ground
from diagnose.roster.recording import record
from diagnose.web.roster import code_pages, exporting
from diagnose.web.roster.inviting import write_many
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider, sign_in
from tests.diagnose.web.pages import Page
from tests.naughty import NAUGHTY, as_line, as_typed

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def firms(page):
    return [e["text"] for e in page.all("a") if "th" in e["in"] and "tbody" in e["in"]]


def audited(session, action):
    session.expire_all()
    return session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_the_list_shows_the_district_and_no_other(session, visitor):
    make_firm(session, name="甲机械")
    make_firm(session, name="乙外区", district="别区")
    page = visitor.get("/roster/")
    assert firms(page) == ["甲机械"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("q=甲", ["甲机械"]),
        ("q=%25", []),
        ("region=谌家矶", ["乙食品"]),
        ("division=14", ["乙食品"]),
        ("size=0", ["乙食品"]),
        ("state=none", ["乙食品"]),
        ("state=assigned", ["甲机械"]),
        ("account=active", ["甲机械"]),
        ("account=none", ["乙食品"]),
        ("sheet=yes", []),
        ("scale=no", ["乙食品"]),
        ("level=3", []),
        ("provider=abc&size=--&page=zz", ["乙食品", "甲机械"]),
        ("sort=name&down=1", ["甲机械", "乙食品"]),
        ("park=云谷", ["甲机械"]),
        ("chain=汽车", ["甲机械"]),
        ("honour=2", ["甲机械"]),
        ("honour=4", []),
        ("on=2020-06-01&park=云谷&honour=2", ["甲机械"]),
        ("on=2020-06-01&chain=光电", []),
    ],
)
def test_search(session, visitor, search, expected):
    first = make_firm(session, name="甲机械", park="云谷", chain="汽车", honours=2)
    make_account(session, "firm", firm_id=first.id)
    provider = make_provider(session)
    make_diagnosis(session, first, state="assigned", provider_id=provider.id)
    make_firm(
        session, name="乙食品", region="谌家矶", industry="1432", employees=5, on_roster=False
    )
    assert firms(visitor.get(f"/roster/?{search}")) == expected


def test_the_list_takes_as_many_statements_for_ten_firms_as_for_a_thousand(
    app, session, officer, visitor, statements
):
    def fill(count):
        rows = [
            Firm(name=f"企业{n}", uscc=make_uscc(), district=officer.district, on_roster=True)
            for n in range(count)
        ]
        session.add_all(rows)
        session.flush()
        session.add_all(
            Diagnosis(number=f"N{row.id}", firm_id=row.id, state="to_assign") for row in rows
        )
        session.commit()

    counts = []
    for more in (10, 990):
        fill(more)
        with statements(app) as count:
            visitor.get("/roster/?state=to_assign&sort=due")
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_another_districts_firm_is_not_found_and_that_is_logged(session, visitor):
    foreign = make_firm(session, district="别区")
    for path in (f"/roster/{foreign.id}", f"/roster/{foreign.id}/edit"):
        visitor.get(path, 404)
    assert len(audited(session, "access.foreign")) == 2


def test_a_firms_file_says_not_verified_until_a_report_is_accepted(session, visitor):
    firm = make_firm(session)
    make_diagnosis(session, firm, state="on_site")
    page = visitor.get(f"/roster/{firm.id}")
    assert "尚未核实" in page.text
    assert [row.firm_id for row in audited(session, "view.firm")] == [firm.id]


def test_a_firms_file_says_how_it_stands_on_the_roster(session, visitor):
    firm = make_firm(session)
    facts = {"ground": Ground.STOPPED}
    for change, said in ((Change.STOPPED, {}), (Change.EXEMPTED, facts)):
        record(session, Actor(), firm, change, today(), facts=said, proof="证明")
    session.commit()
    page = visitor.get(f"/roster/{firm.id}")
    assert "2020-01-01 起在名录内" in page.text
    assert "停产 免诊：停产" in page.text
    record(session, Actor(), firm, Change.CLOSED, today(), proof="注销通知")
    session.commit()
    assert "已注销" in visitor.get(f"/roster/{firm.id}").text


def test_adding_a_firm_opens_its_diagnosis_in_the_officers_district(session, officer, visitor):
    page = visitor.get("/roster/new")
    visitor.send(page, name="新企业", uscc=make_uscc(), industry="3484", district="别区")
    firm = session.exec(select(Firm).where(Firm.name == "新企业")).one()
    assert firm.district == officer.district
    assert session.exec(select(Diagnosis).where(Diagnosis.firm_id == firm.id)).one()
    assert [row.firm_id for row in audited(session, "firm.add")] == [firm.id]


def test_a_wrong_check_digit_is_told_and_nothing_typed_is_lost(visitor):
    code = make_uscc()
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    page = visitor.send(visitor.get("/roster/new"), 422, name="新企业", uscc=wrong)
    assert any("校验码" in problem for problem in page.problems())
    assert page.filled()["name"] == "新企业"


def test_a_code_that_is_taken_is_refused(session, visitor):
    own, foreign = make_firm(session), make_firm(session, name="秘密", district="别区")
    for firm, words in ((own, own.name), (foreign, "其他辖区")):
        page = visitor.send(visitor.get("/roster/new"), 422, name="新", uscc=firm.uscc)
        assert words in " ".join(page.problems())
        assert "秘密" not in page.text


def test_a_change_made_meanwhile_is_shown_and_not_overwritten(session, visitor):
    firm = make_firm(session, name="旧名")
    page = visitor.get(f"/roster/{firm.id}/edit")
    firm.name = "别人改的名"
    session.add(firm)
    session.commit()
    again = visitor.send(page, 409, name="我改的名")
    assert "别人改的名" in again.text
    assert again.filled()["name"] == "我改的名"
    visitor.send(again, name="我改的名")
    session.refresh(firm)
    assert firm.name == "我改的名"


def test_diagnoses_are_opened_for_those_without(session, visitor):
    lacking, small = make_firm(session), make_firm(session, on_roster=False)
    valid = make_firm(session)
    make_diagnosis(
        session, valid, state="done", accepted_on=today(), valid_until=today() + timedelta(9)
    )
    lapsed = make_firm(session)
    make_diagnosis(
        session, lapsed, state="done", accepted_on=today(), valid_until=today() - timedelta(1)
    )
    foreign = make_firm(session, district="别区")
    page = visitor.get("/roster/")
    visitor.client.post(
        "/roster/open",
        data=hidden(page)
        | {"firm": f"{lacking.id},{small.id},{valid.id},{lapsed.id},{foreign.id}"},
    )
    opened = session.exec(select(Diagnosis.firm_id).where(Diagnosis.state == "to_assign")).all()
    assert sorted(opened) == sorted([lacking.id, lapsed.id])


def hidden(page):
    return {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}


def sheet(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_export_masks_phones_and_runs_no_formula(session, visitor):
    make_firm(session, name="=1+1", phone="13812345678", contact="@张")
    make_firm(session, name="别区的", district="别区")
    answer = visitor.client.get("/roster/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    head, row = sheet(answer.data)
    held = dict(zip(head, row, strict=True))
    assert held["企业名称"] == "=1+1"
    assert held["电话"] == "138****5678"
    assert audited(session, "roster.export")[0].details["phones"] is False


def test_full_phones_take_a_reason_that_is_logged(session, visitor):
    make_firm(session, phone="13812345678")
    page = visitor.get("/roster/phones")
    visitor.send(page, 422, reason=" ")
    answer = visitor.client.post("/roster/phones", data=hidden(page) | {"reason": "电话回访"})
    assert "13812345678" in sheet(answer.data)[1]
    assert audited(session, "roster.export")[0].details["reason"] == "电话回访"


def test_the_list_of_a_large_district_is_written_by_a_job(session, visitor, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    for name in ("甲厂", "乙厂"):
        make_firm(session, name=name, phone="13812345678")
    make_firm(session, name="别区的", district="别区")
    begun = visitor.client.get("/roster/export")
    rows = sheet(visitor.client.get(f"{begun.location}/result").data)
    assert sorted(row[1] for row in rows[1:]) == ["乙厂", "甲厂"]
    assert "13812345678" not in rows[1]
    assert visitor.client.get("/roster/export?q=甲厂").mimetype.endswith("sheet")
    page = visitor.get("/roster/phones")
    begun = visitor.client.post("/roster/phones", data=hidden(page) | {"reason": "电话回访"})
    assert "13812345678" in sheet(visitor.client.get(f"{begun.location}/result").data)[1]
    assert [row.details["firms"] for row in audited(session, "roster.export")] == [2, 1, 2]
    assert "电话回访" not in str([job.arguments for job in session.exec(select(Job))])


def invite(visitor, *chosen, path="/roster/letters", **changes):
    page = visitor.get("/roster/new")
    sent = hidden(page) | {"firm": ",".join(str(firm.id) for firm in chosen)}
    form = {"bureau": "示例区经信局", "contact": "027", "language": "zh", "sure": "y"} | changes
    return visitor.client.post(path, data=sent | form)


def test_letters_make_accounts_and_replace_older_codes(session, visitor):
    firm, foreign = make_firm(session), make_firm(session, district="别区")
    first = invite(visitor, firm, foreign, path="/roster/codes")
    code = sheet(first.data)[1][2]
    account = session.exec(select(Account).where(Account.firm_id == firm.id)).one()
    assert account.username == firm.uscc.lower()
    assert session.exec(select(Account).where(Account.firm_id == foreign.id)).first() is None
    assert visitor.client.get(f"/account/activate?code={code}").status_code == 200
    letters = invite(visitor, firm)
    assert letters.data.startswith(b"%PDF")
    assert letters.headers["Cache-Control"] == "no-store"
    session.expire_all()
    assert holder(session, code) is None
    assert len(audited(session, "account.code")) == 2


def test_codes_are_not_made_without_the_word_that_older_ones_end(session, visitor):
    firm = make_firm(session)
    assert invite(visitor, firm, sure="").status_code == 422
    assert session.exec(select(Account).where(Account.firm_id == firm.id)).first() is None


def test_an_account_in_use_gets_a_code_only_when_asked_for(session, visitor):
    firm = make_firm(session)
    make_account(session, "firm", firm_id=firm.id)
    assert invite(visitor, firm).status_code == 422
    assert invite(visitor, firm, active="y").status_code == 200


def test_the_page_that_hands_out_codes_says_whose_codes_end(session, visitor):
    waiting = make_firm(session, name="等待中的企业")
    invite(visitor, waiting, path="/roster/codes")
    page = visitor.get("/roster/")
    answer = visitor.client.post("/roster/invite", data=hidden(page) | {"scope": "all"})
    body = answer.get_data(as_text=True)
    assert "等待中的企业" in body


def test_naughty_names_and_contacts_come_back_as_they_were(session, visitor):
    texts = [text for text in dict.fromkeys(as_line(as_typed(t)) for t in NAUGHTY) if text]
    firms = [make_firm(session, name=text[:200], contact=text[:100]) for text in texts]
    shown = []
    for number in range(1, -(-len(firms) // 25) + 1):
        page = Page(visitor.client.get(f"/roster/?page={number}"))
        shown += [e["text"] for e in page.all("a") if "th" in e["in"] and "tbody" in e["in"]]
    assert sorted(" ".join(name.split()) for name in shown) == sorted(
        " ".join(firm.name.split()) for firm in firms
    )
    heads, *rows = sheet(visitor.client.get("/roster/export").data)
    at = heads.index("联系人")
    assert sorted(row[at] for row in rows) == sorted(firm.contact for firm in firms)
    assert invite(visitor, *firms[:150]).data.startswith(b"%PDF")


def test_many_letters_are_a_job_for_the_officers_own_firms(session, officer, visitor, monkeypatch):
    monkeypatch.setattr(code_pages, "AT_ONCE", 1)
    own, foreign = [make_firm(session), make_firm(session)], make_firm(session, district="别区")
    answer = invite(visitor, *own)
    job = session.exec(select(Job).where(Job.work == "letters")).one()
    assert answer.headers["Location"].endswith(f"/jobs/{job.id}")
    assert sorted(job.arguments["firms"]) == sorted(firm.id for firm in own)
    told = []
    arguments = job.arguments | {"firms": [*job.arguments["firms"], foreign.id]}
    context = Context(session, None, officer, arguments, lambda *stand: told.append(stand))
    name, content = write_many(context)
    assert name.endswith(".pdf")
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert told[-1] == (2, 2)
    assert session.exec(select(Account).where(Account.firm_id == foreign.id)).first() is None
