"""Every field of every form that a page offers, sent with the ids of others and with rubbish.

The forms are those found on the pages themselves, so a new one is covered as soon as it is shown.
"""

from itertools import cycle

import pytest

from diagnose.access import capabilities
from diagnose.web.access import API, needed
from tests.diagnose.people import keep, sign_in
from tests.diagnose.web.along import Along
from tests.diagnose.web.pages import Page
from tests.diagnose.web.probing import Kept, forms_met, leads_to
from tests.diagnose.web.worlds import WORDS

FORMS = {
    "firm": 10,
    "supplier": 10,
    "consultant": 10,
    "officer": 55,
    "administrator": 6,
}  # at least
ELSEWHERE = ("accounts.", "languages.", "tokens.")  # what belongs to nobody else, or ends the visit
TYPED = ("uscc", "need", "leader", "supplier", "project", "other", "children", "firm")
SHARED = ("provider", "account", "token", "job")  # of no district
HOSTILE = (
    "-1",
    "9" * 30,
    "甲",
    "",
    "²",
    "9999-99-99",
    "1;DROP TABLE firm",
    "NaN",
    "\x00",
    "长" * 5000,
)


@pytest.fixture
def own(session):
    return Along(session, "江岸区")


@pytest.fixture
def forms(app, own):
    """The forms that an account meets, and a way to send them."""

    def meet(who):
        account, client = own.accounts[who], app.test_client()
        sign_in(client, account)
        ids, build = WORDS | own.world.ids(account.kind), app.url_map.bind("localhost").build
        starts = own.starts[who] + [
            build(rule.endpoint, {name: ids[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods
            and not rule.rule.startswith(API)
            and needed(app, rule.endpoint) in capabilities(account.kind)
        ]
        met = forms_met(app, client, starts)
        page = Page(client.get("/account/privacy"))
        token = {"csrf_token": page.all("meta", name="csrf-token")[0]["content"]}

        def send(form, /, **changes):
            sent = form.sent() | dict(form.buttons[:1]) | changes | token
            return client.post(form.action, data=sent)

        met = {name: form for name, form in met.items() if not name.startswith(ELSEWHERE)}
        assert len(met) >= FORMS[who]
        return send, met

    return meet


@pytest.fixture
def kept(settings):
    return lambda: Kept(settings.instance / "diagnose.sqlite3")


@pytest.mark.parametrize("who", FORMS)
def test_rubbish_in_a_field_is_said_and_crashes_nothing(forms, kept, who):
    send, met = forms(who)
    before, wrong, rubbish = kept(), [], cycle(HOSTILE)
    for name, form in met.items():
        for field in form.fields:
            typed = next(rubbish)
            status = send(form, **{field.name: typed}).status_code
            if status >= 500:
                wrong.append((name, form.action, field.name, typed[:20]))
            if status < 400:
                before.bring_back()
    assert wrong == []


@pytest.mark.parametrize("who", ["firm", "supplier", "consultant", "officer"])
def test_the_ids_of_others_in_a_field_reach_nothing_of_theirs(session, forms, kept, who):
    ours = kept().rows
    foreign = Along(session, "汉阳区")
    for firm in (foreign.firm, foreign.supplier):
        firm.name = f"汉阳区的企业{firm.id}"
        keep(session, firm)
    send, met = forms(who)
    before, wrong = kept(), []
    theirs = {key for key in before.rows.keys() - ours.keys() if key[0] not in SHARED}
    assert len(theirs) > 50
    for name, form in met.items():
        for field, stolen in worth_stealing(form, foreign):
            answer = send(form, **{field.name: stolen})
            status, told = answer.status_code, "汉阳区" in answer.get_data(as_text=True)
            changed = before.changed() if status < 400 else {}
            touched = sorted(key for key in changed if reaches(key, changed[key], theirs))
            if status >= 500 or told or touched:
                wrong.append((name, field.name, stolen, status, told, touched))
            if changed:
                before.bring_back()
    assert wrong == []


def worth_stealing(form, foreign):
    """What is theirs and might be taken, for each field in which a row is chosen or typed."""
    ids = [str(number) for number in sorted(set(foreign.rows.values()))]
    codes = [foreign.firm.uscc, foreign.supplier.uscc]
    for field in form.fields:
        if field.chooses_rows or field.name.rpartition("-")[2] in TYPED:
            yield from ((field, stolen) for stolen in (*ids, *codes))


def reaches(key, row, theirs):
    """Whether a changed row is theirs, or a new one of ours names one of theirs."""
    return key in theirs or bool(row and leads_to(key[0], row) & theirs)
