"""Two at the same moment in the rooms of the programme: one wins, the other is told and keeps all.

Both opened the page before either pressed the button.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

import pytest
from sqlmodel import col, select

from diagnose.campaigns.lists import freeze, sign
from diagnose.records import Actor, AuditEntry, Campaign, Need
from questionnaires.clock import today
from tests.diagnose.people import keep, sign_in
from tests.diagnose.web.along import Along
from tests.diagnose.web.pages import Page
from tests.diagnose.web.probing import forms_of

OFFICER, FIRM, SUPPLIER = "officer", "firm", "supplier"
DAY = today().isoformat()
WON, TOLD = 302, 409
TYPED = "两个窗口里写的话"


@dataclass(frozen=True)
class Step:
    """A form on a page, what is typed into it, and the row of the log that it leaves.

    `answers` None: whoever is second may be told so, or find it done or gone.
    """

    who: str
    page: str
    action: str
    logged: str
    typed: dict = field(default_factory=dict)
    answers: tuple = (WON, TOLD)


ACCEPT = {"site": TYPED, "finance": "账票相符", "approved_amount": "0", "level_reached": "yes"}
STEPS = {
    "acceptance": Step(
        OFFICER,
        "/pool/{finished_project}/acceptance",
        "/pool/{finished_project}/acceptance",
        "project.move",
        ACCEPT | {"experts": "某某", "verdict": "passed", "reason": "合格"},
    ),
    "freeze": Step(
        OFFICER, "/campaigns/{再下一批}", "/campaigns/{再下一批}/freeze", "campaign.freeze"
    ),
    "open": Step(OFFICER, "/campaigns/{signed}", "/campaigns/{signed}/open", "campaign.open"),
    "close": Step(
        OFFICER, "/campaigns/{campaign_id}", "/campaigns/{campaign_id}/close", "campaign.close"
    ),
    "plan": Step(
        OFFICER,
        "/campaigns/new",
        "/campaigns/new",
        "campaign.add",
        {"name": TYPED},
        answers=(WON, 422),
    ),
    "statistics": Step(
        OFFICER,
        "/bulletins/statistics",
        "/bulletins/statistics",
        "statistics.release",
        {"again": TYPED, "day": DAY, "sure": "y"},
    ),
    "letter": Step(
        OFFICER,
        "/tasks/{task_id}",
        "/tasks/letters/{letter_id}/answer",
        "task.answer",
        {"answer-answer": TYPED, "answer-answered_on": DAY},
    ),
    "benchmark": Step(
        OFFICER,
        "/benchmarks/{benchmark_id}",
        "/benchmarks/{benchmark_id}/decide",
        "benchmark.decide",
        {"decide-chosen": "no", "decide-reason": TYPED},
    ),
    "match": Step(
        OFFICER,
        "/needs/{need_id}/match",
        "/needs/{need_id}/match",
        "need.match",
        {"outcome": TYPED},
    ),
    "take a need": Step(
        OFFICER, "/needs/{need_id}/pool", "/needs/{need_id}/pool", "project.take_in", answers=None
    ),
    "agree": Step(SUPPLIER, "/chains/mine", "/chains/links/{asked_link}/agree", "chain.agree"),
    "contract": Step(
        SUPPLIER,
        "/retrofits/{pooled_project}/contract",
        "/retrofits/{pooled_project}/contract",
        "project.move",
        dict.fromkeys(("signed_on", "starts_on", "ends_on"), DAY)
        | {"number": "甲-1", "total": "60", "eligible": "30", "supplier": TYPED},
    ),
    "hand in": Step(
        SUPPLIER,
        "/census/review",
        "/census/submit",
        "census.submit",
        {"no_needs": [], "pledged_by": TYPED},
        answers=None,
    ),
    "change a need": Step(
        SUPPLIER,
        "/census/needs/{draft_need}",
        "/census/needs/{draft_need}",
        "census.need.change",
        {"name": TYPED},
    ),
    "remove a need": Step(
        SUPPLIER,
        "/census/needs/{draft_need}/remove",
        "/census/needs/{draft_need}/remove",
        "census.need.remove",
        answers=None,
    ),
    "remove a figure": Step(
        FIRM,
        "/retrofits/{project_id}/figures/{figure_id}",
        "/retrofits/{project_id}/figures/{figure_id}/remove",
        "project.figure_remove",
        answers=None,
    ),
    "remove a link": Step(
        OFFICER,
        "/chains/links/{link_id}/remove",
        "/chains/links/{link_id}/remove",
        "chain.remove",
        answers=None,
    ),
    "remove a grant plan": Step(
        OFFICER,
        "/subsidies/{grant_id}/remove",
        "/subsidies/{grant_id}/remove",
        "subsidy.remove",
        answers=None,
    ),
}


@pytest.fixture
def own(session):
    made = Along(session, "江岸区")
    signed = session.get(Campaign, made.rows["下一批"])
    freeze(session, Actor(), signed)
    sign(session, Actor(), signed, "区科经局", "区统计局")
    made.rows["signed"] = keep(session, signed).id
    return made


@pytest.fixture
def window(app, own):
    """A window that has opened a page; pressed, it gives the answer to one of its forms."""

    def opened(step):
        client, path = app.test_client(), step.page.format(**own.rows)
        sign_in(client, own.accounts[step.who])
        page = Page(client.get(path, follow_redirects=True))
        action = step.action.format(**own.rows)
        form = next(form for form in forms_of(page) if form.action == action)
        token = {"csrf_token": page.all("meta", name="csrf-token")[0]["content"]}
        return lambda: client.post(action, data=form.sent() | step.typed | token)

    return opened


def at_once(*windows):
    """Let all windows press at the same moment; their answers, those of winners first."""
    ready = Barrier(len(windows))

    def press(window):
        ready.wait()
        return window()

    with ThreadPoolExecutor(len(windows)) as pool:
        return sorted(pool.map(press, windows), key=lambda answer: answer.status_code)


def logged(session, action):
    """How often somebody at a window did it."""
    session.expire_all()
    done = (AuditEntry.action == action, col(AuditEntry.account_id).is_not(None))
    return len(session.exec(select(AuditEntry).where(*done)).all())


@pytest.mark.parametrize("name", STEPS)
def test_of_two_that_take_a_step_at_once_one_takes_it(session, window, name):
    step = STEPS[name]
    answers = at_once(window(step), window(step))
    if step.answers:
        told = [Page(answer).problems() for answer in answers if answer.status_code >= 400]
        assert tuple(answer.status_code for answer in answers) == step.answers, told
    else:
        assert {answer.status_code for answer in answers} <= {WON, TOLD, 404}
    assert logged(session, step.logged) == 1
    if TYPED in step.typed.values() and step.answers:
        assert TYPED in answers[1].get_data(as_text=True)


def test_a_need_is_edited_or_handed_in_never_half(session, own, window):
    answers = at_once(window(STEPS["hand in"]), window(STEPS["change a need"]))
    session.expire_all()
    need = session.get(Need, own.rows["draft_need"])
    assert logged(session, "census.submit") == 1
    assert answers[0].status_code == WON
    changed = logged(session, "census.need.change")
    assert (need.name == TYPED) == bool(changed)
    assert answers[1].status_code == (WON if changed else TOLD)


def test_a_supplier_that_agrees_and_refuses_at_once_has_said_one_thing(session, window):
    refuse = Step(SUPPLIER, "/chains/mine", "/chains/links/{asked_link}/refuse", "chain.refuse")
    answers = at_once(window(STEPS["agree"]), window(refuse))
    assert [answer.status_code for answer in answers] == [WON, TOLD]
    assert logged(session, "chain.agree") + logged(session, "chain.refuse") == 1


def test_a_sheet_is_handed_in_while_its_campaign_closes(session, window):
    answers = at_once(window(STEPS["hand in"]), window(STEPS["close"]))
    assert [answer.status_code for answer in answers] == [WON, WON]
    assert logged(session, "census.submit") == logged(session, "campaign.close") == 1
