"""A firm applies for the pool with a project of its own; the bureau sees it and takes it in."""

import pytest
from sqlmodel import Session, select

from diagnose.records import AuditEntry, Census, Firm, Need, Project
from diagnose.records.columns import now
from diagnose.retrofits import link_need
from tests.diagnose.people import keep, make_account, sign_in

GIVEN = {"name": "喷涂线能耗监测", "content": "电表和网关", "months": "4", "type": "P25"}
COSTS = {"cost_low": "8", "cost_mid": "12", "cost_high": "20"}


@pytest.fixture
def need(session, firm_account):
    firm_id = firm_account.firm_id
    census = keep(session, Census(firm_id=firm_id, stage="submitted", submitted_at=now()))
    return keep(session, Need(census_id=census.id, firm_id=firm_id, name="电费太高", budget=12.0))


@pytest.fixture
def bureau(session, as_):
    return as_(make_account(session, "officer"))


def declare(visitor, status=200, path="/retrofits/new", **changes):
    return visitor.send(visitor.get(path), status, **GIVEN | COSTS | changes)


def take_in(bureau, project):
    page = bureau.get(f"/pool/{project.id}")
    token = page.all("meta", name="csrf-token")[0]["content"]
    sent = {"csrf_token": token, "pool-csrf_token": token, "move": "pool"}
    sent |= {"pool-edition": str(project.edition)}
    bureau.client.post(f"/pool/{project.id}/move", data=sent)


def only(session, table):
    session.expire_all()
    return session.exec(select(table)).one()


def actions(session):
    return [row.action for row in session.exec(select(AuditEntry)) if "project" in row.action]


def test_what_a_firm_declares_is_seen_by_the_bureau_and_taken_in(session, firm_visitor, bureau):
    page = declare(firm_visitor, because="电费占成本一成")
    assert "已申报" in page.text
    project = only(session, Project)
    assert (project.origin, project.stage, project.cost_mid) == ("application", "adopted", 12)
    assert "喷涂线能耗监测" in firm_visitor.get("/retrofits/").text
    assert "待入库" in bureau.get("/pool/").text
    assert "喷涂线能耗监测" not in bureau.get("/pool/").text
    assert "喷涂线能耗监测" in bureau.get("/pool/?state=declared").text
    assert "电费占成本一成" in bureau.get(f"/pool/{project.id}").text
    take_in(bureau, project)
    assert only(session, Project).stage == "pooled"
    assert "喷涂线能耗监测" in bureau.get("/pool/").text
    assert actions(session) == ["project.declare", "project.move"]
    firm_visitor.get(f"/retrofits/{project.id}/declaration", status=404)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "请填写名称"),
        ({"content": ""}, "建设内容"),
        ({"cost_low": ""}, "要填就都填"),
        ({"months": "61"}, "1 至 60"),
    ],
)
def test_a_declaration_that_lacks_something_comes_back_as_typed(
    session, firm_visitor, wrong, words
):
    page = declare(firm_visitor, 422, **wrong)
    assert words in page.text
    assert page.all("input", name="cost_high")[0]["value"] == "20"
    assert session.exec(select(Project)).all() == []


def test_a_declaration_is_changed_until_it_is_taken_in(session, firm_visitor):
    declare(firm_visitor)
    path = f"/retrofits/{only(session, Project).id}/declaration"
    earlier = firm_visitor.get(path)
    declare(firm_visitor, path=path, cost_mid="15")
    assert only(session, Project).cost_mid == 15
    page = firm_visitor.send(earlier, 409, cost_mid="9")
    assert page.all("input", name="cost_mid")[0]["value"] == "9"
    firm_visitor.send(page)
    assert only(session, Project).cost_mid == 9


def test_a_need_waits_with_its_declared_project_and_is_free_again_when_it_is_withdrawn(
    session, firm_visitor, need
):
    page = firm_visitor.get(f"/retrofits/new?need={need.id}")
    assert page.all("input", name="name")[0]["value"] == "电费太高"
    firm_visitor.send(page, content="电表")
    project = only(session, Project)
    kept = only(session, Need)
    assert (kept.project_id, kept.stage) == (project.id, "open")
    page = firm_visitor.get(f"/retrofits/{project.id}/end")
    assert "撤回申报" in page.text
    firm_visitor.send(page, reason="改由集团统一实施")
    assert only(session, Project).stage == "terminated"
    assert only(session, Need).project_id is None


def test_a_need_counts_as_matched_once_its_project_is_in_the_pool(
    session, firm_visitor, bureau, need
):
    firm_visitor.send(firm_visitor.get("/retrofits/new"), **GIVEN | COSTS | {"need": str(need.id)})
    project = only(session, Project)
    take_in(bureau, project)
    kept = only(session, Need)
    assert (kept.stage, kept.matched_type) == ("matched", "P25")


def test_nobody_declares_or_changes_for_another_firm(session, firm_visitor, need, as_):
    declare(firm_visitor)
    stranger = make_account(session, "firm")
    assert session.get(Firm, stranger.firm_id) is not None
    other = as_(stranger)
    other.get(f"/retrofits/{only(session, Project).id}/declaration", status=404)
    page = other.get("/retrofits/new")
    other.send(page, 422, **GIVEN | {"need": str(need.id)})
    sign_in(firm_visitor.client, stranger)
    assert "喷涂线能耗监测" not in firm_visitor.get("/retrofits/").text


def test_a_need_that_another_project_took_meanwhile_stays_with_it(
    session, engine, firm_visitor, need
):
    for _ in range(2):
        declare(firm_visitor)
    first, second = session.exec(select(Project).order_by(Project.id))
    assert need.project_id is None
    with Session(engine) as other:
        link_need(other, other.get_one(Project, first.id), other.get_one(Need, need.id))
        other.commit()
    link_need(session, second, need)
    session.commit()
    session.refresh(need)
    assert (need.project_id, need.edition) == (first.id, 1)
