"""Diagnoses given to providers: one, many, by rule."""

import pytest

from diagnose.records import Interest
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm, make_provider
from tests.diagnose.web.diagnoses.officework import audited, form_of, plan_in, post

pytestmark = pytest.mark.usefixtures("officer")


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
