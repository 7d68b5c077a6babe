"""Every address of the service, asked by everybody: nobody, each kind of account, strangers.

The table is the app's own map of addresses, so a new page is covered as soon as it exists. An
address with a new kind of id fails here until `worlds.py` says how to make one.
"""

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import select

from diagnose.access import capabilities
from diagnose.records import Actor, AuditEntry
from diagnose.tokens import GRANTABLE, issue
from diagnose.web.access import API, PUBLIC, needed
from tests.diagnose.people import keep, sign_in
from tests.diagnose.web.worlds import KINDS, OPEN, WORDS, make_world

SHUT = (403, 404)
SEED = "what the tokens of a session are made from"
WRITING = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def world(session):
    return make_world(session, "江岸区")


@pytest.fixture
def elsewhere(session):
    return make_world(session, "汉阳区")


@pytest.fixture
def routes(app):
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]


@pytest.fixture
def ask(app):
    """Send a request to a rule; a POST carries the token of a page unless told otherwise."""
    client = app.test_client()

    def send(rule, method, values, account=None, token=True):
        if account:
            sign_in(client, account)
        else:
            client.delete_cookie("session")
        names = rule.arguments
        unknown = names - values.keys() - WORDS.keys()
        assert not unknown, f"say in worlds.py how to make {unknown} of {rule}"
        path = rule_path(rule, {name: (WORDS | values)[name] for name in names})
        data = {"csrf_token": token_of(client)} if method == "POST" and token else {}
        return client.open(path, method=method, data=data)

    def rule_path(rule, values):
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=None)

    signed = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(SEED)

    def token_of(client):
        """What every page of this session would carry; to fetch one each time takes as long."""
        with client.session_transaction() as held:
            held["csrf_token"] = SEED
        return signed

    return send


def methods(rule):
    return sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"})


def guarded(app, routes):
    """Each rule that is not open to everybody, with what it needs and one of its methods."""
    for rule in routes:
        wanted = needed(app, rule.endpoint)
        if wanted != PUBLIC:
            yield from ((rule, wanted, method) for method in methods(rule))


def pages(app, routes):
    return [each for each in guarded(app, routes) if not each[0].rule.startswith(API)]


def test_the_token_that_is_sent_here_is_taken_as_a_page_s(routes, world, ask):
    (leave,) = [rule for rule in routes if rule.endpoint == "accounts.sign_out"]
    officer = world.accounts["officer"]
    assert ask(leave, "POST", {}, officer, token=False).status_code == 400
    assert ask(leave, "POST", {}, officer).status_code == 302


def test_every_view_says_whom_it_is_open_to(app, routes):
    assert [rule.endpoint for rule in routes if needed(app, rule.endpoint) is None] == []


def test_nobody_is_sent_to_sign_in_and_the_api_says_so(app, routes, world, ask):
    asked = list(guarded(app, routes))
    assert len(asked) > 80
    wrong = []
    for rule, _, method in asked:
        answer = ask(rule, method, world.ids("firm"))
        if rule.rule.startswith(API):
            right = answer.status_code == 401
        else:
            right = answer.status_code == 302 and answer.location.startswith("/account/sign-in")
        wrong += [] if right else [(rule, method, answer.status_code)]
    assert wrong == []


def test_a_session_opens_nothing_of_the_api(app, routes, world, ask):
    """A browser sends its session along with what another site asks; the API takes tokens."""
    wrong = []
    for rule, _, method in guarded(app, routes):
        if rule.rule.startswith(API):
            answer = ask(rule, method, world.ids("officer"), world.accounts["officer"])
            wrong += [] if answer.status_code == 401 else [(rule, method, answer.status_code)]
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_kind_of_account_is_refused(app, routes, world, ask, kind):
    account, refused, wrong = world.accounts[kind], 0, []
    for rule, wanted, method in pages(app, routes):
        if wanted not in capabilities(kind):
            answer = ask(rule, method, world.ids(kind), account)
            wrong += [] if answer.status_code in SHUT else [(rule, method, answer.status_code)]
            refused += 1
    assert wrong == []
    assert refused > 20


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_kind_is_never_refused_and_meets_no_crash(app, routes, world, session, ask, kind):
    account, wrong = world.accounts[kind], []
    for rule, wanted, method in pages(app, routes):
        if wanted in capabilities(kind):
            session.refresh(account)
            answer = ask(rule, method, world.ids(kind), account)
            shut = answer.status_code in (401, 403) or answer.status_code >= 500
            wrong += [(rule, method, answer.status_code)] if shut else []
    assert wrong == []


def test_no_form_is_taken_without_its_token(app, routes, world, session, statements, ask):
    """Some forms look at their token themselves, to keep what was typed; nothing is written."""
    sheet = world.rows["assessment_id"]
    sheet.status, sheet.submitted_at = "draft", None
    keep(session, sheet)
    sent, wrong = 0, []
    for rule in routes:
        wanted = needed(app, rule.endpoint)
        for method in methods(rule):
            if method == "GET" or rule.rule.startswith(API):
                continue
            kind = next(k for k in KINDS if wanted == PUBLIC or wanted in capabilities(k))
            account = None if wanted == PUBLIC else world.accounts[kind]
            with statements(app) as count:
                answer = ask(rule, method, world.ids(kind), account, token=False)
            wrote = any(said.startswith(WRITING) for said in count.said)
            if wrote or (answer.status_code != 400 and not looks_itself(app, rule)):
                wrong.append((rule, method, answer.status_code))
            sent += 1
    assert wrong == []
    assert sent > 40


def looks_itself(app, rule):
    view = app.view_functions[rule.endpoint]
    return f"{view.__module__}.{view.__name__}" in app.extensions["csrf"]._exempt_views


@pytest.mark.parametrize("kind", KINDS)
def test_what_belongs_to_others_is_not_there_and_asking_is_logged(
    app, routes, world, elsewhere, session, ask, kind
):
    account, foreign, wrong = world.accounts[kind], elsewhere.ids(kind), []
    for rule, wanted, method in pages(app, routes):
        ids = rule.arguments - WORDS.keys() - OPEN
        if wanted not in capabilities(kind) or not ids:
            continue
        before = foreign_rows(session, account)
        answer = ask(rule, method, foreign, account)
        logged = foreign_rows(session, account) - before
        right = answer.status_code == 404 and logged == 1
        wrong += [] if right else [(rule, method, answer.status_code, logged)]
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_one_s_own_address_leads_to_no_row_of_others(app, routes, world, elsewhere, ask, kind):
    """The first id is one's own, the others are not."""
    account, wrong = world.accounts[kind], []
    for rule, wanted, method in pages(app, routes):
        ids = [name for name in in_order(rule) if name not in WORDS]
        if wanted not in capabilities(kind) or len(ids) == 1 or not ids:
            continue
        mixed = elsewhere.ids(kind) | {ids[0]: world.ids(kind)[ids[0]]}
        answer = ask(rule, method, mixed, account)
        wrong += [] if answer.status_code == 404 else [(rule, method, answer.status_code)]
    assert wrong == []


@pytest.mark.parametrize("kind", GRANTABLE)
def test_a_token_opens_its_account_s_part_of_the_api_and_no_stranger_s(
    app, routes, world, elsewhere, session, kind
):
    account, client, wrong = world.accounts[kind], app.test_client(), []
    plain = issue(session, account, "台账", GRANTABLE[kind], 1, Actor(account.id))
    key = {"Authorization": f"Bearer {plain}"}
    for rule, wanted, method in guarded(app, routes):
        if not rule.rule.startswith(API):
            continue
        granted, ids = wanted in GRANTABLE[kind], rule.arguments - WORDS.keys()
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {n: (WORDS | elsewhere.ids(kind))[n] for n in rule.arguments}
        )
        before = foreign_rows(session, account)
        code = client.open(path, method=method, headers=key, json={}).status_code
        logged = foreign_rows(session, account) - before
        if not granted:
            right = code == 403
        elif ids and method == "GET":
            right = (code, logged) == (404, 1)
        else:
            right = code not in (401, 403) and (code >= 400 or not ids)
        wrong += [] if right else [(rule, method, code, logged)]
    assert wrong == []


def in_order(rule):
    return sorted(rule.arguments, key=lambda name: rule.rule.index(f"{name}>"))


def foreign_rows(session, account):
    session.expire_all()
    rows = select(AuditEntry).where(
        AuditEntry.action == "access.foreign", AuditEntry.account_id == account.id
    )
    return len(session.exec(rows).all())
