"""Supply chains: a leader sees what its suppliers agreed to, item by item, and no more."""

import pytest
from sqlmodel import select

from diagnose.records import Answer, Assessment, AuditEntry, Judgement, Project, SupplyLink
from diagnose.records.answer import answer_row
from diagnose.records.columns import now
from diagnose.web.reading import questionnaire
from tests.diagnose.people import keep, make_account, make_firm, sign_in


@pytest.fixture
def firms(session):
    return make_firm(session, name="链主汽车公司"), make_firm(session, name="供应商冲压厂")


@pytest.fixture
def link(session, firms):
    leader, supplier = firms
    ends = {"leader_id": leader.id, "supplier_id": supplier.id}
    return keep(session, SupplyLink(**ends, supplies="冲压件", links=["quality"]))


@pytest.fixture
def act_as(visitor, session, firms):
    accounts = {
        "leader": make_account(session, "firm", firm_id=firms[0].id),
        "supplier": make_account(session, "firm", firm_id=firms[1].id),
        "stranger": make_account(session, "firm"),
        "officer": make_account(session, "officer"),
    }

    def sign(name):
        sign_in(visitor.client, accounts[name])
        return accounts[name]

    return sign


@pytest.fixture
def sheet(session, firms):
    """The supplier's answers: quality by system, level 2."""
    asked = questionnaire()
    held = Assessment(
        firm_id=firms[1].id,
        name="供应商",
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        questionnaire_hash="0" * 64,
        status="submitted",
        submitted_at=now(),
    )
    keep(session, held)
    for question, value in (("scene_quality", "2"), ("scene_warehouse", "3")):
        session.add(Answer(**answer_row(held.id, question, value)))
    session.add(
        Judgement(
            assessment_id=held.id,
            standard="sme-2024",
            standard_version="1.0.0",
            standard_hash="0" * 64,
            score=47.25,
            level=2,
            answered=10,
            asked=50,
            could_add=3,
        )
    )
    session.commit()


def hidden(page):
    """The token and the edition that the forms of a page carry."""
    return {name: page.all("input", name=name)[-1]["value"] for name in ("csrf_token", "edition")}


def decide(visitor, session, link, deed, status=200, edition=None, **fields):
    session.refresh(link)
    fields["edition"] = str(link.edition if edition is None else edition)
    page = visitor.get("/chains/mine")
    fields["csrf_token"] = page.all("meta", name="csrf-token")[0]["content"]
    answer = visitor.client.post(
        f"/chains/links/{link.id}/{deed}", data=fields, follow_redirects=True
    )
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    session.refresh(link)
    return answer.get_data(as_text=True)


def test_the_bureau_asks_a_supplier(visitor, session, firms, act_as):
    act_as("officer")
    leader, supplier = firms
    page = visitor.get(f"/chains/new?leader={leader.uscc}")
    shown = visitor.send(
        page, supplier=supplier.uscc, supplies="冲压件", links=["quality", "stock"]
    )
    assert shown.heading == "链主汽车公司"
    link = session.exec(select(SupplyLink)).one()
    assert link.links == ["quality", "stock"]
    assert link.shared == []
    again = visitor.send(page, status=409, supplier=supplier.uscc)
    assert "已有链接" in " ".join(again.problems())
    itself = visitor.send(page, status=409, supplier=leader.uscc)
    assert "同一家企业" in " ".join(itself.problems())


def test_a_firm_of_another_district_cannot_be_asked(visitor, session, firms, act_as):
    act_as("officer")
    stranger = make_firm(session, district="汉阳区")
    page = visitor.get("/chains/new")
    told = visitor.send(page, status=409, leader=firms[0].uscc, supplier=stranger.uscc)
    assert "本区名录中没有" in " ".join(told.problems())


def test_a_leader_sees_nothing_before_the_supplier_agrees(visitor, session, link, act_as):
    act_as("leader")
    page = visitor.get("/chains/mine")
    assert "供应商冲压厂" not in page.text
    visitor.get(f"/chains/suppliers/{link.id}", status=404)
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).one()


@pytest.mark.usefixtures("sheet")
def test_a_leader_sees_the_shared_items_and_no_others(visitor, session, link, act_as):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    act_as("leader")
    page = visitor.get(f"/chains/suppliers/{link.id}")
    label = next(o.label.zh for o in questionnaire()["scene_quality"].options if o.id == "2")
    hidden = next(o.label.zh for o in questionnaire()["scene_warehouse"].options if o.id == "3")
    assert label in page.text
    assert hidden not in page.text
    assert "规范级" not in page.text
    assert "47.2" not in page.text
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["stock", "level"])
    act_as("leader")
    page = visitor.get(f"/chains/suppliers/{link.id}")
    assert label not in page.text
    assert hidden in page.text
    assert "规范级" in page.text
    assert "47.2" not in page.text


@pytest.mark.usefixtures("sheet")
def test_a_look_is_in_the_suppliers_log(visitor, session, link, firms, act_as):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    act_as("leader")
    visitor.get(f"/chains/suppliers/{link.id}")
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "view.chain")).one()
    assert entry.firm_id == firms[1].id
    act_as("supplier")
    page = visitor.get("/disclosure/")
    assert "链主汽车公司" in page.text
    assert "供应链" in page.text


@pytest.mark.parametrize("deed", ["withdraw", "refuse"])
def test_what_is_taken_back_ends_the_leaders_sight_at_once(visitor, session, link, act_as, deed):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    decide(visitor, session, link, deed)
    assert link.shared == []
    act_as("leader")
    visitor.get(f"/chains/suppliers/{link.id}", status=404)
    assert "供应商冲压厂" not in visitor.get("/chains/mine").text
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["stock"])
    act_as("leader")
    visitor.get(f"/chains/suppliers/{link.id}")


def test_agreeing_to_nothing_is_no_agreement(visitor, session, link, act_as):
    act_as("supplier")
    assert "至少选择一项" in decide(visitor, session, link, "agree", 409)
    assert link.agreed_at is None


def test_a_page_opened_before_another_decision_changes_nothing(visitor, session, link, act_as):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    told = decide(visitor, session, link, "agree", 409, edition=0, items=["stock"])
    assert "别人刚刚改动" in told
    assert link.shared == ["quality"]


@pytest.mark.parametrize("name", ["leader", "stranger"])
def test_only_the_supplier_decides(visitor, session, link, act_as, name):
    act_as(name)
    for deed in ("agree", "refuse", "withdraw"):
        decide(visitor, session, link, deed, 404, items=["level"])
    assert link.agreed_at is None


def test_a_leader_sets_a_target_with_a_project_of_its_own(visitor, session, link, firms, act_as):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    own = {"firm_id": firms[0].id, "name": "协同平台", "stage": "pooled", "origin": "chain"}
    project = keep(session, Project(**own))
    foreign = keep(session, Project(**own | {"firm_id": firms[1].id}))
    account = act_as("leader")
    page = visitor.get(f"/chains/suppliers/{link.id}")
    fields = hidden(page) | {"target": "质量数据互通", "project": str(project.id)}
    path = f"/chains/suppliers/{link.id}/target"
    assert account.firm_id == link.leader_id
    assert visitor.client.post(path, data=fields).status_code == 302
    session.refresh(link)
    assert (link.target, link.project_id) == ("质量数据互通", project.id)
    assert visitor.client.post(path, data=fields).status_code == 409
    wrong = hidden(visitor.get(f"/chains/suppliers/{link.id}")) | {"project": str(foreign.id)}
    assert visitor.client.post(path, data=wrong).status_code == 422
    act_as("supplier")
    assert "质量数据互通" in visitor.get("/chains/mine").text


def test_the_bureau_removes_a_link_of_its_own_district(visitor, session, link, act_as):
    act_as("officer")
    visitor.send(visitor.get(f"/chains/links/{link.id}/remove"))
    assert session.exec(select(SupplyLink)).first() is None


def test_the_bureau_of_another_district_sees_no_leader(visitor, session, link):
    sign_in(visitor.client, make_account(session, "officer", district="汉阳区"))
    visitor.get(f"/chains/{link.leader_id}", status=404)
    visitor.get(f"/chains/links/{link.id}/remove", status=404)


def test_lists_take_as_many_statements_for_many(visitor, session, app, statements, firms, act_as):
    counts = []
    leader = firms[0]
    for more in (10, 40):
        for _ in range(more):
            supplier = make_firm(session)
            ends = {"leader_id": leader.id, "supplier_id": supplier.id}
            keep(session, SupplyLink(**ends, shared=["quality"], agreed_at=now()))
        with statements(app) as count:
            act_as("officer")
            visitor.get("/chains/")
            visitor.get(f"/chains/{leader.id}")
            act_as("leader")
            visitor.get("/chains/mine")
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_a_refusal_after_an_agreement_leaves_no_agreement(visitor, session, link, act_as):
    act_as("supplier")
    decide(visitor, session, link, "agree", items=["quality"])
    decide(visitor, session, link, "refuse")
    session.refresh(link)
    assert (link.agreed_at, link.shared) == (None, [])
