"""The rules that the tables of the service keep by themselves, and the entries in front of them."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import SQLModel, func, select

from diagnose.records import (
    Account,
    AccountEntry,
    Activation,
    Attachment,
    AuditEntry,
    Consent,
    Defect,
    Diagnosis,
    Finding,
    FindingEntry,
    FindingProject,
    Interest,
    Job,
    Project,
    ProjectEntry,
    Provider,
    ProviderEntry,
    Remark,
    Report,
    Review,
    Token,
    Verification,
    Visit,
    note,
)
from diagnose.records.audit import Actor
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
FILE = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}


def keep(session, row):
    """Unlike people's: nothing is committed until all is there."""
    session.add(row)
    session.flush()
    return row


class World:
    """One firm in the middle of its diagnosis, with a row of every kind."""

    def __init__(self, session):
        self.firm = make_firm(session)
        self.sheet = keep(session, make_assessment(self.firm.id))
        self.provider = make_provider(session)
        self.lead = make_account(session, "consultant", provider_id=self.provider.id)
        self.own = make_account(session, "firm", firm_id=self.firm.id)
        self.reviewer = make_account(session, "reviewer")
        self.diagnosis = make_diagnosis(
            session,
            self.firm,
            assessment_id=self.sheet.id,
            provider_id=self.provider.id,
            lead_id=self.lead.id,
        )
        of = {"diagnosis_id": self.diagnosis.id}
        self.file = keep(
            session, Attachment(firm_id=self.firm.id, purpose="evidence", key="k", **of, **FILE)
        )
        self.visit = keep(session, Visit(planned_on=date(2026, 3, 1), scan_id=self.file.id, **of))
        self.finding = keep(
            session,
            Finding(fact="慢", effect_kind="time", cause_kind="data", **of).sqlmodel_update(
                {"attachment_id": self.file.id}
            ),
        )
        self.project = keep(session, Project(name="联网", firm_id=self.firm.id, **of))
        self.report = keep(session, Report(**REPORT, scan_id=self.file.id, **of))
        self.review = keep(
            session, Review(report_id=self.report.id, reviewer_id=self.reviewer.id, **of)
        )
        for row in (
            FindingProject(finding_id=self.finding.id, project_id=self.project.id),
            Remark(report_id=self.report.id, item="finding:1", agreed=False, text="不是"),
            Defect(review_id=self.review.id, number=1, text="补"),
            Verification(
                assessment_id=self.sheet.id,
                question="q",
                state="unknown",
                attachment_id=self.file.id,
                account_id=self.lead.id,
            ),
            Consent(firm_id=self.firm.id, use="full_report", account_id=self.own.id),
            Interest(provider_id=self.provider.id, firm_id=self.firm.id, note="参股"),
            Token(**TOKEN, account_id=self.own.id),
            Activation(account_id=self.own.id, code_hash="c", expires_at=MOMENT),
            Job(account_id=self.own.id, work="w"),
        ):
            keep(session, row)
        session.commit()


REPORT = {
    "number": "ZD2026-000001",
    "version": 1,
    "dated": date(2026, 3, 1),
    "standard": "sme-2024",
    "standard_version": "1.0.0",
}
TOKEN = {"name": "ERP", "token_hash": "t", "capabilities": ["sheet.fill"], "expires_at": MOMENT}


@pytest.fixture
def world(session):
    return World(session)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda _: Account(kind="guest", username="x", name="x", stamp="s"), "kind_known"),
        (lambda _: Account(kind="firm", username="x", name="x", stamp="s"), "firm_of_firm"),
        (
            lambda w: Account(kind="officer", username="x", name="x", stamp="s", firm_id=w.firm.id),
            "firm_of_firm",
        ),
        (
            lambda _: Account(kind="consultant", username="x", name="x", stamp="s"),
            "provider_of_consultant",
        ),
        (
            lambda _: Account(kind="officer", username="x", name="x", stamp="s", failures=-1),
            "failures_counted",
        ),
        (lambda _: Provider(code="P", name=""), "name_given"),
        (lambda _: Provider(code="P", name="x", load=-1), "load_counted"),
        (
            lambda w: Attachment(firm_id=w.firm.id, purpose="gift", key="l", **FILE),
            "purpose_known",
        ),
        (
            lambda w: Attachment(
                firm_id=w.firm.id, purpose="proof", key="l", **(FILE | {"size": -1})
            ),
            "size_counted",
        ),
        (lambda w: Consent(firm_id=w.firm.id, use="anything"), "use_known"),
        (lambda w: Diagnosis(number="n", firm_id=w.firm.id, state="exempt", rounds=-1), "rounds"),
        (
            lambda w: Diagnosis(number="n", firm_id=w.firm.id, state="exempt", lead_id=w.lead.id),
            "lead_of_provider",
        ),
        (lambda w: Diagnosis(number="n", firm_id=w.firm.id, state="done"), "done_dated"),
        (lambda w: _finding(w, severity=4), "severity_known"),
        (lambda w: _finding(w, fact=""), "fact_given"),
        (lambda w: _finding(w, effect_kind="mood"), "effect_kind_known"),
        (lambda w: _finding(w, cause_kind="luck"), "cause_kind_known"),
        (lambda _: Job(work="w", stand="lost"), "stand_known"),
        (lambda _: Job(work="w", done=2, total=1), "done_within"),
        (lambda w: _project(w, year=4), "year_known"),
        (lambda w: _project(w, months=0), "months_counted"),
        (lambda w: _project(w, progress=101), "progress_known"),
        (lambda w: _project(w, cost_low=3, cost_mid=2, cost_high=4), "costs_in_order"),
        (lambda w: _project(w, stage="rejected"), "reason_if_not_adopted"),
        (lambda w: _project(w, stage="dreamt"), "stage_known"),
        (lambda w: _project(w, origin="sky"), "origin_known"),
        (
            lambda w: Report(**(REPORT | {"version": 0}), diagnosis_id=w.diagnosis.id),
            "version_counted",
        ),
        (
            lambda w: Remark(report_id=w.report.id, item="answer:q", agreed=False, text=""),
            "objection_explained",
        ),
        (
            lambda w: Review(
                diagnosis_id=w.diagnosis.id,
                report_id=w.report.id,
                reviewer_id=w.lead.id,
                decision="accepted",
            ),
            "decided_dated",
        ),
        (lambda w: Defect(review_id=w.review.id, number=2, text=""), "text_given"),
        (
            lambda w: Verification(assessment_id=w.sheet.id, question="r", state="answered"),
            "value_if_answered",
        ),
        (
            lambda w: Visit(
                diagnosis_id=w.diagnosis.id, planned_on=date(2026, 3, 1), ended_at=MOMENT
            ),
            "times_in_order",
        ),
    ],
)
def test_the_tables_keep_their_own_rules(session, world, make, rule):
    session.add(make(world))
    with pytest.raises(IntegrityError, match=rule):
        session.commit()


def _finding(world, **wrong):
    right = {"diagnosis_id": world.diagnosis.id, "fact": "慢"}
    return Finding(**(right | {"effect_kind": "time", "cause_kind": "data"} | wrong))


def _project(world, **wrong):
    return Project(
        **({"diagnosis_id": world.diagnosis.id, "firm_id": world.firm.id, "name": "联网"} | wrong)
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda w: Diagnosis(number="other", firm_id=w.firm.id),
        lambda w: Diagnosis(number=w.diagnosis.number, firm_id=w.firm.id, state="exempt"),
        lambda w: Account(kind="officer", username=w.lead.username, name="x", stamp="s"),
        lambda w: Report(**REPORT, diagnosis_id=w.diagnosis.id),
        lambda w: Remark(report_id=w.report.id, item="finding:1", agreed=True),
        lambda w: Review(
            diagnosis_id=w.diagnosis.id, report_id=w.report.id, reviewer_id=w.reviewer.id
        ),
        lambda w: Defect(review_id=w.review.id, number=1, text="又"),
        lambda w: Interest(provider_id=w.provider.id, firm_id=w.firm.id, note="又"),
        lambda w: Token(**TOKEN, account_id=w.lead.id),
        lambda w: Provider(code=w.provider.code, name="同码"),
    ],
)
def test_what_may_be_there_once_is_there_once(session, world, make):
    session.add(make(world))
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        session.commit()


def test_a_firm_may_have_many_diagnoses_of_which_one_is_open(session, world):
    for number, state in enumerate(("done", "expired", "exempt", "exempt")):
        make_diagnosis(session, world.firm, state=state, accepted_on=date(2023, 1, number + 1))
    assert session.scalar(select(func.count()).select_from(Diagnosis)) == 5


def test_a_firm_takes_all_that_hangs_on_it_along_but_the_log(session, world):
    note(session, Actor(world.own.id), "sheet.begin", "assessment:1", firm_id=world.firm.id)
    session.delete(world.firm)
    session.commit()
    left = {
        table
        for table, rows in SQLModel.metadata.tables.items()
        if session.scalar(select(func.count()).select_from(rows))
    }
    assert left == {"account", "auditentry", "audithead", "provider", "tag"}
    session.expire_all()
    assert [a.kind for a in session.scalars(select(Account))] == ["consultant", "reviewer"]
    assert session.scalars(select(AuditEntry)).one().firm_id is not None


@pytest.mark.parametrize(
    ("table", "moment"),
    [
        (Account, "locked_until"),
        (Activation, "used_at"),
        (Attachment, "removed_at"),
        (Consent, "withdrawn_at"),
        (Diagnosis, "due_at"),
        (Job, "ended_at"),
        (Remark, "answered_at"),
        (Report, "signed_at"),
        (Review, "assigned_at"),
        (Token, "used_at"),
        (Visit, "started_at"),
    ],
)
def test_naive_times_are_refused(session, world, table, moment):  # noqa: ARG001  # its rows
    row = session.scalars(select(table)).first()
    setattr(row, moment, datetime(2026, 3, 1))  # noqa: DTZ001  # the point
    with pytest.raises(StatementError, match="naive"):
        session.commit()


def test_json_comes_back_as_it_went_in(session, world):
    people = [{"side": "firm", "name": "王“五”", "post": None}, {"n": [1, 2.5, True]}]
    world.visit.people = people
    world.report.files = {"zh.pdf": {"key": "k", "size": 3}}
    session.commit()
    session.expire_all()
    assert world.visit.people == people
    assert world.report.files["zh.pdf"]["size"] == 3
    assert session.scalars(select(Token)).one().capabilities == ["sheet.fill"]


def test_text_longer_than_its_column_is_refused_where_the_database_counts(session, world, kind):
    """SQLite does not count; there the entries in front of the tables do."""
    world.provider.name = "长" * 201
    if kind == "sqlite":
        with pytest.raises(ValidationError):
            ProviderEntry.model_validate(world.provider.model_dump())
    else:
        with pytest.raises(DBAPIError, match="too long"):
            session.commit()


@pytest.mark.parametrize(
    ("entry", "right", "wrong"),
    [
        (
            AccountEntry,
            {"kind": "officer", "username": "wang", "name": "王"},
            [{"kind": "guest"}, {"username": "ab"}, {"username": "a" * 61}, {"name": ""}],
        ),
        (
            ProviderEntry,
            {"code": "P1", "name": "中心"},
            [{"code": ""}, {"name": ""}, {"load": -1}, {"valid_until": "never"}],
        ),
        (
            FindingEntry,
            {"fact": "慢", "effect_kind": "time", "cause_kind": "data"},
            [{"fact": ""}, {"severity": 0}, {"effect_kind": "mood"}, {"fact": "长" * 3001}],
        ),
        (
            ProjectEntry,
            {"name": "联网"},
            [{"name": ""}, {"year": 4}, {"months": 0}, {"cost_mid": -1}, {"position": -1}],
        ),
    ],
)
def test_entries_are_checked_before_they_become_rows(entry, right, wrong):
    assert entry.model_validate(right)
    for change in wrong:
        with pytest.raises(ValidationError):
            entry.model_validate(right | change)
