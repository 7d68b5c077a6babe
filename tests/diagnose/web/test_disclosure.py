import pytest
from sqlmodel import select

from diagnose.records import Actor, AuditEntry, Consent, note
from tests.diagnose import people


@pytest.fixture
def account(session, visitor):
    found = people.make_account(session, "firm")
    people.sign_in(visitor.client, found)
    return found


def look(session, account, by, action="view.answers", **details):
    note(
        session, Actor(by.id if by else None), action, "assessment:1",
        firm_id=account.firm_id, **details,
    )  # fmt: skip
    session.commit()


@pytest.mark.usefixtures("account")
def test_nobody_has_looked_yet(visitor):
    assert "还没有人查看" in visitor.get("/disclosure/").text


def test_a_look_is_told_by_kind_and_house_never_by_name(session, visitor, account):
    provider = people.make_provider(session, name="江岸诊断服务中心")
    look(session, account, people.make_account(session, "consultant", provider_id=provider.id))
    officer = people.make_account(session, "officer", name="李处长")
    look(session, account, officer, "view.file", why="sample")
    page = visitor.get("/disclosure/")
    assert "诊断师 · 江岸诊断服务中心" in page.text
    assert "主管部门 · 江岸区" in page.text
    assert "查看了自评作答" in page.text
    assert "抽查" in page.text
    assert officer.name not in page.text


def test_own_acts_and_those_on_others_are_left_out(session, visitor, account):
    look(session, account, account)
    other = people.make_account(session, "firm")
    look(session, other, people.make_account(session, "consultant"))
    assert "还没有人查看" in visitor.get("/disclosure/").text


def test_changes_are_listed_on_demand_whatever_their_name(session, visitor, account):
    by = people.make_account(session, "consultant")
    look(session, account, by, "finding.add")
    look(session, account, by, "brand.new")
    look(session, account, None, "diagnosis.move")
    assert "还没有人查看" in visitor.get("/disclosure/").text
    page = visitor.get("/disclosure/?all=1")
    assert "编写现场问题" in page.text
    assert "brand.new" in page.text
    assert "系统" in page.text


def test_a_long_log_is_paged_in_the_same_statements(session, app, visitor, account, statements):
    by = people.make_account(session, "consultant")
    for _ in range(10):
        look(session, account, by)
    with statements(app) as few:
        visitor.get("/disclosure/")
    for _ in range(90):
        look(session, account, by)
    with statements(app) as many:
        page = visitor.get("/disclosure/")
    assert many.total == few.total
    assert "共 100 条" in page.text
    assert "第 4 页" in visitor.get("/disclosure/?page=9").text


def consents(session):
    session.expire_all()
    return session.exec(select(Consent).order_by(Consent.id)).all()


def press(visitor):
    page = visitor.get("/disclosure/")
    form = next(e["form"] for e in page.all("input", name="wish"))
    fields = {
        e["name"]: e["value"]
        for e in page.all("input", type="hidden")
        if e["form"] is form
    }  # fmt: skip
    return fields, visitor.client.post("/disclosure/consent", data=fields)


def test_a_consent_is_given_then_withdrawn_and_logged(session, visitor, account):
    press(visitor)
    held = consents(session)
    assert [(c.use, c.firm_id, c.withdrawn_at) for c in held] == [
        ("full_report", account.firm_id, None)
    ]
    assert "您已于" in visitor.get("/disclosure/").text
    press(visitor)
    assert consents(session)[0].withdrawn_at is not None
    entries = session.exec(select(AuditEntry).where(AuditEntry.action.startswith("consent."))).all()
    assert [e.action for e in entries] == ["consent.give", "consent.withdraw"]
    assert entries[0].details == {"use": "full_report"}


@pytest.mark.usefixtures("account")
def test_giving_twice_is_giving_once(session, visitor):
    fields, _ = press(visitor)
    visitor.client.post("/disclosure/consent", data=fields)
    assert len(consents(session)) == 1


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("changed", [{"use": "everything"}, {"wish": "perhaps"}])
def test_a_consent_to_something_else_is_refused(session, visitor, changed):
    fields, _ = press(visitor)
    found = visitor.client.post("/disclosure/consent", data=fields | changed)
    assert found.status_code == 400
    assert len(consents(session)) == 1
