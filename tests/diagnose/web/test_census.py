from sqlmodel import select

from diagnose.records import Assessment, AuditEntry, Census, Need
from tests.diagnose.diagnosed import make_sheet
from tests.diagnose.people import keep, make_account, make_firm, sign_in

PLEDGE = {"pledged_by": "王海", "truthful": "y"}


def census_of(session):
    session.expire_all()
    return session.exec(select(Census)).one()


def add_need(visitor, **changes):
    said = {"name": "想随时看到订单做到哪一步", "budget": "30"}
    return visitor.send(visitor.get("/census/needs/new"), **(said | changes))


def submit(visitor, **changes):
    page = visitor.get("/census/review")
    kept = {n: page.all("input", name=n)[0]["value"] for n in ("csrf_token", "edition")}
    fields = kept | PLEDGE | changes
    return visitor.client.post("/census/submit", data=fields, follow_redirects=True)


def test_looking_at_the_sheet_writes_nothing(firm_visitor, session):
    page = firm_visitor.get("/census/")
    assert "待填" in page.heading
    assert session.exec(select(Census)).all() == []


def test_a_block_is_saved_and_comes_back(firm_visitor, session):
    page = firm_visitor.get("/census/blocks/current")
    fields = {"systems-erp-year": "2019", "systems-erp-use": "partly"}
    firm_visitor.send(page, equipment_total="120", cloud="yes", fields=fields)
    facts = census_of(session).facts
    assert facts == {
        "equipment_total": 120,
        "cloud": "yes",
        "systems": {"erp": {"year": 2019, "use": "partly"}},
    }
    again = firm_visitor.get("/census/blocks/current")
    assert again.all("input", name="equipment_total")[0]["value"] == "120"
    assert again.filled()["systems-erp-use"] == "partly"


def test_a_mistyped_number_loses_nothing(firm_visitor, session):
    page = firm_visitor.get("/census/blocks/current")
    page = firm_visitor.send(page, status=422, equipment_total="很多", it_staff="3")
    assert page.all("input", name="equipment_total")[0]["value"] == "很多"
    assert page.all("input", name="it_staff")[0]["value"] == "3"
    assert page.problems()
    assert session.exec(select(Census)).all() == []


def test_what_the_self_assessment_answered_is_shown_not_asked(visitor, session):
    firm = make_firm(session)
    answers = {"equipment_total": 80, "software": ["erp"], "pains": ["delivery"], "it_staff": 2}
    make_sheet(session, firm, answers)
    sign_in(visitor.client, make_account(session, "firm", firm_id=firm.id))
    page = visitor.get("/census/blocks/current")
    assert not page.all("input", name="equipment_total")
    assert not page.all("input", name="it_staff")
    assert page.all("input", name="key_processes")
    assert "80 台" in page.text
    pains = visitor.get("/census/blocks/pains")
    first = pains.all("select")[0]
    assert first["name"] == "pains-delivery-severity"


def test_two_windows_do_not_overwrite_each_other(firm_visitor, session):
    old = firm_visitor.get("/census/blocks/worries")
    firm_visitor.send(firm_visitor.get("/census/blocks/worries"), concerns_note="怕停产")
    page = firm_visitor.send(old, status=409, concerns_note="资金紧")
    assert page.all("textarea", name="concerns_note")[0]["text"].strip() == "资金紧"
    assert census_of(session).facts == {"concerns_note": "怕停产"}
    firm_visitor.send(page)
    assert census_of(session).facts == {"concerns_note": "资金紧"}


def test_needs_are_added_changed_and_taken_off(firm_visitor, session):
    add_need(firm_visitor)
    need = session.exec(select(Need)).one()
    assert (need.name, need.budget, need.planned) == ("想随时看到订单做到哪一步", 30.0, False)
    page = firm_visitor.get(f"/census/needs/{need.id}")
    firm_visitor.send(page, type="P04", scene="scene_production", urgency="3")
    session.expire_all()
    assert (need.type, need.scene, need.urgency, need.edition) == ("P04", "scene_production", 3, 1)
    firm_visitor.send(page, status=409, name="另一扇窗口")
    firm_visitor.send(firm_visitor.get(f"/census/needs/{need.id}/remove"))
    session.expire_all()
    assert session.exec(select(Need)).all() == []
    actions = [e.action for e in session.exec(select(AuditEntry)) if e.action.startswith("census")]
    assert actions == ["census.need.add", "census.need.change", "census.need.remove"]


def test_the_parts_of_a_planned_project_fit_into_the_whole(firm_visitor, session):
    page = firm_visitor.get("/census/needs/new?planned=1")
    said = {"name": "新产线", "budget": "100", "software": "60", "equipment": "60"}
    dates = {"starts_on": "2026-05-01", "ends_on": "2026-01-01", "this_year": "20"}
    path = "/census/needs/new?planned=1"
    answer = firm_visitor.client.post(path, data=page.filled() | said | dates)
    assert answer.status_code == 422
    said |= {"equipment": "40"} | {"ends_on": "2026-12-01"}
    firm_visitor.client.post(path, data=page.filled() | dates | said)
    need = session.exec(select(Need)).one()
    assert (need.planned, need.software, need.equipment, need.this_year) == (True, 60, 40, 20)


def test_a_sheet_without_needs_says_so_and_one_with_needs_does_not(firm_visitor, session):
    answer = submit(firm_visitor)
    assert answer.status_code == 422
    add_need(firm_visitor)
    answer = submit(firm_visitor, no_needs="y")
    assert answer.status_code == 422
    answer = submit(firm_visitor, shares=["match"])
    assert answer.status_code == 200
    census = census_of(session)
    assert (census.stage, census.shares, census.pledged_by) == ("submitted", ["match"], "王海")


def test_submission_freezes_what_was_known_and_reopening_gives_it_back(visitor, session):
    firm = make_firm(session)
    sheet = make_sheet(session, firm, {"equipment_total": 80, "pains": ["delivery"]})
    sign_in(visitor.client, make_account(session, "firm", firm_id=firm.id))
    submit(visitor, no_needs="y")
    facts = census_of(session).facts
    assert facts["equipment_total"] == 80
    assert facts["pains"] == {"delivery": {}}
    assert facts["from_sheet"] == {"assessment": sheet.id, "fields": ["equipment_total", "pains"]}
    page = visitor.get("/census/")
    form = next(e for e in page.all("form") if e.get("action") == "/census/reopen")
    assert form
    token = page.all("meta", name="csrf-token")[0]["content"]
    visitor.client.post("/census/reopen", data={"csrf_token": token})
    assert (census_of(session).stage, census_of(session).facts) == ("draft", {})


def test_a_submitted_sheet_takes_no_more(firm_visitor, session):
    add_need(firm_visitor)
    old = firm_visitor.get("/census/blocks/worries")
    need = session.exec(select(Need)).one()
    submit(firm_visitor)
    answer = firm_visitor.client.post("/census/blocks/worries", data=old.filled())
    assert answer.location == "/census/"
    assert firm_visitor.get(f"/census/needs/{need.id}").response.request.path == "/census/"
    assert "concerns" not in census_of(session).facts


def test_a_stranger_s_need_is_not_there(firm_visitor, session):
    other = make_firm(session)
    census = keep(session, Census(firm_id=other.id))
    need = keep(session, Need(census_id=census.id, firm_id=other.id, name="别家的需求"))
    firm_visitor.get(f"/census/needs/{need.id}", 404)
    said = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(said) == 1


def test_the_firm_is_led_from_its_self_assessment_to_the_census(visitor, session):
    firm = make_firm(session)
    make_sheet(session, firm)
    sign_in(visitor.client, make_account(session, "firm", firm_id=firm.id))
    sheet = session.exec(select(Assessment)).one()
    page = visitor.get(f"/assessments/{sheet.id}/submitted")
    assert page.all("a", href="/census/")
    assert visitor.get("/firm/").all("a", href="/census/")
