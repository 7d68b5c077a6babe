"""Accounts, providers and the audit log in the hands of those who look after them."""

import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlmodel import select

import diagnose
from diagnose.accounts import activation
from diagnose.records import Account, Actor, AuditEntry, Interest, Provider, note
from diagnose.records.columns import now
from diagnose.web.administration.actions import ACTIONS
from tests.diagnose.people import (
    DISTRICT,
    make_account,
    make_firm,
    make_provider,
    sign_in,
)
from tests.diagnose.web.pages import Page

CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")


@pytest.fixture
def admin(session, visitor):
    account = make_account(session, "administrator", username="admin", name="周敏")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def press(visitor):
    """Send one of the small forms of an account's page."""

    def send(account, wanted, status=302, **more):
        token = visitor.get("/account/").all("meta", name="csrf-token")[0]["content"]
        path = f"/administration/accounts/{account.id}/change"
        sent = {"csrf_token": token, "wanted": wanted} | more
        page = Page(visitor.client.post(path, data=sent))
        assert page.status == status, page.text
        return page

    return send


def rows(page):
    return [e["text"].strip() for e in page.all("th", scope="row")]


def actions(session):
    return session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("kind", ["firm", "consultant", "reviewer", "officer", "administrator"])
def test_an_account_of_any_kind_is_opened_and_its_code_shown_once(visitor, session, kind):
    firm, house = make_firm(session), make_provider(session)
    given = {"kind": kind, "name": "王磊", "certificate": "ZD-1", "provider_id": str(house.id)}
    given |= {"district": DISTRICT, "uscc": firm.uscc, "username": "Wang.Lei"}
    page = visitor.send(visitor.get("/administration/accounts/new"), **given)
    account = activation.holder(session, CODE.search(page.text)[0])
    assert (account.kind, account.name, account.password_hash) == (kind, "王磊", "")
    assert account.username == (firm.uscc.lower() if kind == "firm" else "wang.lei")
    assert account.firm_id == (firm.id if kind == "firm" else None)
    assert account.provider_id == (house.id if kind in {"consultant", "reviewer"} else None)
    assert account.district == (DISTRICT if kind in {"officer", "reviewer"} else "")
    assert actions(session) == ["account.open", "account.code"]
    assert not CODE.search(visitor.get(f"/administration/accounts/{account.id}").text)


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "ADMIN"}, "已有人使用"),
        ({"username": "a"}, "3 至 60"),
        ({"username": "wang lei"}, "不能有空格"),
        ({"username": ""}, "请填写用户名"),
        ({"name": "  "}, "请填写"),
        ({"name": "长" * 101}, "最多 100"),
        ({"provider_id": "0"}, "请选择服务机构"),
        ({"kind": "officer"}, "请填写辖区"),
        ({"kind": "firm", "uscc": "91420102MA4K99999X"}, "名录里没有"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told(visitor, session, changes, said):
    house = make_provider(session)
    given = {"kind": "consultant", "name": "王磊", "username": "wang", "provider_id": str(house.id)}
    page = visitor.send(
        visitor.get("/administration/accounts/new"), status=422, **(given | changes)
    )
    assert said in " ".join(page.problems())
    assert page.all("input", name="username")[0]["value"] == (given | changes)["username"]
    assert len(session.exec(select(Account)).all()) == 1


def test_accounts_are_found_by_words_kind_and_standing(visitor, session, admin):
    house = make_provider(session, name="光谷诊断中心")
    make_account(session, "consultant", username="li.na", name="李娜", provider_id=house.id)
    late = {"locked_until": now() + timedelta(minutes=5), "failures": 5}
    make_account(session, "reviewer", username="sun", name="孙专家", **late)
    make_account(session, "officer", username="chen", name="100%_实", password_hash="")
    make_account(session, "officer", username="wu", active=False)

    def found(**wanted):
        return rows(visitor.get("/administration/accounts", query_string=wanted))

    assert len(found()) == 5
    assert found(q="光谷") == ["li.na"]
    assert found(q="LI.N") == ["li.na"]
    assert found(q="%_") == ["chen"]
    assert found(kind="officer") == ["chen", "wu"]
    assert found(standing="locked") == ["sun"]
    assert found(standing="waiting") == ["chen"]
    assert found(standing="closed", kind="officer") == ["wu"]
    assert found(q="nobody") == []
    assert len(found(kind="x", standing="y", page="z")) == 5
    assert found(kind="administrator") == [admin.username]


@pytest.mark.usefixtures("admin")
def test_lists_cost_the_same_for_ten_and_for_a_thousand(app, visitor, session, statements):
    def cost(path):
        with statements(app) as count:
            visitor.get(path)
        return count.total

    paths = ["/administration/accounts", "/administration/providers", "/administration/log"]
    for number in range(10):
        _fill(session, number)
    session.commit()
    few = [cost(path) for path in paths]
    for number in range(10, 1000):
        _fill(session, number)
    session.commit()
    assert [cost(path) for path in paths] == few


def _fill(session, number):
    house = Provider(code=f"Q{number}", name=f"机构{number}")
    session.add(house)
    session.flush()
    held = {"kind": "consultant", "username": f"u{number}", "name": "甲", "stamp": "x"}
    account = Account.model_validate(held | {"provider_id": house.id})
    session.add(account)
    session.flush()
    note(session, Actor(account.id), "account.sign_in", f"account:{account.id}")


def test_what_is_done_to_an_account(visitor, session, admin, press):
    person = make_account(
        session,
        "consultant",
        failures=5,
        locked_until=now() + timedelta(minutes=9),
        totp_secret=pyotp.random_base32(),
    )
    assert "已锁定" in visitor.get(f"/administration/accounts/{person.id}").text
    press(person, "unlock")
    code = CODE.search(press(person, "code", status=200).check().text)[0]
    assert activation.holder(session, code).id == person.id
    assert "勾选" in " ".join(press(person, "factor_off", status=422).check().problems())
    press(person, "factor_off", sure="y")
    press(person, "close", status=422)
    stamp = person.stamp
    press(person, "close", sure="y")
    session.refresh(person)
    assert (person.failures, person.locked_until, person.totp_secret) == (0, None, "")
    assert not person.active
    assert person.stamp != stamp
    press(person, "reopen")
    session.refresh(person)
    assert person.active
    press(person, "anything", status=404)
    press(admin, "close", status=422, sure="y")
    assert session.get(Account, admin.id).active
    assert actions(session) == [
        "account.unlock",
        "account.code",
        "account.factor_off",
        "account.close",
        "account.reopen",
    ]


@pytest.mark.usefixtures("admin")
def test_name_and_house_are_changed(visitor, session):
    house = make_provider(session)
    person = make_account(session, "consultant")
    path = f"/administration/accounts/{person.id}"
    token = visitor.get(path).all("meta", name="csrf-token")[0]["content"]
    given = {"csrf_token": token, "name": "新<i>名", "certificate": "Z9", "provider_id": house.id}
    assert visitor.client.post(path, data=given).status_code == 302
    session.refresh(person)
    assert (person.name, person.certificate, person.provider_id) == ("新<i>名", "Z9", house.id)
    assert visitor.client.post(path, data=given | {"provider_id": 0}).status_code == 422
    assert visitor.client.post(path, data=given | {"provider_id": 99}).status_code == 422
    visitor.get("/administration/accounts/99999", status=404)


@pytest.mark.usefixtures("admin")
def test_providers_are_admitted_changed_and_kept_from_firms_of_interest(visitor, session):
    firm = make_firm(session, name="武汉=精密")
    new = visitor.get("/administration/providers/new")
    token = new.all("meta", name="csrf-token")[0]["content"]
    given = {"csrf_token": token, "code": "P9", "name": "东湖中心", "load": "12"}
    given |= {"valid_until": "2027-12-31"}
    path = visitor.client.post("/administration/providers/new", data=given).location
    house = session.exec(select(Provider)).one()
    assert (house.load, house.valid_until.isoformat()) == (12, "2027-12-31")
    again = visitor.client.post("/administration/providers/new", data=given | {"code": "p9"})
    assert again.status_code == 422
    for wrong in ({"load": "-1"}, {"load": "x"}, {"valid_until": "2027-02-30"}, {"name": ""}):
        assert visitor.client.post(path, data=given | wrong).status_code == 422
    assert visitor.client.post(path, data=given | {"load": "3", "valid_until": ""}).location == path

    interest = {"interest-csrf_token": token, "interest-uscc": firm.uscc, "interest-note": "持股"}
    assert visitor.client.post(f"{path}/interests", data=interest).location == path
    assert visitor.client.post(f"{path}/interests", data=interest).status_code == 422
    unknown = interest | {"interest-uscc": "nonsense"}
    assert visitor.client.post(f"{path}/interests", data=unknown).status_code == 422
    assert "武汉=精密" in rows(visitor.get(path))
    held = session.exec(select(Interest)).one()
    other = make_provider(session)
    remove = f"interests/{held.id}/remove"
    sent = {"csrf_token": token}
    wrong = visitor.client.post(f"/administration/providers/{other.id}/{remove}", data=sent)
    assert wrong.status_code == 404
    assert visitor.client.post(f"{path}/{remove}", data=sent).location == path
    assert actions(session) == [
        "provider.open",
        "provider.change",
        "interest.add",
        "interest.remove",
    ]
    session.expire_all()
    found = session.exec(select(Provider).where(Provider.code == "P9")).one()
    assert (found.load, found.valid_until) == (3, None)
    assert rows(visitor.get("/administration/providers?q=东湖")) == ["东湖中心"]


# The audit log


@pytest.fixture
def log(session):
    """Four entries: of a firm here, of one elsewhere, of the officer, of nobody."""
    here, elsewhere = make_firm(session), make_firm(session, district="汉阳区", name="汉阳一厂")
    officer = make_account(session, "officer", name="陈科")
    yesterday = now() - timedelta(days=2)
    note(session, Actor(None, "10.0.0.9", yesterday), "account.refuse", "account:7")
    note(session, Actor(officer.id, "10.0.0.1"), "view.report", "report:1", firm_id=here.id)
    note(session, Actor(None), "firm.change", "firm:2", firm_id=elsewhere.id, field="<b>")
    note(session, Actor(officer.id), "account.sign_in", f"account:{officer.id}")
    session.commit()
    return officer


def told(page):
    return [e["text"] for e in page.all("td", **{"data-label": "操作"})]


@pytest.mark.usefixtures("admin", "log")
def test_an_administrator_sees_all_of_the_log_and_finds_things_in_it(visitor):
    page = visitor.get("/administration/log")
    assert [text.split()[0] for text in told(page)] == [
        "登录",
        "修改企业",
        "查看报告",
        "登录失败",
    ]

    def count(**wanted):
        return len(told(visitor.get("/administration/log", query_string=wanted)))

    assert count(action="account.") == 2
    assert count(who="陈科") == 2
    assert count(firm="汉阳") == 1
    today = now() + timedelta(hours=8)
    assert count(since=today.date().isoformat()) == 3
    assert count(until=(today - timedelta(days=1)).date().isoformat()) == 1
    assert count(since="nonsense", until="0001-01-01", who="%") == 0
    assert count(since="x" * 99) == 4


@pytest.mark.usefixtures("admin")
def test_an_officer_sees_what_concerns_the_own_district_and_themselves(visitor, log):
    sign_in(visitor.client, log)
    page = visitor.get("/administration/log")
    assert len(told(page)) == 2
    assert "汉阳" not in page.text
    assert len(told(visitor.get("/administration/log?firm=汉阳"))) == 0


@pytest.mark.usefixtures("admin", "log")
def test_the_chain_is_checked_and_a_break_is_named(visitor, session):
    token = visitor.get("/administration/log").all("meta", name="csrf-token")[0]["content"]

    def check():
        page = Page(visitor.client.post("/administration/log/check", data={"csrf_token": token}))
        return page.check().text

    assert "共 4 条" in check()
    session.connection().exec_driver_sql("UPDATE auditentry SET origin = 'x' WHERE id = 2")
    session.commit()
    assert "第 2 条" in check()


def test_every_action_that_is_logged_has_a_name():
    """Actions are the dotted words that `note` is given, and what `saw` puts after “view.”."""
    sources = [path.read_text() for path in Path(diagnose.__file__).parent.rglob("*.py")]
    written = "\n".join(sources)
    found = set(re.findall(r'note\([^()]*(?:\([^()]*\)[^()]*)*?"([a-z_]+\.[a-z_]+)"', written))
    found |= {f"view.{what}" for what in re.findall(r'saw\(\s*"([a-z_]+)"', written)}
    assert len(found) > 50
    assert found - ACTIONS.keys() == set()
