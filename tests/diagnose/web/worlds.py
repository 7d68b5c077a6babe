"""A district with everybody in it and one of everything they work on; two make strangers.

A new kind of id in an address is registered in `World.ids`, a new kind of word in `WORDS`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from diagnose.records import (
    Account,
    Assessment,
    Attachment,
    Diagnosis,
    Finding,
    Firm,
    Interest,
    Job,
    Project,
    Provider,
    Purpose,
    Report,
    Review,
    Token,
    Visit,
)
from diagnose.records.columns import now
from diagnose.web.reading import questionnaire
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm, make_provider

KINDS = ("firm", "consultant", "reviewer", "officer", "administrator")

WORDS = {
    "section_id": "network",
    "question": "network",
    "edition": "zh",
    "version": 1,
    "filename": "diagnose.css",
}
"""What stands in addresses beside ids."""

OPEN = {"account_id", "provider_id", "interest_id"}
"""Ids of records that belong to no party: whoever may see one may see all."""


@dataclass
class World:
    """One district; `ids` names each kind of id as an account of `kind` meets it in addresses."""

    accounts: dict[str, Account]
    rows: dict[str, object]
    jobs: dict[str, Job]
    tokens: dict[str, Token]

    def ids(self, kind):
        return {name: row.id for name, row in self.rows.items()} | {
            "uscc": self.rows["firm_id"].uscc,
            "job_id": self.jobs[kind].id,
            "token_id": self.tokens[kind].id,
            "account_id": self.accounts["consultant"].id,
        }


def make_world(session, district):
    firm = make_firm(session, district=district)
    provider = make_provider(session)
    accounts = {
        "firm": make_account(session, "firm", firm_id=firm.id),
        "consultant": make_account(session, "consultant", provider_id=provider.id),
        "reviewer": make_account(session, "reviewer", district=district),
        "officer": make_account(session, "officer", district=district),
        "administrator": make_account(session, "administrator"),
    }
    jobs = {
        kind: keep(session, Job(account_id=account.id, work="letters"))
        for kind, account in accounts.items()
    }
    tokens = {kind: _token(session, account) for kind, account in accounts.items()}
    return World(accounts, _rows(session, firm, provider, accounts), jobs, tokens)


def _token(session, account: Account):
    given = {"name": "台账系统", "token_hash": f"hash of {account.id}", "capabilities": []}
    expires = now() + timedelta(days=1)
    return keep(session, Token(account_id=account.id, expires_at=expires, **given))


def _rows(session, firm: Firm, provider: Provider, accounts):
    sheet = _sheet(session, firm)
    diagnosis = make_diagnosis(
        session,
        firm,
        provider_id=provider.id,
        lead_id=accounts["consultant"].id,
        assessment_id=sheet.id,
        state="visited",
    )
    report = _report(session, diagnosis)
    reviewer = accounts["reviewer"].id
    return {
        "firm_id": firm,
        "assessment_id": sheet,
        "diagnosis_id": diagnosis,
        "provider_id": provider,
        "interest_id": keep(
            session, Interest(provider_id=provider.id, firm_id=firm.id, note="持股")
        ),
        "report_id": report,
        "review_id": keep(
            session, Review(diagnosis_id=diagnosis.id, report_id=report.id, reviewer_id=reviewer)
        ),
        "visit_id": keep(session, Visit(diagnosis_id=diagnosis.id, planned_on=date(2026, 11, 20))),
        "finding_id": _finding(session, diagnosis),
        "project_id": keep(
            session, Project(diagnosis_id=diagnosis.id, firm_id=firm.id, name="设备联网")
        ),
        "attachment_id": _attachment(session, diagnosis, sheet),
    }


def _sheet(session, firm):
    asked = questionnaire()
    return keep(
        session,
        Assessment(
            firm_id=firm.id,
            name=firm.name,
            questionnaire=asked.id,
            questionnaire_version=asked.version,
            questionnaire_hash="0" * 64,
            status="submitted",
            submitted_at=now(),
        ),
    )


def _report(session, diagnosis: Diagnosis):
    return keep(
        session,
        Report(
            diagnosis_id=diagnosis.id,
            number=diagnosis.number,
            version=1,
            dated=now().date(),
            standard="sme-2024",
            standard_version="1.0.0",
        ),
    )


def _finding(session, diagnosis: Diagnosis):
    given = {"fact": "靠纸单", "effect_kind": "time", "cause_kind": "process"}
    return keep(session, Finding.model_validate(given | {"diagnosis_id": diagnosis.id}))


def _attachment(session, diagnosis: Diagnosis, sheet: Assessment):
    return keep(
        session,
        Attachment(
            firm_id=diagnosis.firm_id,
            diagnosis_id=diagnosis.id,
            assessment_id=sheet.id,
            purpose=Purpose.EVIDENCE,
            name="照片.png",
            media_type="image/png",
            size=1,
            sha256="0" * 64,
            key=f"evidence/{diagnosis.id}",
        ),
    )
