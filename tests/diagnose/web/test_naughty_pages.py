"""Every naughty text through the text fields of pages: shown again as it was, as text.

A form is a row of `FORMS`: where it is, which fields take texts, and what else it needs.
"""

from dataclasses import dataclass, field

import pytest

from diagnose.records import Finding, Project
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import keep, make_account, sign_in
from tests.diagnose.web.pages import Page
from tests.diagnose.web.working import at_work
from tests.naughty import NAUGHTY, as_line, as_sent, as_typed, shared_out

STATES = ("~unknown", "~not_applicable")  # what the buttons of a question send
SENT = tuple(dict.fromkeys(as_sent(text) for text in NAUGHTY if text not in STATES))
ONE_LINE = ("name", "region")
RESULTS = ("energy_trend", "quality_trend", "revenue_per_head_trend", "unit_cost_trend")


@dataclass(frozen=True)
class Form:
    """`path` is filled with ids; what is typed into `fields` stands behind `least`."""

    path: str
    fields: tuple[str, ...]
    besides: dict = field(default_factory=dict)
    least: str = ""
    most: int = 190
    texts: tuple[str, ...] = SENT

    def text(self, typed):
        """What is typed: required fields get something in front."""
        return self.least + typed[: self.most]

    def kept(self, name, typed):
        """What the field keeps of it."""
        return as_line(as_typed(typed)) if name in ONE_LINE else as_typed(typed)


FORMS = {
    "answers": Form("/assessments/{sheet}/sections/profile", ("q.main_products",), texts=SENT[::2]),
    "wish": Form("/assessments/{sheet}/sections/needs", ("q.wish",), texts=SENT[1::2]),
    "reasons": Form(
        "/assessments/{sheet}/sections/results",
        tuple(f"q.{question}.reason" for question in RESULTS),
        besides={f"q.{question}": "~not_applicable" for question in RESULTS},
        least="因",
    ),
    "facts": Form("/assessments/{sheet}/firm", ("name", "region"), least="名", most=99),
    "finding": Form(
        "/work/findings/{work}/{finding}", ("fact", "evidence", "effect", "cause"), least="实"
    ),
    "project": Form(
        "/work/projects/{work}/{project}",
        ("name", "content", "because", "acceptance"),
        least="项",
    ),
}


@pytest.fixture
def place(visitor, session):
    """Sign in whoever the form is for; its path."""

    def go(form):
        if "{sheet}" in form.path:
            account = make_account(session, "firm")
            sign_in(visitor.client, account)
            asked = {"questionnaire": "sme-2024", "questionnaire_version": "1.0.0"}
            sheet = keep(session, make_assessment(account.firm_id, **asked))
            return form.path.format(sheet=sheet.id)
        _, work = at_work(session, visitor.client, "drafting")
        finding = keep(
            session,
            Finding(
                diagnosis_id=work.id,
                effect_kind="quality",
                cause_kind="process",
                **dict.fromkeys(("fact", "evidence", "effect", "cause"), "甲"),
            ),
        )
        project = keep(session, Project(diagnosis_id=work.id, firm_id=work.firm_id, name="项目"))
        return form.path.format(work=work.id, finding=finding.id, project=project.id)

    return go


@pytest.mark.parametrize("name", FORMS)
def test_naughty_texts_come_back_as_they_were(visitor, place, name):
    form = FORMS[name]
    path = place(form)
    page = Page(visitor.client.get(path))
    assert page.status == 200
    tags = None
    for round_ in shared_out(form.fields, texts=form.texts):
        typed = {field: form.text(text) for field, text in round_.items()}
        reply = visitor.client.post(path, data=page.filled() | form.besides | typed)
        assert reply.status_code == 302, (typed, Page(reply).problems())
        page = Page(visitor.client.get(path))
        filled = page.filled()
        for name_, text in typed.items():
            assert filled[name_].removeprefix("\n") == form.kept(name_, text), (name, name_, text)
        shape = [element["tag"] for element in page.elements]
        tags = tags or shape
        assert shape == tags, (name, typed)
