"""A district with everybody in it and one of everything they work on; two make strangers.

A new kind of id in an address is registered in `World.ids`, a new kind of word in `WORDS`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import select

from diagnose.bulletins import draft_bulletin
from diagnose.records import (
    Account,
    Actor,
    Assessment,
    Attachment,
    Benchmark,
    Campaign,
    CampaignFirm,
    Census,
    Contract,
    Diagnosis,
    Figure,
    Finding,
    Firm,
    Interest,
    Job,
    Need,
    Project,
    Provider,
    Purpose,
    Report,
    Review,
    SubsidyPlan,
    SupplyLink,
    Task,
    TaskLetter,
    TaskPlan,
    Token,
    Visit,
)
from diagnose.records.columns import now
from diagnose.records.roster import RosterEvent, RosterImport
from diagnose.subsidies.terms import Terms
from diagnose.web.reading import questionnaire
from models.roadmap import load_catalogue
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm, make_provider

KINDS = ("firm", "consultant", "reviewer", "officer", "administrator")

WORDS = {
    "section_id": "network",
    "question": "network",
    "edition": "zh",
    "block_id": "current",
    "version": 1,
    "filename": "diagnose.css",
    "ledger": "roster",
    "example": "jiangan-2021",
    "month": f"{now():%Y-%m}",
}
"""What stands in addresses beside ids."""

OPEN = {"account_id", "provider_id", "interest_id"}
"""Ids of records that belong to no party: whoever may see one may see all."""


_NO_SUMS = {"gain": 0.0, "money": 0.0, "firms": 0}
NOTHING_GRANTED = {
    **dict.fromkeys(("chosen", "first_come", "by_project"), _NO_SUMS),
    **{name: [] for name in ("cap_price", "floor_price", "spent", "projects")},
    **dict.fromkeys(("bound", "gap", "price", "planned", "without_cost", "without_gain"), 0),
    "curve": [[5.0, 0.0]],
    "firms": {name: [] for name in ("firm", "grant", "gain", "reason")},
}
"""What comes out of a grant plan in which nobody gets anything."""


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
    census = keep(
        session,
        Census(firm_id=firm.id, stage="submitted", submitted_at=now(), shares=["match"]),
    )
    reviewer = accounts["reviewer"].id
    return {
        "firm_id": firm,
        "event_id": session.exec(select(RosterEvent).where(RosterEvent.firm_id == firm.id)).one(),
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
        **_project(session, diagnosis),
        "attachment_id": _attachment(session, diagnosis, sheet),
        "import_id": keep(
            session,
            RosterImport(
                district=firm.district, name="名录.csv", sha256="0" * 64, effective_on=now().date()
            ),
        ),
        "campaign_id": _campaign(session, firm),
        "publication_id": _publication(session, firm.district),
        **_tasks(session, firm.district),
        **_grants(session, firm),
        "census_id": census,
        "need_id": keep(session, Need(census_id=census.id, firm_id=firm.id, name="看清进度")),
    }


def _project(session, diagnosis: Diagnosis):
    """A project under way, with its contract and a figure."""
    given = {"diagnosis_id": diagnosis.id, "firm_id": diagnosis.firm_id, "stage": "under_way"}
    project = keep(session, Project(name="设备联网", stage_since=now(), **given))
    day = now().date()
    terms = {"signed_on": day, "starts_on": day, "ends_on": day + timedelta(90), "total": 60}
    keep(session, Contract(project_id=project.id, **terms))
    return {
        "project_id": project,
        "figure_id": keep(session, Figure(project_id=project.id, name="在制品")),
    }


def _campaign(session, firm: Firm):
    day = date(2026, 1, 1)
    given = {"opens_on": day, "due_on": date(2026, 12, 31), "base_on": day, "frozen_at": now()}
    asked = {"questionnaire": "sme-2024", "questionnaire_version": "1.0.0"}
    given |= {"name": "全覆盖诊断", "district": firm.district, "stage": "open"}
    campaign = keep(session, Campaign.model_validate(given | asked))
    keep(session, CampaignFirm(campaign_id=campaign.id, firm_id=firm.id))
    return campaign


def _publication(session, district):
    month = now().date().replace(day=1)
    return draft_bulletin(session, Actor(), district, month, now().date())


def _tasks(session, district):
    plan = keep(session, TaskPlan(district=district, title="实施方案"))
    given = {"plan_id": plan.id, "number": "1", "title": "需求普查", "lead": "区科经局"}
    task = keep(session, Task.model_validate(given | {"due_on": date(2026, 6, 30)}))
    written = {"task_id": task.id, "number": f"督办〔2026〕{task.id}号", "reason": "滞后"}
    days = {"written_on": date(2026, 7, 1), "mend_by": date(2026, 7, 31)}
    letter = keep(session, TaskLetter.model_validate(written | days))
    return {"plan_id": plan, "task_id": task, "letter_id": letter}


def _grants(session, firm: Firm):
    """A grant plan, a benchmark project, and a supplier of the firm that agreed."""
    made = Project(firm_id=firm.id, name="看板", origin="census", stage="candidate")
    project = keep(session, made)
    given = {"district": firm.district, "project_id": project.id, "firm_id": firm.id}
    benchmark = keep(session, Benchmark(**given, year=2026, kind="workshop"))
    supplier = make_firm(session, name="供应商", district=firm.district)
    ends = {"leader_id": firm.id, "supplier_id": supplier.id}
    link = keep(session, SupplyLink(**ends, shared=["quality"], agreed_at=now()))
    terms = Terms(budget=5.0, day=date(2026, 6, 30), policy=load_catalogue().policies[0])
    held = {"name": "首批", "day": terms.day, "budget": 5.0, "district": firm.district}
    plan = SubsidyPlan(**held, terms=terms.kept(), outcome=NOTHING_GRANTED)
    return {
        "grant_id": keep(session, plan),
        "benchmark_id": benchmark,
        "leader_id": firm,
        "link_id": link,
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
