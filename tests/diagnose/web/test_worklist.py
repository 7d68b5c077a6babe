from datetime import date, timedelta

import pytest
from sqlmodel import select

from diagnose.planning.filling import fill
from diagnose.records import Actor, AuditEntry, Diagnosis, Firm, Purpose, Remark, Report, Visit
from diagnose.records.columns import now
from diagnose.reporting.gathering import gather
from diagnose.reporting.telling import automatic
from tests.diagnose.diagnosed import attach
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import DISTRICT, keep, make_account, make_diagnosis, make_firm, sign_in
from tests.diagnose.web.working import assigned, at_work, move, paper


def test_a_worklist_without_diagnoses_says_so(visitor, session):
    sign_in(visitor.client, make_account(session, "consultant"))
    assert "目前没有待办" in visitor.get("/work/").text


def test_diagnoses_stand_under_what_is_next_with_their_clocks_in_words(visitor, session):
    lead, _ = at_work(session, visitor.client, "accepted", due_at=now() + timedelta(days=3))
    assigned(session, lead, "drafting", due_at=now() - timedelta(days=2))
    assigned(session, lead, "in_review")
    page = visitor.get("/work/")
    assert [h["text"] for h in page.all("h2")] == ["约定到访", "编制报告", "等待他人"]
    assert "还剩 3 天" in page.text
    assert "已超期 2 天" in page.text
    assert "在手 3 项" in page.text
    assert "1 项已超期" in page.text


def test_filters_narrow_the_list(visitor, session):
    lead, mine = at_work(session, visitor.client, "accepted", due_at=now() - timedelta(days=1))
    colleague = make_account(session, "consultant", provider_id=lead.provider_id)
    other = assigned(session, lead, "drafting", lead_id=colleague.id)

    def listed(query):
        page = visitor.get(f"/work/?{query}")
        return {d.number for d in (mine, other) if d.number in page.text}

    assert listed("") == {mine.number, other.number}
    assert listed("mine=1") == listed("late=1") == listed("group=arrange") == {mine.number}
    assert listed(f"words={other.number}") == {other.number}
    assert listed("words=%25") == set()
    assert "没有符合条件" in visitor.get("/work/?words=nothing").text


def test_another_house_sees_nothing_of_it(visitor, session):
    _, diagnosis = at_work(session, visitor.client, "drafting")
    sign_in(visitor.client, make_account(session, "consultant"))
    assert diagnosis.number not in visitor.get("/work/").text
    shut = (
        "",
        "/confidentiality",
        "/confidentiality.pdf",
        "/objections",
    )
    for path in [f"/work/{diagnosis.id}{rest}" for rest in shut] + [
        f"/work/visits/{diagnosis.id}",
        f"/work/visits/{diagnosis.id}/record.pdf",
        f"/work/answers/{diagnosis.id}",
        f"/work/answers/{diagnosis.id}/sections/security",
        f"/work/findings/{diagnosis.id}",
        f"/work/findings/{diagnosis.id}/new",
    ]:
        visitor.get(path, status=404)
    foreign = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(foreign) == 10


@pytest.mark.parametrize("kind", ["firm", "reviewer", "officer", "administrator"])
def test_other_kinds_are_refused(visitor, session, kind):
    _, diagnosis = at_work(session, visitor.client)
    sign_in(visitor.client, make_account(session, kind))
    visitor.get(f"/work/{diagnosis.id}", status=403)


def test_taking_on_takes_the_signed_promise(visitor, session):
    lead, diagnosis = at_work(session, visitor.client, lead_id=None)
    refused = move(visitor, diagnosis, "accept", status=409)
    assert "请先上传已签字的保密承诺" in refused.text
    form = visitor.get(f"/work/{diagnosis.id}/confidentiality")
    assert "没有选择文件" in visitor.send(form, status=422).text
    visitor.send(form, paper=paper())
    move(visitor, diagnosis, "accept")
    session.refresh(diagnosis)
    assert (diagnosis.state, diagnosis.lead_id) == ("accepted", lead.id)


def test_handing_back_takes_a_cause_a_reason_and_for_the_unreachable_three_tries(visitor, session):
    _, diagnosis = at_work(session, visitor.client)
    tries = {f"tries-{at}-{name}": "" for at in range(3) for name in ("day", "channel")}
    for at in range(2):
        tries |= {f"tries-{at}-day": f"2026-11-0{at + 1}", f"tries-{at}-channel": "phone"}
    given = {"cause": "unreachable", "reason": "电话无人接听"} | tries
    assert (
        "请选择退回原因" in move(visitor, diagnosis, "decline", 409, **(given | {"cause": ""})).text
    )
    page = move(visitor, diagnosis, "decline", 409, **given)
    assert "至少 3 次" in page.text
    assert page.all("textarea", name="reason")[0]["text"].strip() == "电话无人接听"
    assert page.all("input", name="tries-1-day")[0]["value"] == "2026-11-02"
    given |= {"tries-2-day": "2026-11-05", "tries-2-channel": "visit"}
    move(visitor, diagnosis, "decline", **given)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "diagnosis.move")).one()
    assert entry.details["tries"][2] == {"on": "2026-11-05", "by": "visit"}
    session.refresh(diagnosis)
    assert diagnosis.state == "declined"


def test_a_page_opened_before_another_moved_is_told(visitor, session):
    _, diagnosis = at_work(session, visitor.client, "visited")
    page = move(visitor, diagnosis, "draft", 409, edition="7")
    assert "别人刚刚推进" in page.text


def test_unknown_moves_and_those_of_others_are_refused(visitor, session):
    _, diagnosis = at_work(session, visitor.client)
    assert "没有做这一步的权限" in move(visitor, diagnosis, "assign", 409).text
    move(visitor, diagnosis, "no-such", 404)


def test_the_contact_is_shown_only_while_it_is_needed(visitor, session):
    lead, diagnosis = at_work(session, visitor.client, "accepted")
    assert "13800001234" in visitor.get(f"/work/{diagnosis.id}").text
    later = assigned(session, lead, "drafting")
    assert "13800001234" not in visitor.get(f"/work/{later.id}").text
    seen = session.exec(select(AuditEntry).where(AuditEntry.action == "view.diagnosis")).all()
    assert {entry.firm_id for entry in seen} == {diagnosis.firm_id, later.firm_id}


def test_objections_are_answered_one_by_one(visitor, session):
    _, diagnosis = at_work(session, visitor.client, "objected")
    held = {"diagnosis_id": diagnosis.id, "number": "R1", "version": 1, "dated": date(2026, 11, 20)}
    report = keep(session, Report(**held, standard="sme-2024", standard_version="1"))
    remark = keep(
        session,
        Remark(report_id=report.id, item="answer:network", agreed=False, text="<b>我们有</b>无线"),
    )
    page = visitor.get(f"/work/{diagnosis.id}/objections")
    assert "&lt;b&gt;我们有" in page.html
    move(visitor, diagnosis, "answer", 409)
    visitor.send(page, status=422, **{f"answer-{remark.id}": "长" * 3001})
    visitor.send(page, **{f"answer-{remark.id}": "已按现场照片改为部分覆盖"})
    move(visitor, diagnosis, "answer")
    session.refresh(diagnosis)
    assert diagnosis.state == "with_firm"
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "report.answer")).one()
    assert "照片" not in str(entry.details)


def test_the_list_takes_as_many_statements_for_ten_diagnoses_as_for_a_thousand(
    visitor, session, app, statements
):
    lead, _ = at_work(session, visitor.client)

    def fill(count):
        firms = [Firm(name="甲", uscc=make_uscc(), district=DISTRICT) for _ in range(count)]
        session.add_all(firms)
        session.commit()
        session.add_all(
            Diagnosis(number=f"X{f.id}", firm_id=f.id, provider_id=lead.provider_id,
                      lead_id=lead.id, state="drafting", due_at=now())
            for f in firms
        )  # fmt: skip
        session.commit()

    fill(10)
    visitor.get("/work/")
    with statements(app) as few:
        visitor.get("/work/")
    fill(990)
    with statements(app) as many:
        visitor.get("/work/")
    assert few.total == many.total <= 8, many.said
    assert "第 1 页" in visitor.get("/work/?page=1").text


def test_from_assigned_to_the_internal_check(visitor, session):
    """The whole way that consultants make by themselves."""
    _, diagnosis = at_work(session, visitor.client)
    work = f"/work/{diagnosis.id}"
    assert "签署保密承诺" in visitor.get(work).text
    visitor.send(visitor.get(f"{work}/confidentiality"), paper=paper("promise"))
    move(visitor, diagnosis, "accept")
    visits = f"/work/visits/{diagnosis.id}"
    visitor.send(visitor.get(visits), planned_on="2026-11-20", place="厂区", then="agree")
    move(visitor, diagnosis, "check_in")
    visit = session.exec(select(Visit)).one()
    assert visit.started_at is not None
    for section in ("equipment", "systems", "security", "management", "results"):
        page = visitor.get(f"/work/answers/{diagnosis.id}/sections/{section}")
        visitor.send(page, then="confirm.*")
    for section in ("lifecycle", "production", "supply", "decisions", "profile"):
        page = visitor.get(f"/work/answers/{diagnosis.id}/sections/{section}")
        visitor.send(page, then="confirm.*")
    people = {}
    for at, name in enumerate(("李强", "赵敏")):
        people |= {f"people-{at}-side": "provider", f"people-{at}-name": name}
    page = visitor.get(visits)
    began, ended = "2026-11-20T09:00", "2026-11-20T16:30"
    visitor.send(page, started_at=began, ended_at=ended, then="save", fields=people)
    send_scan(visitor, diagnosis)
    move(visitor, diagnosis, "finish_visit")
    move(visitor, diagnosis, "draft")
    refused = move(visitor, diagnosis, "submit_inside", 409)
    assert "至少写一条问题" in refused.text
    said = {
        "fact": "首检记录手写",
        "evidence": "抽查 20 张工单",
        "effect": "返工",
        "cause": "无系统",
    }
    visitor.send(visitor.get(f"/work/findings/{diagnosis.id}/new"), **said)
    session.refresh(diagnosis)
    fill(session, diagnosis, automatic(gather(session, diagnosis)), Actor())
    session.commit()
    move(visitor, diagnosis, "submit_inside")
    session.refresh(diagnosis)
    assert diagnosis.state == "internal_check"
    page = visitor.get(work)
    for step in ("受理", "确定到访日期", "到访签到", "完成现场", "开始编制报告", "提交内审"):
        assert step in page.text


def send_scan(visitor, diagnosis):
    page = visitor.get(f"/work/visits/{diagnosis.id}")
    token = page.all("input", name="csrf_token")[0]["value"]
    sent = {"csrf_token": token, "paper": paper("record")}
    answer = visitor.client.post(f"/work/visits/{diagnosis.id}/scan", data=sent)
    assert answer.status_code == 302, answer.get_data(as_text=True)[:500]


def test_a_diagnosis_without_a_sheet_says_that_it_waits_for_it(visitor, session):
    lead, _ = at_work(session, visitor.client)
    firm = make_firm(session)
    held = {"state": "scheduled", "provider_id": lead.provider_id, "lead_id": lead.id}
    diagnosis = make_diagnosis(session, firm, **held)
    assert "等待企业自评" in visitor.get(f"/work/{diagnosis.id}").text
    assert "自评还没有提交" in visitor.get(f"/work/answers/{diagnosis.id}", status=409).text


def test_the_promise_prints_in_both_languages(visitor, session):
    _, diagnosis = at_work(session, visitor.client)
    attach(session, diagnosis, Purpose.CONFIDENTIALITY)
    answer = visitor.client.get(f"/work/{diagnosis.id}/confidentiality.pdf")
    assert answer.mimetype == "application/pdf"
    assert "签字页.pdf" in visitor.get(f"/work/{diagnosis.id}/confidentiality").text
