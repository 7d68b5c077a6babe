from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import (
    AuditEntry,
    Consent,
    Diagnosis,
    Finding,
    Firm,
    Interest,
    Project,
    Report,
    Review,
)
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import (
    keep,
    make_account,
    make_diagnosis,
    make_firm,
    make_provider,
    sign_in,
)
from tests.diagnose.web.pages import Page

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def waiting(session):
    return make_diagnosis(session, make_firm(session, name="待分派的企业"))


def audited(session, action):
    session.expire_all()
    return session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()


def form_of(page, path):
    """What the form sent to `path` holds as it stands."""
    form = next(e for e in page.all("form") if (e.get("action") or "").endswith(path))
    fields = [e for e in page.elements if e["form"] is form and e.get("name")]
    return {e["name"]: e.get("value", "") for e in fields if e["tag"] == "input"}


def post(visitor, page, path, **fields):
    sent = form_of(page, path) | fields
    return visitor.client.post(path, data=sent, follow_redirects=True)


def plan_in(answer):
    return {"plan": Page(answer).all("input", name="plan")[0]["value"]}


def report_of(session, diagnosis, **changes):
    held = {
        "diagnosis_id": diagnosis.id,
        "number": "BG1",
        "version": 1,
        "dated": today(),
        "standard": "sme-2024",
        "standard_version": "1.0.0",
        "level": 2,
        "score": 61.5,
        "signed_at": now(),
        "signed_by": "周立言",
        "signed_post": "总经理",
    }
    return keep(session, Report(**(held | changes)))


@pytest.mark.usefixtures("waiting")
def test_the_list_shows_states_clocks_and_no_other_district(session, visitor):
    late = make_diagnosis(
        session, make_firm(session, name="晚了的"), state="assigned", due_at=now() - timedelta(3)
    )
    make_diagnosis(session, make_firm(session, name="别区的", district="别区"))
    page = visitor.get("/diagnoses/")
    assert "待分派的企业" in page.text
    assert "别区的" not in page.text
    overdue = visitor.get("/diagnoses/?overdue=yes")
    assert "晚了的" in overdue.text
    assert "待分派的企业" not in overdue.text
    assert late.number in visitor.get(f"/diagnoses/?q={late.number}").text


@pytest.mark.parametrize("path", ["/diagnoses/?sort=provider", "/diagnoses/rule"])
def test_lists_take_as_many_statements_for_ten_as_for_a_thousand(
    app, session, officer, visitor, statements, path
):
    def fill(count):
        firms = [
            Firm(name=f"企业{n}", uscc=make_uscc(), district=officer.district, on_roster=True)
            for n in range(count)
        ]
        session.add_all(firms)
        session.flush()
        session.add_all(Diagnosis(number=f"N{firm.id}", firm_id=firm.id) for firm in firms)
        session.commit()

    counts = []
    for more in (10, 990):
        fill(more)
        with statements(app) as count:
            visitor.get(path)
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_another_districts_diagnosis_is_not_found(session, visitor):
    foreign = make_diagnosis(session, make_firm(session, district="别区"))
    page = visitor.get("/diagnoses/")
    token = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    for path in ("", "/report"):
        visitor.get(f"/diagnoses/{foreign.id}{path}", 404)
    for path in ("assign", "accept", "return", "exempt", "reviewer", "move", "report/full"):
        data = token | {"move": "requeue"}
        answer = visitor.client.post(f"/diagnoses/{foreign.id}/{path}", data=data)
        assert answer.status_code == 404, path
    assert len(audited(session, "access.foreign")) == 9


def test_assigning_one(session, visitor, waiting):
    provider = make_provider(session)
    lead = make_account(session, "consultant", provider_id=provider.id)
    page = visitor.get(f"/diagnoses/{waiting.id}")
    path = f"/diagnoses/{waiting.id}/assign"
    fields = {"assign-provider": str(provider.id), "assign-lead": str(lead.id)}
    post(visitor, page, path, **fields, **{"assign-package": "第一批"})
    session.refresh(waiting)
    assert (waiting.state, waiting.provider_id, waiting.lead_id) == (
        "assigned",
        provider.id,
        lead.id,
    )
    assert waiting.package == "第一批"
    stale = post(visitor, page, path, **fields)
    assert stale.status_code == 409


def test_a_provider_with_an_interest_is_refused_and_the_choice_kept(session, visitor, waiting):
    provider = make_provider(session)
    keep(session, Interest(provider_id=provider.id, firm_id=waiting.firm_id, note="系统供应商"))
    page = visitor.get(f"/diagnoses/{waiting.id}")
    answer = post(
        visitor,
        page,
        f"/diagnoses/{waiting.id}/assign",
        **{"assign-provider": str(provider.id), "assign-package": "第一批"},
    )
    body = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "系统供应商" in body
    assert 'value="第一批"' in body


def test_many_are_assigned_conflicts_named_and_left_out(session, visitor):
    provider = make_provider(session, load=2)
    firms = [make_firm(session, name=f"企业{n}") for n in range(4)]
    made = [make_diagnosis(session, firm) for firm in firms]
    keep(session, Interest(provider_id=provider.id, firm_id=firms[0].id, note="股东"))
    foreign = make_diagnosis(session, make_firm(session, district="别区"))
    page = visitor.get("/diagnoses/")
    token = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    chosen = token | {"diagnosis": ",".join(str(d.id) for d in [*made, foreign])}
    asked = visitor.client.post("/diagnoses/assign", data=chosen)
    assert asked.status_code == 200
    wanted = chosen | {"provider": str(provider.id), "package": "二批"}
    preview = visitor.client.post("/diagnoses/assign", data=wanted | {"step": "preview"})
    assert "利益关系" in preview.get_data(as_text=True)
    assert "已到上限" in preview.get_data(as_text=True)
    changed = wanted | {"step": "apply", "plan": "another"}
    assert "与您预览的不同" in visitor.client.post("/diagnoses/assign", data=changed).get_data(
        as_text=True
    )
    assert not audited(session, "diagnosis.move")
    apply = wanted | {"step": "apply"} | plan_in(preview)
    done = visitor.client.post("/diagnoses/assign", data=apply)
    assert "企业0" in done.get_data(as_text=True)
    session.expire_all()
    assert [d.state for d in made] == ["to_assign", "assigned", "assigned", "to_assign"]
    assert foreign.state == "to_assign"
    assert len(audited(session, "diagnosis.move")) == 2


def test_firms_ticked_in_the_roster_can_be_assigned(visitor, waiting):
    page = visitor.get("/roster/")
    token = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    sent = token | {"of": "roster", "scope": "all"}
    answer = visitor.client.post("/diagnoses/assign", data=sent)
    assert f'value="{waiting.id}"' in answer.get_data(as_text=True)


def test_taking_from_a_provider_takes_a_reason(session, visitor):
    old, new = make_provider(session), make_provider(session)
    held = make_diagnosis(session, make_firm(session), state="accepted", provider_id=old.id)
    page = visitor.get("/diagnoses/")
    token = {"csrf_token": page.all("input", name="csrf_token")[0]["value"]}
    sent = token | {"diagnosis": str(held.id), "provider": str(new.id), "step": "apply"}
    assert visitor.client.post("/diagnoses/assign", data=sent).status_code == 422
    wanted = sent | {"reason": "机构人手不足"}
    preview = visitor.client.post("/diagnoses/assign", data=wanted | {"step": "preview"})
    visitor.client.post("/diagnoses/assign", data=wanted | plan_in(preview))
    session.refresh(held)
    assert (held.state, held.provider_id) == ("assigned", new.id)
    assert audited(session, "diagnosis.move")[0].details["reason"] == "机构人手不足"


def test_a_rule_is_previewed_then_applied(session, visitor):
    first, second = make_provider(session, load=1), make_provider(session, load=9)
    here = [make_diagnosis(session, make_firm(session, region="甲街")) for _ in range(2)]
    there = make_diagnosis(session, make_firm(session, region="乙街"))
    rest = make_diagnosis(session, make_firm(session, region=""))
    page = visitor.get("/diagnoses/rule")
    sent = form_of(page, "/diagnoses/rule") | {
        "rule-甲街": str(first.id),
        "rule-乙街": "room",
        "package": "按街道",
    }
    preview = visitor.client.post("/diagnoses/rule", data=sent | {"step": "preview"})
    assert "已到上限" in preview.get_data(as_text=True)
    visitor.client.post("/diagnoses/rule", data=sent | {"step": "apply"} | plan_in(preview))
    session.expire_all()
    assert [d.provider_id for d in here] == [first.id, None]
    assert there.provider_id == second.id
    assert rest.state == "to_assign"


def test_an_exemption_takes_a_reason_and_a_proof(session, visitor, waiting):
    page, path = visitor.get(f"/diagnoses/{waiting.id}"), f"/diagnoses/{waiting.id}/exempt"
    sent = form_of(page, path) | {"exempt-reason": "企业已注销"}
    sent.pop("exempt-proof", None)
    assert visitor.client.post(path, data=sent).status_code == 422
    proof = {"exempt-proof": (BytesIO(b"MZ not a pdf"), "proof.pdf")}
    assert visitor.client.post(path, data=sent | proof).status_code == 422
    session.refresh(waiting)
    assert waiting.state == "to_assign"
    proof = {"exempt-proof": (BytesIO(PNG), "proof.png")}
    visitor.client.post(path, data=sent | proof, content_type="multipart/form-data")
    session.refresh(waiting)
    assert waiting.state == "exempt"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63606060600000000500 01a5f645400000000049454e44ae426082"
)


def test_acceptance_waits_for_the_review_then_covers_the_firm(session, visitor):
    found = make_diagnosis(session, make_firm(session), state="in_review")
    report = report_of(session, found)
    page = visitor.get(f"/diagnoses/{found.id}")
    assert "复核专家还没有通过" in page.text
    reviewer = make_account(session, "reviewer")
    elsewhere = make_account(session, "reviewer", district="别区")
    path = f"/diagnoses/{found.id}/reviewer"
    refused = post(visitor, page, path, **{"reviewer-reviewer": str(elsewhere.id)})
    assert refused.status_code == 422
    post(visitor, page, path, **{"reviewer-reviewer": str(reviewer.id)})
    session.expire_all()
    review = session.exec(select(Review).where(Review.report_id == report.id)).one()
    assert review.reviewer_id == reviewer.id
    review.decision, review.decided_at, review.score = "accepted", now(), 88.0
    keep(session, review)
    page = visitor.get(f"/diagnoses/{found.id}")
    post(visitor, page, f"/diagnoses/{found.id}/accept")
    session.refresh(found)
    assert (found.state, found.accepted_on) == ("done", today())


@pytest.mark.parametrize(
    ("state", "move", "target"),
    [("done", "reopen", "drafting"), ("declined", "requeue", "to_assign")],
)
def test_moves_that_take_a_reason(session, visitor, state, move, target):
    dates = {"accepted_on": today(), "valid_until": today()} if state == "done" else {}
    found = make_diagnosis(session, make_firm(session), state=state, **dates)
    page, path = visitor.get(f"/diagnoses/{found.id}"), f"/diagnoses/{found.id}/move"
    sent = form_of(page, path) | {"move": move}
    token = page.all("input", name=f"{move}-csrf_token")[0]["value"]
    sent |= {f"{move}-csrf_token": token, f"{move}-edition": "0"}
    assert visitor.client.post(path, data=sent | {f"{move}-reason": ""}).status_code == 422
    visitor.client.post(path, data=sent | {f"{move}-reason": "发现重大变化"})
    session.refresh(found)
    assert found.state == target


@pytest.fixture
def reported(session, app):
    firm = make_firm(session)
    found = make_diagnosis(
        session, firm, state="done", accepted_on=today(), valid_until=today() + timedelta(9)
    )
    app.extensions["store"].put("reports/x/zh.pdf", b"%PDF whole")
    app.extensions["store"].put("reports/x/zh.open.pdf", b"%PDF open")
    names = ("zh.pdf", "zh.open.pdf")
    files = {name: {"key": f"reports/x/{name}", "sha256": "", "size": 10} for name in names}
    report_of(session, found, files=files)
    kinds = {"effect_kind": "time", "cause_kind": "data", "diagnosis_id": found.id}
    keep(session, Finding(fact="秘方配比外泄", **kinds))
    keep(
        session, Finding(fact="防火墙默认口令", security=True, **(kinds | {"cause_kind": "system"}))
    )
    money = {"cost_low": 10, "cost_mid": 15, "cost_high": 20}
    keep(session, Project(diagnosis_id=found.id, firm_id=firm.id, name="设备联网", **money))
    return found


def test_the_short_form_holds_no_facts_and_no_weakness(session, visitor, reported):
    page = visitor.get(f"/diagnoses/{reported.id}/report")
    assert "设备联网" in page.text
    assert "10–20" in page.text
    for secret in ("秘方", "口令"):
        assert secret not in page.text
    kinds = [e["text"] for e in page.all("th", scope="row")]
    assert "数据" in kinds
    assert "系统" not in kinds
    assert audited(session, "view.report.short")


def test_the_whole_report_takes_consent_or_a_reason_that_is_logged(session, visitor, reported):
    path = f"/diagnoses/{reported.id}/report/full"
    page = visitor.get(f"/diagnoses/{reported.id}/report")
    assert post(visitor, page, path).status_code == 422
    answer = post(visitor, page, path, reason="年度抽查")
    assert answer.data == b"%PDF open"
    seen = audited(session, "view.report")[-1]
    assert (seen.details["by"], seen.details["reason"]) == ("sample", "年度抽查")
    given = keep(session, Consent(firm_id=reported.firm_id, use="full_report"))
    assert post(visitor, page, path).data == b"%PDF open"
    assert audited(session, "view.report")[-1].details["by"] == "consent"
    given = session.get(Consent, given.id)
    given.withdrawn_at = now()
    keep(session, given)
    assert post(visitor, page, path).status_code == 422


def test_the_list_as_excel_is_what_was_searched_and_runs_no_formula(session, visitor):
    late = make_diagnosis(
        session,
        make_firm(session, name="=1+1"),
        state="visited",
        due_at=now() - timedelta(days=3),
    )
    make_diagnosis(session, make_firm(session, name="已按时"))
    make_diagnosis(session, make_firm(session, name="别区的", district="别区"))
    page = visitor.get("/diagnoses/?overdue=yes")
    [link] = [a["href"] for a in page.all("a") if "/diagnoses/export" in a["href"]]
    content = visitor.client.get(link).data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    [held] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert (held["编号"], held["企业"], held["超期天数"]) == (late.number, "=1+1", 3)
    assert audited(session, "diagnosis.export")[0].details["diagnoses"] == 1


def test_reminders_list_who_is_waited_for(session, visitor):
    make_firm(session, name="未启用", phone="13812345678")
    make_firm(session, name="别区", district="别区")
    late = make_firm(session, name="拖延")
    provider = make_provider(session)
    state = {"state": "accepted", "due_at": now() - timedelta(4), "provider_id": provider.id}
    make_diagnosis(session, late, **state)
    asked = make_firm(session, name="待确认")
    make_diagnosis(session, asked, state="with_firm", due_at=now() + timedelta(1))
    answer = visitor.client.get("/diagnoses/reminders")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    sheets = [book.get_sheet_by_index(at).to_python() for at in range(5)]
    names = [[row[1] for row in sheet[1:]] for sheet in sheets]
    assert sorted(names[0]) == sorted(["未启用", "拖延", "待确认"])
    assert names[3] == ["待确认"]
    assert names[4] == ["拖延"]
    assert sheets[4][1][-1] == 4
    assert "13812345678" not in str(sheets)
