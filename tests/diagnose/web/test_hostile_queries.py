"""Whatever an address asks with: nonsense is no crash, and shows what is shown without it."""

from itertools import cycle, product

import pytest
from werkzeug.datastructures import MultiDict

from diagnose.access import capabilities
from diagnose.web.access import API, needed
from tests.diagnose.people import sign_in
from tests.diagnose.web.along import Along
from tests.diagnose.web.worlds import WORDS

NAMES = [
    "all",
    "back",
    "basis",
    "blank",
    "budget",
    "by",
    "campaign",
    "chain",
    "change",
    "code",
    "date",
    "day",
    "days",
    "down",
    "edition",
    "figure",
    "firm",
    "group",
    "honour",
    "industry",
    "key",
    "kind",
    "language",
    "late",
    "lead",
    "leader",
    "level",
    "light",
    "month",
    "named",
    "need",
    "next",
    "on",
    "order",
    "origin",
    "page",
    "park",
    "part",
    "plan",
    "planned",
    "project",
    "provider",
    "q",
    "question",
    "scope",
    "search",
    "show",
    "since",
    "size",
    "sort",
    "stage",
    "standard",
    "state",
    "status",
    "street",
    "task",
    "type",
    "until",
    "uscc",
    "version",
    "view",
    "wanted",
    "year",
]
# The long one is so long that a server still takes an address with several of it.
HOSTILE = (
    "-1",
    "9" * 31,
    "name;DROP TABLE firm",
    "9999-99-99",
    "0001-01-01",
    "9999-12-31",
    "xx",
    "",
    "²",
    "NaN",
    "\x00",
    "%",
    "__class__",
    "'\"<b>",
    "长" * 200,
)


@pytest.mark.parametrize("who", ["firm", "consultant", "officer", "administrator"])
def test_no_address_crashes_whatever_it_is_asked_with(app, session, who):
    own, client, wrong = Along(session, "江岸区"), app.test_client(), []
    account, nonsense = own.accounts[who], cycle(HOSTILE)
    sign_in(client, account)
    ids, build = WORDS | own.world.ids(account.kind), app.url_map.bind("localhost").build
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.rule.startswith(API)
        and needed(app, rule.endpoint) in capabilities(account.kind)
    ]
    for rule, _round in product(rules, range(3)):
        path = build(rule.endpoint, {name: ids[name] for name in rule.arguments})
        asked = MultiDict((name, next(nonsense)) for name in NAMES)
        answer = client.get(path, query_string=asked)
        wrong += [(path, answer.status_code)] if answer.status_code >= 500 else []
    assert wrong == []
